import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { ContentRow, Request } from "../api/types";
import { formatPlannedDay } from "../format/format";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { CandidateSteps, holderOf } from "./CandidateSteps";
import { ContentList } from "./ContentList";
import classes from "./RequestSheet.module.css";

interface Props {
  request: Request;
  content: ContentRow[];
  onClose: () => void;
}

/** What happens next, who decides and by when; and what helps the deal in the meantime. */
export function RequestSent({ request, content, onClose }: Props) {
  const first = request.candidates[0];
  const done = useRef<HTMLButtonElement>(null);
  // The form that held the focus is gone; without this the keyboard would be nowhere.
  useEffect(() => done.current?.focus(), []);
  return (
    <div className={classes.sheet} role="status">
      <div className={classes.sent}>
        <IconCircleCheck size={28} aria-hidden="true" />
        <h3>{text("requests.sent")}</h3>
        <p>{nextWords(request)}</p>
      </div>
      {first ? <CandidateSteps candidate={first} /> : null}
      {content.length > 0 ? (
        <div>
          <h3 className={classes.subhead}>{text("requests.sent_use_now")}</h3>
          <ContentList rows={content.slice(0, 3)} />
        </div>
      ) : null}
      <div className={classes.send}>
        <Button ref={done} onClick={onClose}>
          {text("requests.sent_more")}
        </Button>
        <AppLink href={paths.request(request.id)}>{text("requests.sent_open")}</AppLink>
      </div>
    </div>
  );
}

function nextWords(request: Request): string {
  const first = request.candidates[0];
  if (!first) return text("requests.sent_team");
  const holder = capital(holderOf(first));
  return first.due_on
    ? text("requests.sent_holder", { holder, day: formatPlannedDay(first.due_on) })
    : text("requests.sent_holder_open", { holder });
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
