import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type GapsAsk, headCountQuery } from "../../api/plan-queries";
import { fieldMessages } from "../../api/problem";
import type { HeadCount as Weighed } from "../../api/types";
import { formatNumber, formatShare } from "../../format/format";
import { text } from "../../text/text";
import { ChartBody } from "../../ui/chart/ChartFrame";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { segmentName } from "./cut";
import classes from "./plan.module.css";

const GOAL_FIRST = "+100";
const PAUSE_MS = 250;
/** Profiles that are shown, those that miss the most first. */
const SHOWN = 10;

/** Why a head count is the wrong goal: of so many new references, how many would be asked at all. */
export function HeadCount({ ask }: { ask: GapsAsk }) {
  const [goal, setGoal] = useState(GOAL_FIRST);
  const [settled] = useDebouncedValue(goal.trim(), PAUSE_MS);
  const query = useQuery(headCountQuery(ask, settled === "" ? undefined : settled));
  const refused = fieldMessages(query.error).goal;
  return (
    <Section title={text("plan.head_count.title")}>
      <p className="soft measure">{text("plan.head_count.lead")}</p>
      <TextInput
        label={text("plan.head_count.goal")}
        description={text("plan.head_count.goal_help")}
        maxLength={20}
        maw={440}
        value={goal}
        error={refused}
        onChange={(event) => setGoal(event.currentTarget.value)}
      />
      {query.isPending ? (
        <Loading rows={4} height={40} />
      ) : query.isError ? (
        refused ? null : (
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : (
        <div className={classes.panel}>
          <Answer weighed={query.data} />
          {query.data.profiles.length === 0 ? (
            <Empty title={text("plan.head_count.none")} why={text("plan.head_count.none_why")} />
          ) : (
            <ChartBody
              title={text("plan.head_count.title")}
              name="head-count"
              rows={() => [
                [
                  text("plan.worth.profile"),
                  text("plan.column.missing"),
                  text("plan.head_count.asks"),
                  text("plan.head_count.recruit"),
                ],
                ...query.data.profiles.map((one) => [
                  segmentName(one),
                  one.missing,
                  one.asks_of_next,
                  one.is_in_demand ? one.enough : text("plan.head_count.not_in_demand"),
                ]),
              ]}
            >
              <DataTable
                caption={text("plan.head_count.table")}
                rows={query.data.profiles.slice(0, SHOWN)}
                rowKey={(one) => one.key}
                isMuted={(one) => !one.is_in_demand}
                columns={[
                  { key: "profile", label: text("plan.worth.profile"), cell: segmentName },
                  {
                    key: "missing",
                    label: text("plan.column.missing"),
                    align: "right",
                    cell: (one) => formatNumber(one.missing),
                  },
                  {
                    key: "asks",
                    label: text("plan.head_count.asks"),
                    align: "right",
                    wide: true,
                    cell: (one) => formatNumber(one.asks_of_next),
                  },
                  {
                    key: "enough",
                    label: text("plan.head_count.recruit"),
                    align: "right",
                    cell: (one) =>
                      one.is_in_demand ? formatNumber(one.enough) : text("plan.head_count.not_in_demand"),
                  },
                ]}
              />
            </ChartBody>
          )}
          {query.data.profiles.length > SHOWN ? (
            <p className="meta">
              {text("plan.head_count.shown", { shown: SHOWN, count: query.data.profiles.length })}
            </p>
          ) : null}
          <p className="meta measure">{query.data.formula}</p>
        </div>
      )}
    </Section>
  );
}

/** What the goal comes to, and what demand would do with it. */
function Answer({ weighed }: { weighed: Weighed }) {
  const { goal } = weighed;
  return (
    <div aria-live="polite">
      <p>
        <strong>
          {goal === null
            ? text("plan.head_count.most", { count: weighed.asked_at_most })
            : goal.share === null
              ? text("plan.head_count.reached")
              : text("plan.head_count.answer", {
                  goal: formatNumber(goal.new_references),
                  used: formatNumber(Math.min(goal.new_references, weighed.asked_at_most)),
                  share: formatShare(goal.share),
                })}
        </strong>{" "}
        {text("plan.head_count.enough", { count: weighed.enough })}
      </p>
      {goal === null || goal.base === null ? null : (
        <p className="meta">
          {goal.speaking === null
            ? text("plan.head_count.of_advocates", { base: formatNumber(goal.base) })
            : text("plan.head_count.of_customers", {
                base: formatNumber(goal.base),
                speaking: formatNumber(goal.speaking),
              })}
        </p>
      )}
    </div>
  );
}
