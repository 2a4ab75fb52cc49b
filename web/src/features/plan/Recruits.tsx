import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Gaps } from "../../api/types";
import { formatDay, formatNumber } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { BarRows } from "../../ui/chart/BarRows";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { segmentName, short } from "./cut";
import { useTables } from "./use-tables";

/** Profiles that are drawn until all are asked for. */
const SHOWN_FIRST = 10;

/** What one more advocate of each profile would cover. */
export function Recruits({ gaps, onOpen }: { gaps: Gaps; onOpen: (segment: string) => void }) {
  const { today } = useSession();
  const tables = useTables(useSearch({ from: "/signed-in/plan/gaps" }).table);
  const { currency, facets } = gaps.demand;
  const best = gaps.recruits[0];
  if (!best) return <Section title={text("plan.worth.none")}>{null}</Section>;
  const title = text("plan.worth.title", { segment: segmentName(best), money: short(best.worth, currency) });
  const startBy = (one: Gaps["recruits"][number]) =>
    one.start_by === null
      ? text("state.none")
      : one.start_by < today
        ? text("plan.worth.past", { day: formatDay(one.start_by, today) })
        : formatDay(one.start_by, today);
  return (
    <ChartFrame
      title={title}
      name={`worth-of-recruits-${gaps.demand.as_of}`}
      rows={() => [
        [
          ...facets,
          `${text("plan.worth.worth")} (${currency})`,
          text("plan.worth.references"),
          text("plan.worth.start_by"),
        ],
        ...gaps.recruits.map((one) => [
          ...facets.map((_, place) => one.labels[place] ?? ""),
          one.worth,
          one.references,
          one.start_by ?? "",
        ]),
      ]}
      {...tables("worth")}
      table={
        <DataTable
          caption={text("plan.worth.worth")}
          rows={gaps.recruits}
          rowKey={(one) => one.key}
          isCards
          columns={[
            {
              key: "profile",
              label: text("plan.worth.profile"),
              cell: (one) => (
                <Button size="compact-sm" variant="subtle" onClick={() => onOpen(one.key)}>
                  {segmentName(one)}
                </Button>
              ),
            },
            {
              key: "worth",
              label: text("plan.worth.worth"),
              align: "right",
              cell: (one) => short(one.worth, currency),
            },
            {
              key: "references",
              label: text("plan.worth.references"),
              align: "right",
              wide: true,
              cell: (one) => formatNumber(one.references),
            },
            { key: "start_by", label: text("plan.worth.start_by"), align: "right", cell: startBy },
          ]}
        />
      }
    >
      <p className="meta">{text("plan.worth.lead")}</p>
      <BarRows
        label={title}
        shownMax={SHOWN_FIRST}
        bars={gaps.recruits.map((one) => ({
          key: one.key,
          label: segmentName(one),
          value: Number(one.worth) / Number(best.worth),
          shown: short(one.worth, currency),
          note: one.start_by === null ? "" : `${text("plan.worth.start_by")}: ${startBy(one)}`,
          onOpen: () => onOpen(one.key),
        }))}
      />
    </ChartFrame>
  );
}
