import type { GoalOutlook, GrowthGoal } from "../../api/types";
import { formatDay, formatList, formatNumber, formatShare } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Notice } from "../../ui/states";
import { short } from "./cut";
import { Fact } from "./Fact";
import classes from "./plan.module.css";

interface Props {
  goal: GrowthGoal;
  outlook: GoalOutlook;
}

/** What a goal asks for, and the figures that it rests on. */
export function GoalOutlookView({ goal, outlook }: Props) {
  const { today } = useSession();
  const money = (amount: string) => short(amount, outlook.currency);
  const requests = formatNumber(outlook.requests);
  const asks = outlook.need_rate.rate * outlook.reach_rate.rate;
  return (
    <>
      <Section
        plain
        title={
          outlook.requests === 0
            ? text("plan.goals.answer_none")
            : outlook.missing_requests > 0
              ? text("plan.goals.answer", { requests, missing: formatNumber(outlook.missing_requests) })
              : text("plan.goals.answer_covered", { requests })
        }
      >
        {goal.change.by === "share" && Number(outlook.earned) === 0 ? (
          <Notice tone="ask" title={text("plan.goals.nothing_earned")}>
            {text("plan.goals.nothing_earned_why")}
          </Notice>
        ) : outlook.is_before_running ? (
          <Notice tone="resting" title={text("plan.goals.before_running")}>
            {text("plan.goals.before_running_why", { last: formatDay(outlook.before_last, today) })}
          </Notice>
        ) : null}
        {outlook.left_out.length > 0 ? (
          <Notice
            tone="resting"
            title={text("plan.goals.left_out", { facets: formatList(outlook.left_out) })}
          >
            {text("plan.goals.left_out_why")}
          </Notice>
        ) : null}
        <dl className={classes.summary}>
          <Fact
            value={money(outlook.target)}
            label={text("plan.goals.target")}
            note={text("plan.goals.target_note", { more: money(outlook.more), won: money(outlook.won) })}
          />
          <Fact
            value={formatNumber(outlook.opportunities)}
            label={text("plan.goals.opportunities")}
            note={text("plan.goals.opportunities_note", {
              wins: formatNumber(outlook.wins),
              size: money(outlook.deal_size),
              rate: formatShare(outlook.win_rate.rate),
            })}
          />
          <Fact
            value={requests}
            label={text("plan.goals.requests")}
            note={text("plan.goals.requests_note", {
              share: formatShare(asks),
              references: formatNumber(outlook.references.rate),
            })}
          />
          <Fact
            value={formatNumber(outlook.pipeline_requests)}
            label={text("plan.goals.pipeline")}
            note={text("plan.goals.pipeline_note", {
              count: outlook.open_deals,
              money: money(outlook.open_money),
            })}
          />
        </dl>
      </Section>
      <Rests outlook={outlook} />
      <p className="meta measure">{outlook.formula}</p>
    </>
  );
}

/** Every figure with the deals behind it. */
function Rests({ outlook }: { outlook: GoalOutlook }) {
  const { today } = useSession();
  const money = (amount: string) => short(amount, outlook.currency);
  const rate = (key: "win_rate" | "need_rate" | "reach_rate") => ({
    label: text(`plan.goals.${key}`),
    value: formatShare(outlook[key].rate),
    n: outlook[key].n,
    isOwn: false,
  });
  const rows = [
    {
      label: text("plan.goals.earned", {
        first: formatDay(outlook.before_first, today),
        last: formatDay(outlook.before_last, today),
      }),
      value: money(outlook.earned),
      n: outlook.earned_deals,
      isOwn: true,
    },
    {
      label: text("plan.goals.deal_size"),
      value: money(outlook.deal_size),
      n: outlook.deal_size_n,
      isOwn: true,
    },
    { ...rate("win_rate"), isOwn: true },
    rate("reach_rate"),
    rate("need_rate"),
    {
      label: text("plan.goals.references"),
      value: formatNumber(outlook.references.rate),
      n: outlook.references.n,
      isOwn: false,
    },
  ];
  return (
    <Section plain title={text("plan.goals.rests")}>
      <DataTable
        caption={text("plan.goals.rests")}
        rows={rows}
        rowKey={(row) => row.label}
        columns={[
          { key: "what", label: text("plan.goals.what"), cell: (row) => row.label },
          { key: "value", label: text("plan.goals.value"), align: "right", cell: (row) => row.value },
          {
            key: "n",
            label: text("plan.goals.sample"),
            align: "right",
            // Of its own it has none: the figure is that of all closed deals, not one that was set.
            cell: (row) => (row.n > 0 || row.isOwn ? formatNumber(row.n) : text("plan.demand.set")),
          },
        ]}
      />
    </Section>
  );
}
