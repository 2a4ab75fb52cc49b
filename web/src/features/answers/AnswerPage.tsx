import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { sendAnswer } from "../../api/link-writes";
import { sayProblem } from "../../api/problem";
import { answerQuery } from "../../api/queries";
import type { Answer, GiveAnswer } from "../../api/types";
import { isSpent, LinkLoaded, LinkPage, Said } from "../../parts/LinkPage";
import "../../text/links";
import { text } from "../../text/text";
import { AskForm } from "./AskForm";
import { DebriefForm } from "./DebriefForm";
import { OfferForm } from "./OfferForm";

/** What a customer sees behind a signed link: no sign-in, no app around it. Reading changes nothing. */
export function AnswerPage() {
  const { token } = useParams({ from: "/answer/$token" });
  const query = useQuery(answerQuery(token));
  return (
    <LinkPage title={titleOf(query.data)}>
      <LinkLoaded query={query}>{(view) => <Ask token={token} view={view} />}</LinkLoaded>
    </LinkPage>
  );
}

function titleOf(view: Answer | undefined): string {
  if (view?.purpose === "debrief") return text("answers.title_debrief");
  return view?.purpose === "offer" ? text("answers.times_title") : text("answers.title_ask");
}

function Ask({ token, view }: { token: string; view: Answer }) {
  const [given, setGiven] = useState<GiveAnswer | null>(null);
  const sending = useMutation({
    mutationFn: (answer: GiveAnswer) => sendAnswer(token, answer),
    onSuccess: (_, answer) => setGiven(answer),
  });
  const asker = view.asked_by;
  if (given) return <Said {...thanks(given, asker)} />;
  if (isSpent(sending.error)) return <Said {...sayProblem(sending.error)} />;
  switch (view.state) {
    case "answered":
      return (
        <Said title={text("answers.answered_title")} detail={text("answers.answered_detail", { asker })} />
      );
    case "over":
      return (
        <Said title={text("answers.expired_title")} detail={text("answers.expired_detail", { asker })} />
      );
    case "open":
      break;
  }
  const form = {
    view,
    isSending: sending.isPending,
    error: sending.error,
    onAnswer: (answer: GiveAnswer) => sending.mutate(answer),
  };
  switch (view.purpose) {
    case "ask":
      return <AskForm {...form} />;
    case "debrief":
      return <DebriefForm {...form} />;
    case "offer":
      return <OfferForm {...form} />;
    case "pick":
      return (
        <Said title={text("answers.expired_title")} detail={text("answers.expired_detail", { asker })} />
      );
  }
}

function thanks(given: GiveAnswer, asker: string): { title: string; detail: string } {
  if (given.offer) return { title: text("answers.offered_title"), detail: text("answers.offered_detail") };
  if (given.answer === "accept")
    return { title: text("answers.accepted_title"), detail: text("answers.accepted_detail", { asker }) };
  if (given.answer === "decline")
    return { title: text("answers.declined_title"), detail: text("answers.declined_detail") };
  if (given.took_place === false)
    return { title: text("answers.no_show_title"), detail: text("answers.no_show_detail", { asker }) };
  return { title: text("answers.graded_title"), detail: text("answers.graded_detail") };
}
