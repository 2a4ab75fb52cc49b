import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { isCode, problemOf } from "../../api/problem";
import { requestMatchesQuery } from "../../api/queries";
import type { MatchAnswer, ProposeCandidates, Request } from "../../api/types";
import { proposeCandidates } from "../../api/writes";
import { AdvocatePeek } from "../../parts/AdvocatePeek";
import { MatchList } from "../../parts/MatchList";
import { NoUseLeft } from "../../parts/NoUseLeft";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
import { notifyDone } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";
import classes from "./RequestPage.module.css";

/** For the program team: who fits this request, one button each. Nobody is asked before the owner says yes. */
export function ProposePanel({ request }: { request: Request }) {
  const [isFreeOnly, setFreeOnly] = useState(true);
  const [peeked, setPeeked] = useState<string>();
  const keyFor = useAttemptKey();
  const query = useInfiniteQuery(requestMatchesQuery(request.id, isFreeOnly));
  const proposing = useCandidateChange(
    (input: ProposeCandidates) => proposeCandidates(request, input, keyFor([request.version, input])),
    (after, input) => {
      setPeeked(undefined);
      const added = after.candidates.find((one) => one.advocate.id === input.advocates[0]);
      notifyDone(text(added?.is_in_line ? "requests.proposed_in_line" : "requests.proposed"));
    },
  );
  const propose = (advocate: string, reason?: string) => {
    if (!proposing.isPending) proposing.mutate({ advocates: [advocate], override_reason: reason });
  };
  const refusal = isCode(proposing.error, "no_use_left") ? problemOf(proposing.error) : null;
  const refused = proposing.variables?.advocates[0];
  return (
    <Section
      plain
      title={text("requests.propose_title")}
      aside={
        <Checkbox
          label={text("find.only_free")}
          checked={isFreeOnly}
          onChange={(event) => setFreeOnly(event.currentTarget.checked)}
        />
      }
    >
      <p className="soft">{text("requests.propose_why")}</p>
      {refusal && refused ? (
        <NoUseLeft
          key={refused}
          problem={refusal}
          onSwap={propose}
          onOverride={(reason) => propose(refused, reason)}
        />
      ) : (
        <FormProblem error={proposing.error} />
      )}
      {query.isPending ? (
        <Loading rows={4} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Matches
          pages={query.data.pages}
          onPeek={setPeeked}
          onPropose={propose}
          onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
        />
      )}
      <AdvocatePeek
        advocate={peeked}
        verb={text("requests.propose")}
        onClose={() => setPeeked(undefined)}
        onRequest={propose}
      />
    </Section>
  );
}

interface MatchesProps {
  pages: MatchAnswer[];
  onPeek: (advocate: string) => void;
  onPropose: (advocate: string) => void;
  onMore: (() => void) | undefined;
}

function Matches({ pages, onPeek, onPropose, onMore }: MatchesProps) {
  const rows = pages.flatMap((page) => page.rows);
  const near = pages[0]?.near ?? [];
  const verb = { label: text("requests.propose"), named: "requests.propose_named" } as const;
  if (rows.length === 0 && near.length === 0)
    return <Empty title={text("requests.propose_none")} why={text("requests.propose_none_why")} />;
  return (
    <div className={classes.form}>
      {rows.length === 0 ? <p>{text("requests.propose_near")}</p> : null}
      <MatchList rows={rows.length > 0 ? rows : near} verb={verb} onPeek={onPeek} onRequest={onPropose} />
      {onMore ? (
        <Button variant="default" className={classes.more} onClick={onMore}>
          {text("find.more")}
        </Button>
      ) : null}
    </div>
  );
}
