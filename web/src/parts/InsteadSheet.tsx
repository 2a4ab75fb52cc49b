//! Content in place of a customer: the link that answers a request, taken back within ten seconds.

import { useForm } from "@mantine/form";
import { useRef, useState } from "react";
import { useAttemptKey } from "../api/attempt-key";
import { fieldMessages } from "../api/problem";
import type { AnsweredByContent, ContentRow, Request } from "../api/types";
import { sendInstead, takeBackInstead, type Versioned } from "../api/writes";
import { addDays } from "../format/format";
import { text } from "../text/text";
import { notifyDone, notifyUndo } from "../ui/notify";
import { SidePanel } from "../ui/SidePanel";
import classes from "./form.module.css";
import { DAYS_DEFAULT, LinkFields, Made } from "./ShareSheet";
import { useSession } from "./session";
import { useCandidateChange } from "./use-candidate-change";

/** The request that content may answer. */
export interface Instead {
  /** Whether it can be answered now; if not, its form says what is missing. */
  isReady: () => boolean;
  /** The request as it stands, kept first where it was not. */
  request: () => Promise<Versioned>;
  /** The link was read, and nothing is left to ask. */
  onDone?: () => void;
  /** It goes on, at this version. */
  onTakenBack?: (request: Request) => void;
}

/** The address, told this once. */
interface Link {
  url: string | null;
}

interface Props {
  content: ContentRow | null;
  instead: Instead;
  onClose: () => void;
}

export function InsteadSheet({ content, instead, onClose }: Props) {
  const [made, setMade] = useState<Link | null>(null);
  const leave = () => {
    setMade(null);
    onClose();
  };
  const close = () => {
    leave();
    if (made) instead.onDone?.();
  };
  const takingBack = useCandidateChange(takeBackInstead, (request) => {
    const words = request.status === "draft" ? "requests.content.draft_again" : "requests.content.goes_on";
    notifyDone(text("requests.content.taken_back"), text(words));
    instead.onTakenBack?.(request);
    leave();
  });
  const onMade = ({ request, url }: AnsweredByContent) => {
    setMade({ url });
    const undo = () => takingBack.mutateAsync(request);
    notifyUndo(text("requests.content.done"), content?.title ?? "", undo);
  };
  return (
    <SidePanel title={text("requests.content.title")} opened={content !== null} onClose={close}>
      {content && made ? <Made title={content.title} url={made.url} onClose={close} /> : null}
      {content && !made ? (
        <InsteadForm content={content} instead={instead} onMade={onMade} onClose={close} />
      ) : null}
    </SidePanel>
  );
}

interface FormProps extends Props {
  content: ContentRow;
  onMade: (answered: AnsweredByContent) => void;
}

function InsteadForm({ content, instead, onMade, onClose }: FormProps) {
  const { today } = useSession();
  const keyFor = useAttemptKey();
  // A second try is about the same request; otherwise it would be kept and answered twice.
  const asked = useRef<Versioned>(undefined);
  const form = useForm({ initialValues: { expires_on: addDays(today, DAYS_DEFAULT) } });
  const sending = useCandidateChange(async (expires_on: string) => {
    asked.current ??= await instead.request();
    const { id, version } = asked.current;
    const input = { content_id: content.id, expires_on };
    return sendInstead(asked.current, input, keyFor([id, version, input]));
  }, onMade);
  const send = () => {
    if (sending.isPending) return;
    sending.mutate(form.getValues().expires_on, {
      onError: (error) => form.setErrors(fieldMessages(error)),
    });
  };
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h3>{content.title}</h3>
      <p className="soft">{text("requests.content.lead")}</p>
      <LinkFields
        until={form.getInputProps("expires_on")}
        sending={sending}
        onRetry={send}
        onClose={onClose}
      />
    </form>
  );
}
