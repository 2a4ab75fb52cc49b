import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { CriterionInput, FacetCount, MatchAnswer, MatchRow } from "../../api/types";
import { formatList } from "../../format/format";
import { within } from "../../parts/activity";
import { MatchList } from "../../parts/MatchList";
import { SendableContent } from "../../parts/SendableContent";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/states";
import { hasAsked } from "./question";
import classes from "./Results.module.css";
import { ResultTable } from "./ResultTable";
import type { Picks } from "./Shortlist";

/** The one thing besides facets that a relaxation can drop. */
const AVAILABILITY = "availability";

interface Props {
  query: UseInfiniteQueryResult<InfiniteData<MatchAnswer>>;
  answer: MatchAnswer;
  criteria: CriterionInput[];
  /** The search is kept as unmet demand. */
  isKept: boolean;
  isTable: boolean;
  picks: Picks;
  /** The criteria that are left, and whether advocates that are not free are wanted, too. */
  onRelax: (criteria: CriterionInput[], isAvailabilityDropped: boolean) => void;
  onPeek: (advocate: string) => void;
  /** Who is looked at closer. */
  peeked?: string;
  onRequest?: (advocate: string) => void;
}

export function Results({
  query,
  answer,
  criteria,
  isKept,
  isTable,
  picks,
  onRelax,
  onPeek,
  peeked,
  onRequest,
}: Props) {
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const line = lineBefore(rows);
  const near = text("find.come_near", { count: answer.total - answer.fit_all });
  const drop = (dropped: string[]) => {
    onRelax(
      criteria.filter((one) => !dropped.includes(one.facet)),
      dropped.includes(AVAILABILITY),
    );
  };
  return (
    <>
      <div className={classes.head}>
        <p role="status" className={classes.total}>
          {totalWords(answer)}
        </p>
        {rows.length > 0 ? <span className="meta">{text("find.keys")}</span> : null}
      </div>
      {answer.relaxations.length > 0 ? (
        <div className={classes.relax}>
          <span className="meta">{text("find.relax")}</span>
          {answer.relaxations.map((one) => (
            <Button
              key={one.drop.join("+")}
              size="compact-sm"
              variant="default"
              onClick={() => drop(one.drop)}
            >
              {text("find.relax_gain", { label: relaxLabel(one, answer.facets), gain: one.gain })}
            </Button>
          ))}
        </div>
      ) : null}
      {rows.length === 0 && !hasAsked(answer) ? (
        <NobodyYet answer={answer} />
      ) : rows.length === 0 ? (
        <NobodyFits
          answer={answer}
          isKept={isKept}
          picks={picks}
          onPeek={onPeek}
          peeked={peeked}
          onRequest={onRequest}
        />
      ) : (
        <div className={classes.both} data-content={(answer.content.length > 0 && !isTable) || undefined}>
          <div className={classes.people}>
            {isTable ? (
              <>
                <ResultTable rows={rows.slice(0, line)} picks={picks} onRequest={onRequest} />
                {line === undefined ? null : (
                  <Section title={near} plain>
                    <ResultTable rows={rows.slice(line)} caption={near} picks={picks} onRequest={onRequest} />
                  </Section>
                )}
              </>
            ) : (
              <MatchList
                rows={rows}
                lineBefore={line}
                line={near}
                onPeek={onPeek}
                peeked={peeked}
                picked={picks.ids}
                onPick={picks.toggle}
                onRequest={onRequest}
              />
            )}
            {query.hasNextPage ? (
              <Button
                variant="default"
                className={classes.more}
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {text("find.more")}
              </Button>
            ) : null}
          </div>
          {answer.content.length > 0 ? (
            <Section title={text("find.content")}>
              <SendableContent rows={answer.content.slice(0, CONTENT_SHOWN)} />
            </Section>
          ) : null}
        </div>
      )}
    </>
  );
}

/** How many fit all that was asked, and how many only come near. */
function totalWords(answer: MatchAnswer): string {
  const total = text("find.total", {
    count: answer.total,
    accounts: text("find.accounts", { count: answer.accounts }),
  });
  const near = answer.total - answer.fit_all;
  if (!hasAsked(answer) || near === 0) return total;
  if (answer.fit_all === 0) return `${text("find.none_all")}: ${total}`;
  return `${text("find.fit_all", { count: answer.fit_all })}, ${text("find.come_near", { count: near })}: ${total}`;
}

/** The first row that only comes near, when one before it fits all. */
function lineBefore(rows: readonly MatchRow[]): number | undefined {
  const first = rows.findIndex((row) => !row.fits_all);
  return first > 0 ? first : undefined;
}

/** Nothing was asked and still nobody is there: the program has no advocates, or none is free. */
function NobodyYet({ answer }: { answer: MatchAnswer }) {
  const isOnlyBusy = answer.relaxations.length > 0;
  return (
    <Empty
      title={text(isOnlyBusy ? "find.busy_title" : "find.no_advocates")}
      why={text(isOnlyBusy ? "find.busy_why" : "find.no_advocates_why")}
    />
  );
}

/** Near matches and pieces of content that are shown before somebody asks for more. */
const NEAR_SHOWN = 3;
const CONTENT_SHOWN = 5;

/** What would be given up, by the names of the facets; where one is not known here, as the server says it. */
function relaxLabel({ drop, label }: MatchAnswer["relaxations"][number], facets: FacetCount[]): string {
  const names = drop.map((key) =>
    key === "availability"
      ? text("find.column.availability")
      : facets.find(({ facet }) => facet === key)?.name,
  );
  const known = names.filter((name) => name !== undefined);
  return known.length < drop.length
    ? label
    : text("find.relax_drop", { names: formatList(known.map(within)) });
}

/** Zero matches never is a dead end: near ones, content, and people who look further. */
function NobodyFits({
  answer,
  isKept,
  picks,
  onPeek,
  peeked,
  onRequest,
}: Pick<Props, "answer" | "isKept" | "picks" | "onPeek" | "peeked" | "onRequest">) {
  const [all, setAll] = useState(false);
  const near = all ? answer.near : answer.near.slice(0, NEAR_SHOWN);
  const folded = answer.near.length - near.length;
  const isBare = near.length === 0 && answer.content.length === 0;
  return (
    <div className={classes.nobody}>
      <div className={classes.noneHead}>
        <div>
          <h2>{text("find.none_title")}</h2>
          <p className="soft measure" role="status">
            {text(isBare ? "find.none_at_all" : isKept ? "find.none_kept" : "find.none_why")}
          </p>
        </div>
        {onRequest ? (
          <Button onClick={() => onRequest("criteria")} title={text("find.ask_team_why")}>
            {text("find.ask_team")}
          </Button>
        ) : null}
      </div>
      <div className={classes.both} data-content={answer.content.length > 0 || undefined}>
        {near.length > 0 ? (
          <Section title={text("find.none_near")} aside={text("find.none_near_why")} plain>
            <MatchList
              rows={near}
              onPeek={onPeek}
              peeked={peeked}
              picked={picks.ids}
              onPick={picks.toggle}
              onRequest={onRequest}
            />
            {folded > 0 ? (
              <Button variant="default" className={classes.more} onClick={() => setAll(true)}>
                {text("find.none_near_more", { count: folded })}
              </Button>
            ) : null}
          </Section>
        ) : null}
        {answer.content.length > 0 ? (
          <Section title={text("find.none_content")}>
            <SendableContent rows={answer.content.slice(0, CONTENT_SHOWN)} />
          </Section>
        ) : null}
      </div>
    </div>
  );
}
