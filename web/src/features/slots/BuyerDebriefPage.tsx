import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { sayHow } from "../../api/link-writes";
import { sayProblem } from "../../api/problem";
import { buyerDebriefQuery } from "../../api/request-queries";
import type { BuyerDebrief, SayHow } from "../../api/types";
import { formatInstant, formatPlannedDay } from "../../format/format";
import { within } from "../../parts/activity";
import { askerOf } from "../../parts/asker";
import { DebriefFields, debriefOf, useDebrief } from "../../parts/DebriefFields";
import { isSpent, LinkForm, LinkLoaded, LinkPage, Said } from "../../parts/LinkPage";
import "../../text/links";
import { text } from "../../text/text";
import { FormProblem } from "../../ui/states";
import { whoWords } from "./words";

/** What a buyer is asked after the use: three questions, no sign-in. Reading changes nothing. */
export function BuyerDebriefPage() {
  const { token } = useParams({ from: "/debrief/$token" });
  const query = useQuery(buyerDebriefQuery(token));
  return (
    <LinkPage title={text("slots.debrief.title")}>
      <LinkLoaded query={query}>{(view) => <Debrief token={token} view={view} />}</LinkLoaded>
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
  const debrief = useDebrief();
  const [isMissing, setMissing] = useState(false);
  const sending = useMutation({
    mutationFn: (input: SayHow) => sayHow(token, input),
    onSuccess: (answer) => cache.setQueryData(buyerDebriefQuery(token).queryKey, answer),
  });
  if (isSpent(sending.error)) return <Said {...sayProblem(sending.error)} />;
  const send = () => {
    setMissing(debrief.grade === null);
    if (debrief.grade !== null) sending.mutate({ ...debriefOf(debrief), grade: debrief.grade });
  };
  return (
    <LinkForm onSubmit={send}>
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
      <DebriefFields
        debrief={debrief}
        asked="slots.debrief"
        missing={isMissing && text("slots.debrief.grade_missing")}
      />
      <FormProblem error={sending.error} onRetry={send} />
      <Button type="submit" size="md" loading={sending.isPending}>
        {text("slots.debrief.send")}
      </Button>
      <p className="meta">{text("slots.until", { when: formatInstant(view.expires_at) })}</p>
    </LinkForm>
  );
}
