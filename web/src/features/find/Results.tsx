import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { CriterionInput, MatchAnswer } from "../../api/types";
import { ContentList } from "../../parts/ContentList";
import { MatchList } from "../../parts/MatchList";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import classes from "./Results.module.css";

/** The one thing besides facets that a relaxation can drop. */
const AVAILABILITY = "availability";

interface Props {
  query: UseInfiniteQueryResult<InfiniteData<MatchAnswer>>;
  answer: MatchAnswer;
  criteria: CriterionInput[];
  /** The criteria that are left, and whether advocates that are not free are wanted, too. */
  onRelax: (criteria: CriterionInput[], isAvailabilityDropped: boolean) => void;
  onPeek: (advocate: string) => void;
  onRequest?: (advocate: string) => void;
}

export function Results({ query, answer, criteria, onRelax, onPeek, onRequest }: Props) {
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
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
          {text("find.total", {
            count: answer.total,
            accounts: text("find.accounts", { count: answer.accounts }),
          })}
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
              {text("find.relax_gain", { label: one.label, gain: one.gain })}
            </Button>
          ))}
        </div>
      ) : null}
      {rows.length > 0 ? (
        <>
          <MatchList rows={rows} onPeek={onPeek} onRequest={onRequest} />
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
          {answer.content.length > 0 ? (
            <Section title={text("find.content")}>
              <ContentList rows={answer.content} />
            </Section>
          ) : null}
        </>
      ) : (
        <NobodyFits answer={answer} onPeek={onPeek} onRequest={onRequest} />
      )}
    </>
  );
}

/** Zero matches never is a dead end: near ones, content, and people who look further. */
function NobodyFits({ answer, onPeek, onRequest }: Pick<Props, "answer" | "onPeek" | "onRequest">) {
  return (
    <div className={classes.nobody}>
      <div>
        <h2>{text("find.none_title")}</h2>
        <p className="soft measure">{text("find.none_why")}</p>
      </div>
      {onRequest ? (
        <div className={classes.team}>
          <Button onClick={() => onRequest("criteria")}>{text("find.ask_team")}</Button>
          <span className="soft">{text("find.ask_team_why")}</span>
        </div>
      ) : null}
      {answer.near.length > 0 ? (
        <Section title={text("find.none_near")} aside={text("find.none_near_why")} plain>
          <MatchList rows={answer.near} onPeek={onPeek} onRequest={onRequest} />
        </Section>
      ) : null}
      {answer.content.length > 0 ? (
        <Section title={text("find.none_content")}>
          <ContentList rows={answer.content} />
        </Section>
      ) : null}
    </div>
  );
}
