import { Button } from "@mantine/core";
import { useState } from "react";
import type { Gaps } from "../../api/types";
import { formatDay, formatNumber } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { segmentName, short } from "./cut";

/** Profiles that are shown until all are asked for. */
const SHOWN_FIRST = 10;

/** What one more advocate of each profile would cover. */
export function Recruits({ gaps, onOpen }: { gaps: Gaps; onOpen: (segment: string) => void }) {
  const { today } = useSession();
  const { currency } = gaps.demand;
  const [isWhole, setWhole] = useState(false);
  const best = gaps.recruits[0];
  if (!best) return <Section title={text("plan.worth.none")}>{null}</Section>;
  return (
    <Section
      plain
      title={text("plan.worth.title", { segment: segmentName(best), money: short(best.worth, currency) })}
    >
      <p className="soft measure">{text("plan.worth.lead")}</p>
      <DataTable
        caption={text("plan.worth.worth")}
        rows={isWhole ? gaps.recruits : gaps.recruits.slice(0, SHOWN_FIRST)}
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
          {
            key: "start_by",
            label: text("plan.worth.start_by"),
            align: "right",
            cell: (one) =>
              one.start_by === null
                ? text("state.none")
                : one.start_by < today
                  ? text("plan.worth.past", { day: formatDay(one.start_by, today) })
                  : formatDay(one.start_by, today),
          },
        ]}
      />
      {isWhole || gaps.recruits.length <= SHOWN_FIRST ? null : (
        <div>
          <Button size="xs" variant="default" onClick={() => setWhole(true)}>
            {text("plan.worth.all", { count: gaps.recruits.length })}
          </Button>
        </div>
      )}
    </Section>
  );
}
