import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { isCode, sayProblem } from "../../api/problem";
import { buyerDebriefQuery } from "../../api/request-queries";
import type { BuyerDebrief, SayHow } from "../../api/types";
import { sayHow } from "../../api/writes";
import { formatInstant, formatPlannedDay } from "../../format/format";
import { within } from "../../parts/activity";
import { LinkPage, Said } from "../../parts/LinkPage";
import "../../text/links";
import { text } from "../../text/text";
import { Grade } from "../../ui/Grade";
import { Failed, FormProblem, Loading, Notice } from "../../ui/states";
import classes from "./SlotsPage.module.css";
import { askerOf, whoWords } from "./words";

/** What a buyer is asked after the use: three questions, no sign-in. Reading changes nothing. */
export function BuyerDebriefPage() {
  const { token } = useParams({ from: "/debrief/$token" });
  const query = useQuery(buyerDebriefQuery(token));
  return (
    <LinkPage title={text("slots.debrief.title")}>
      {query.isPending ? (
        <Loading rows={5} />
      ) : query.isSuccess ? (
        <Debrief token={token} view={query.data} />
      ) : isCode(query.error, "link_expired") ? (
        <Said {...sayProblem(query.error)} />
      ) : (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      )}
    </LinkPage>
  );
}

function Debrief({ token, view }: { token: string; view: BuyerDebrief }) {
  const asker = askerOf(view);
  switch (view.state) {
    case "answered":
      return (
        <Said
          title={text("slots.debrief.thanks_title")}
          detail={text("slots.debrief.thanks_detail", { asker })}
        />
      );
    case "over":
      return (
        <Said
          title={text("slots.debrief.over_title")}
          detail={text("slots.debrief.over_detail", { asker })}
        />
      );
    case "open":
      return <Open token={token} view={view} asker={asker} />;
  }
}

interface Props {
  token: string;
  view: BuyerDebrief;
  asker: string;
}

function Open({ token, view, asker }: Props) {
  const cache = useQueryClient();
  const [grade, setGrade] = useState<number | null>(null);
  const [fit, setFit] = useState<number | null>(null);
  const [comment, setComment] = useState("");
  const [isMissing, setMissing] = useState(false);
  const sending = useMutation({
    mutationFn: (input: SayHow) => sayHow(token, input),
    onSuccess: (answer) => cache.setQueryData(buyerDebriefQuery(token).queryKey, answer),
  });
  if (isCode(sending.error, "link_used")) return <Said {...sayProblem(sending.error)} />;
  const send = () => {
    setMissing(grade === null);
    if (grade !== null)
      sending.mutate({ grade, fit: fit ?? undefined, comment: comment.trim() || undefined });
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
      <div>
        <h1>{text("slots.debrief.title")}</h1>
        <p>
          {text("slots.debrief.lead", {
            day: formatPlannedDay(view.used_on),
            activity: within(view.activity_label),
            who: whoWords(view),
            asker,
          })}
        </p>
      </div>
      <Grade
        name="grade"
        legend={text("slots.debrief.grade")}
        low={text("slots.debrief.grade_low")}
        high={text("slots.debrief.grade_high")}
        value={grade}
        onChange={setGrade}
      />
      {isMissing ? <Notice title={text("slots.debrief.missing")} /> : null}
      <Grade
        name="fit"
        legend={text("slots.debrief.fit")}
        low={text("slots.debrief.fit_low")}
        high={text("slots.debrief.fit_high")}
        value={fit}
        onChange={setFit}
      />
      <Textarea
        autosize
        minRows={3}
        maxLength={2000}
        label={text("slots.debrief.comment")}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <FormProblem error={sending.error} onRetry={send} />
      <Button type="submit" size="md" loading={sending.isPending}>
        {text("slots.debrief.send")}
      </Button>
      <p className="meta">{text("slots.until", { when: formatInstant(view.expires_at) })}</p>
    </form>
  );
}
