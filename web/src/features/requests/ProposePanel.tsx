import "../../text/asks";
import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { requestMatchesQuery } from "../../api/queries";
import type { MatchAnswer, Request } from "../../api/types";
import { AdvocatePeek } from "../../parts/AdvocatePeek";
import { MatchList } from "../../parts/MatchList";
import { useProposing } from "../../parts/use-proposing";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import classes from "./RequestPage.module.css";

/** For the program team: who fits this request, one button each. Nobody is asked before the owner says yes. */
export function ProposePanel({ request }: { request: Request }) {
  const [isFreeOnly, setFreeOnly] = useState(true);
  const [isGroup, setGroup] = useState(false);
  const [peeked, setPeeked] = useState<string>();
  const query = useInfiniteQuery(requestMatchesQuery(request.id, isFreeOnly));
  const { propose, problem } = useProposing(
    request,
    () => setPeeked(undefined),
    isGroup ? "group_call" : undefined,
  );
  return (
    <Section
      plain
      title={text("requests.propose_title")}
      aside={
        <>
          <AppLink href={paths.workbench({ for: request.id })}>{text("workbench.open")}</AppLink>
          <Checkbox
            label={text("find.only_free")}
            checked={isFreeOnly}
            onChange={(event) => setFreeOnly(event.currentTarget.checked)}
          />
        </>
      }
    >
      <p className="soft">{text("requests.propose_why")}</p>
      {request.activity === "reference_call" ? (
        <Checkbox
          label={text("asks.call.propose_as")}
          checked={isGroup}
          onChange={(event) => setGroup(event.currentTarget.checked)}
        />
      ) : null}
      {problem}
      {query.isPending ? (
        <Loading rows={4} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Matches
          pages={query.data.pages}
          onPeek={setPeeked}
          peeked={peeked}
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
  peeked: string | undefined;
  onPropose: (advocate: string) => void;
  onMore: (() => void) | undefined;
}

function Matches({ pages, onPeek, peeked, onPropose, onMore }: MatchesProps) {
  const rows = pages.flatMap((page) => page.rows);
  const near = pages[0]?.near ?? [];
  const verb = { label: text("requests.propose"), named: "requests.propose_named" } as const;
  if (rows.length === 0 && near.length === 0)
    return <Empty title={text("requests.propose_none")} why={text("requests.propose_none_why")} />;
  return (
    <div className={classes.form}>
      {rows.length === 0 ? <p>{text("requests.propose_near")}</p> : null}
      <MatchList
        rows={rows.length > 0 ? rows : near}
        verb={verb}
        onPeek={onPeek}
        peeked={peeked}
        onRequest={onPropose}
      />
      {onMore ? (
        <Button variant="default" className={classes.more} onClick={onMore}>
          {text("find.more")}
        </Button>
      ) : null}
    </div>
  );
}
