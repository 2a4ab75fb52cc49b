import { useSearch } from "@tanstack/react-router";
import type { CalculatorAnswer } from "../../api/types";
import { formatMoneyShort, formatNumber } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { BarRows } from "../../ui/chart/BarRows";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import type { SegmentFields } from "./calculator";
import { Fact } from "./Fact";
import { monthName } from "./months";
import classes from "./plan.module.css";
import { useTables } from "./use-tables";

const EFFECTS_MAX = 12;

interface Props {
  answer: CalculatorAnswer;
  segments: SegmentFields[];
}

/** What the inputs add up to, over the year, and which of them matters most. */
export function CalculatorAnswerView({ answer, segments }: Props) {
  const { currency } = useSession();
  const [year = "", quarter = "", month = ""] = answer.shown.requests_team.map((shown) =>
    formatNumber(Number(shown)),
  );
  return (
    <>
      <dl className={classes.summary}>
        <Fact
          value={year}
          label={text("plan.calculator.requests_year")}
          note={text("plan.calculator.a_quarter", { quarter, month })}
        />
        <Fact
          value={formatMoneyShort({ amount: String(answer.revenue_needing_references), currency })}
          label={text("plan.calculator.revenue")}
          note=""
        />
        <Fact
          value={formatNumber(answer.accounts_at_one_use_a_quarter)}
          label={text("plan.calculator.accounts")}
          note={text("plan.calculator.accounts_two", {
            two: formatNumber(answer.accounts_at_two_uses_a_quarter),
            busy: formatNumber(answer.accounts_in_busiest_quarter),
          })}
        />
        <Fact
          value={formatNumber(answer.advocates_at_six_uses_a_year)}
          label={text("plan.calculator.advocates")}
          note={text("plan.calculator.advocates_note")}
        />
      </dl>
      <Rhythm answer={answer} />
      <Months answer={answer} />
      <Sensitivity answer={answer} segments={segments} />
    </>
  );
}

/** A number that the server rounded, its thousands apart; its decimals stay as they are. */
function grouped(shown: string | undefined): string {
  return shown?.includes(".") ? shown : formatNumber(Number(shown ?? 0));
}

function Rhythm({ answer }: { answer: CalculatorAnswer }) {
  const rows = [
    { key: "per_seller", shown: answer.shown.opportunities_per_seller },
    { key: "requests_seller", shown: answer.shown.requests_per_seller },
    { key: "requests_team", shown: answer.shown.requests_team },
  ] as const;
  return (
    <Section plain title={text("plan.calculator.result")}>
      <DataTable
        caption={text("plan.calculator.result")}
        rows={[...rows]}
        rowKey={(row) => row.key}
        columns={[
          {
            key: "what",
            label: text("plan.calculator.rhythm"),
            cell: (row) => text(`plan.calculator.${row.key}`),
          },
          ...(["year", "quarter", "month_head"] as const).map((name, place) => ({
            key: name,
            label: text(`plan.calculator.${name}`),
            align: "right" as const,
            cell: (row: (typeof rows)[number]) => grouped(row.shown[place]),
          })),
        ]}
      />
    </Section>
  );
}

function Months({ answer }: { answer: CalculatorAnswer }) {
  const search = useSearch({ from: "/signed-in/plan/calculator" });
  const tables = useTables(search.table);
  const months = answer.requests_by_month.map((requests, month) => ({ name: monthName(month), requests }));
  const busiest = months.reduce((most, one) => (one.requests > most.requests ? one : most), {
    name: "",
    requests: 0,
  });
  const isEven = months.every((one) => Math.abs(one.requests - busiest.requests) < 0.5);
  // Twelve bars of one length say nothing that the table does not.
  if (isEven) return null;
  const title = text("plan.calculator.by_month", {
    month: busiest.name,
    requests: formatNumber(busiest.requests),
  });
  return (
    <ChartFrame
      title={title}
      name="requests-by-month"
      rows={() => [
        [text("plan.calculator.month_head"), text("plan.calculator.requests")],
        ...months.map((one) => [one.name, one.requests]),
      ]}
      {...tables("months")}
      table={
        <DataTable
          caption={title}
          rows={months}
          rowKey={(one) => one.name}
          columns={[
            { key: "month", label: text("plan.calculator.month_head"), cell: (one) => one.name },
            {
              key: "requests",
              label: text("plan.calculator.requests"),
              align: "right",
              cell: (one) => formatNumber(one.requests),
            },
          ]}
        />
      }
    >
      <BarRows
        label={title}
        bars={months.map((one) => ({
          key: one.name,
          label: one.name,
          value: busiest.requests > 0 ? one.requests / busiest.requests : 0,
          shown: formatNumber(one.requests),
          note: "",
        }))}
      />
    </ChartFrame>
  );
}

/** Each input alone, a little less and a little more. */
function Sensitivity({ answer, segments }: Props) {
  const search = useSearch({ from: "/signed-in/plan/calculator" });
  const tables = useTables(search.table);
  const effects = answer.sensitivity.slice(0, EFFECTS_MAX).map((effect) => {
    const name = text(`plan.calculator.${effect.input}`);
    const segment = segments[effect.segment]?.name.trim();
    return {
      key: `${effect.segment}-${effect.input}`,
      label: segments.length > 1 && segment ? `${segment}: ${name}` : name,
      swing: effect.swing,
      note: text("plan.calculator.from_to", {
        from: formatNumber(Math.round(Math.min(...effect.requests_team_year))),
        to: formatNumber(Math.round(Math.max(...effect.requests_team_year))),
      }),
    };
  });
  const first = effects[0];
  if (!first) return null;
  const title = text("plan.calculator.sensitivity", { input: first.label });
  return (
    <ChartFrame
      title={title}
      name="sensitivity"
      rows={() => [
        [text("plan.calculator.input"), text("plan.calculator.swing"), "-20%", "-10%", "0%", "+10%", "+20%"],
        ...answer.sensitivity.map((effect) => [
          `${segments[effect.segment]?.name ?? ""} ${text(`plan.calculator.${effect.input}`)}`.trim(),
          effect.swing,
          ...effect.requests_team_year,
        ]),
      ]}
      {...tables("sensitivity")}
      table={
        <DataTable
          caption={title}
          rows={effects}
          rowKey={(one) => one.key}
          columns={[
            { key: "input", label: text("plan.calculator.input"), cell: (one) => one.label },
            {
              key: "swing",
              label: text("plan.calculator.swing"),
              align: "right",
              cell: (one) => formatNumber(Math.round(one.swing)),
            },
            {
              key: "range",
              label: text("plan.calculator.requests"),
              align: "right",
              cell: (one) => one.note,
            },
          ]}
        />
      }
    >
      <p className="meta">{text("plan.calculator.sensitivity_lead")}</p>
      <BarRows
        label={title}
        bars={effects.map((one) => ({
          ...one,
          value: first.swing > 0 ? one.swing / first.swing : 0,
          shown: formatNumber(Math.round(one.swing)),
        }))}
      />
    </ChartFrame>
  );
}
