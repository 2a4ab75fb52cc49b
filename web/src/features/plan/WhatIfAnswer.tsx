import { Button } from "@mantine/core";
import { useState } from "react";
import type { PlanOutcome, WhatIf } from "../../api/types";
import { formatDay, formatNumber } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { ChartBody, ChartFrame } from "../../ui/chart/ChartFrame";
import type { Cell } from "../../ui/chart/csv";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Notice } from "../../ui/states";
import { segmentName, short } from "./cut";

interface Props {
  answer: WhatIf;
  name?: string | undefined;
}

/** Today and the scenario side by side, and the segments in which they differ. */
export function WhatIfAnswer({ answer, name }: Props) {
  const idle = answer.lost.filter((one) => !one.is_supply).length;
  return (
    <>
      <Section title={verdict(answer)}>
        {name ? <p className="meta">{text("plan.what_if.opened", { name })}</p> : null}
        <Sides answer={answer} />
        {idle > 0 ? (
          <Notice tone="resting" title={text("plan.what_if.idle", { count: idle })}>
            {text("plan.what_if.idle_why")}
          </Notice>
        ) : null}
      </Section>
      <Changed answer={answer} />
      <p className="meta measure">{answer.formula}</p>
    </>
  );
}

/** The effect in one sentence: money, then days. */
function verdict({ today, changed, currency }: WhatIf): string {
  const more = Number(changed.money_at_risk) - Number(today.money_at_risk);
  if (more === 0) return text("plan.what_if.same");
  return text(more > 0 ? "plan.what_if.worse" : "plan.what_if.better", {
    money: short(String(Math.abs(more)), currency),
  });
}

interface Side {
  key: string;
  label: string;
  told: (outcome: PlanOutcome) => string;
  /** As it stands in a file, unrounded. */
  plain: (outcome: PlanOutcome) => Cell;
}

function Sides({ answer }: { answer: WhatIf }) {
  const { today } = useSession();
  const money = (amount: string) => short(amount, answer.currency);
  const inMoney = (label: string) => `${label} (${answer.currency})`;
  const rows: Side[] = [
    {
      key: "at_risk",
      label: text("plan.what_if.at_risk"),
      told: (one) => money(one.money_at_risk),
      plain: (one) => one.money_at_risk,
    },
    {
      key: "covered",
      label: text("plan.what_if.covered"),
      told: (one) => money(one.money_covered),
      plain: (one) => one.money_covered,
    },
    {
      key: "money",
      label: text("plan.what_if.needing"),
      told: (one) => money(one.money_needed),
      plain: (one) => one.money_needed,
    },
    {
      key: "needed",
      label: text("plan.what_if.references_needed"),
      told: (one) => formatNumber(one.needed),
      plain: (one) => one.needed,
    },
    {
      key: "references",
      label: text("plan.what_if.references_covered"),
      told: (one) => formatNumber(one.covered),
      plain: (one) => one.covered,
    },
    {
      key: "capacity",
      label: text("plan.what_if.capacity"),
      told: (one) => formatNumber(one.capacity),
      plain: (one) => one.capacity,
    },
    {
      key: "needs",
      label: text("plan.what_if.needs"),
      told: (one) =>
        text("plan.what_if.needs_of", {
          served: formatNumber(one.needs_served),
          wanted: formatNumber(one.needs_wanted),
        }),
      plain: (one) => one.needs_served,
    },
    {
      key: "stock_out",
      label: text("plan.what_if.stock_out"),
      told: (one) =>
        one.stock_out_on === null ? text("plan.what_if.never") : formatDay(one.stock_out_on, today),
      plain: (one) => one.stock_out_on ?? "",
    },
    {
      key: "days",
      label: text("plan.what_if.days"),
      told: (one) => (one.stock_out_days === null ? text("state.none") : formatNumber(one.stock_out_days)),
      plain: (one) => one.stock_out_days ?? "",
    },
  ];
  const isMoney = (row: Side) => ["at_risk", "covered", "money"].includes(row.key);
  return (
    <ChartBody
      title={verdict(answer)}
      name={`what-if-${answer.as_of}`}
      rows={() => [
        [text("plan.what_if.what"), text("plan.what_if.today"), text("plan.what_if.changed")],
        ...rows.map((row) => [
          isMoney(row) ? inMoney(row.label) : row.label,
          row.plain(answer.today),
          row.plain(answer.changed),
        ]),
      ]}
    >
      <DataTable
        caption={text("plan.what_if.sides")}
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          { key: "what", label: text("plan.what_if.what"), cell: (row) => row.label },
          {
            key: "today",
            label: text("plan.what_if.today"),
            align: "right",
            cell: (row) => row.told(answer.today),
          },
          {
            key: "changed",
            label: text("plan.what_if.changed"),
            align: "right",
            cell: (row) => <strong>{row.told(answer.changed)}</strong>,
          },
        ]}
      />
    </ChartBody>
  );
}

/** Segments that are shown before anybody asks for all. */
const FIRST = 8;

function Changed({ answer }: { answer: WhatIf }) {
  const { today } = useSession();
  const [isWhole, setWhole] = useState(false);
  const rows = isWhole ? answer.segments : answer.segments.slice(0, FIRST);
  if (rows.length === 0) return null;
  const day = (on: string | null) => (on === null ? text("plan.what_if.never") : formatDay(on, today));
  return (
    <ChartFrame
      title={text("plan.what_if.segments")}
      name={`what-if-segments-${answer.as_of}`}
      rows={() => [
        [
          text("plan.column.segment"),
          `${text("plan.what_if.risk_today")} (${answer.currency})`,
          `${text("plan.what_if.risk_changed")} (${answer.currency})`,
          text("plan.what_if.runs_out"),
        ],
        ...answer.segments.map((one) => [
          segmentName(one),
          one.today_at_risk,
          one.changed_at_risk,
          one.changed_stock_out_on ?? "",
        ]),
      ]}
    >
      <DataTable
        caption={text("plan.what_if.segments")}
        rows={rows}
        rowKey={(one) => one.key}
        columns={[
          { key: "segment", label: text("plan.column.segment"), cell: segmentName },
          {
            key: "today",
            label: text("plan.what_if.risk_today"),
            align: "right",
            cell: (one) => short(one.today_at_risk, answer.currency),
          },
          {
            key: "changed",
            label: text("plan.what_if.risk_changed"),
            align: "right",
            cell: (one) => <strong>{short(one.changed_at_risk, answer.currency)}</strong>,
          },
          {
            key: "stock_out",
            label: text("plan.what_if.runs_out"),
            align: "right",
            wide: true,
            cell: (one) => day(one.changed_stock_out_on),
          },
        ]}
      />
      {rows.length < answer.segments.length ? (
        <div>
          <Button variant="default" onClick={() => setWhole(true)}>
            {text("plan.what_if.show_all", { count: answer.segments.length })}
          </Button>
        </div>
      ) : null}
    </ChartFrame>
  );
}
