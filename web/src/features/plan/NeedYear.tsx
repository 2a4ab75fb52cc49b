import { useSearch } from "@tanstack/react-router";
import type { Need, NeedCalendar } from "../../api/types";
import { formatNumber, formatPeriod } from "../../format/format";
import { text } from "../../text/text";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { DataTable } from "../../ui/DataTable";
import classes from "./needs.module.css";
import { useTables } from "./use-tables";

const MONTHS = 12;
/** Needs of a month that are named. */
const NAMED = 3;

/** The months of the year from a day on, as their labels: 2026-11. */
export function monthsFrom(from: string): string[] {
  const [year = 0, month = 1] = from.split("-").map(Number);
  return Array.from({ length: MONTHS }, (_, place) => {
    const months = year * MONTHS + (month - 1) + place;
    return `${Math.floor(months / MONTHS)}-${String((months % MONTHS) + 1).padStart(2, "0")}`;
  });
}

interface Props {
  calendar: NeedCalendar;
  onOpen: (need: string) => void;
}

/** Twelve months side by side: how much of each could be served, and what is asked for. */
export function NeedYear({ calendar, onOpen }: Props) {
  const tables = useTables(useSearch({ from: "/signed-in/plan/needs" }).table);
  const months = monthsFrom(calendar.from).map((month) => {
    const sums = calendar.months.find((one) => one.month === month);
    const isOf = (one: Need) => one.need_on.startsWith(month) && one.closed_at === null;
    return { month, sums, needs: calendar.needs.filter(isOf) };
  });
  return (
    <ChartFrame
      title={text("plan.needs.year")}
      name={`needs-${calendar.from}`}
      rows={() => [
        [text("plan.needs.month"), text("plan.needs.asked"), text("plan.needs.could")],
        ...months.map(({ month, sums }) => [month, sums?.wanted ?? 0, sums?.covered ?? 0]),
      ]}
      {...tables("year")}
      table={
        <DataTable
          caption={text("plan.needs.year")}
          rows={months}
          rowKey={(one) => one.month}
          columns={[
            { key: "month", label: text("plan.needs.month"), cell: (one) => formatPeriod(one.month) },
            {
              key: "asked",
              label: text("plan.needs.asked"),
              align: "right",
              cell: (one) => formatNumber(one.sums?.wanted ?? 0),
            },
            {
              key: "could",
              label: text("plan.needs.could"),
              align: "right",
              cell: (one) => formatNumber(one.sums?.covered ?? 0),
            },
          ]}
        />
      }
    >
      <ol className={classes.year}>
        {months.map(({ month, sums, needs }) => (
          <Month key={month} label={month} sums={sums} needs={needs} onOpen={onOpen} />
        ))}
      </ol>
    </ChartFrame>
  );
}

interface MonthProps {
  label: string;
  sums: NeedCalendar["months"][number] | undefined;
  needs: Need[];
  onOpen: (need: string) => void;
}

function Month({ label, sums, needs, onOpen }: MonthProps) {
  const isShort = sums !== undefined && sums.covered < sums.wanted;
  return (
    <li className={classes.month} data-empty={sums === undefined || undefined}>
      <div className={classes.head}>
        <h3>{formatPeriod(label)}</h3>
        <span className="meta">
          {sums
            ? text("plan.needs.covered", { covered: sums.covered, wanted: sums.wanted })
            : text("plan.needs.no_month")}
        </span>
      </div>
      {sums ? (
        <div className={classes.bar} data-short={isShort || undefined} aria-hidden="true">
          <div style={{ width: `${(100 * sums.covered) / Math.max(sums.wanted, 1)}%` }} />
        </div>
      ) : null}
      {needs.slice(0, NAMED).map((one) => (
        <button
          key={one.id}
          type="button"
          className={classes.need}
          data-short={one.covered < one.wanted || undefined}
          title={one.title}
          onClick={() => onOpen(one.id)}
        >
          <span className={classes.day}>{Number(one.need_on.slice(-2))}</span>
          <bdi>{one.title}</bdi>
        </button>
      ))}
      {needs.length > NAMED ? (
        <span className="meta">{text("plan.needs.more", { count: needs.length - NAMED })}</span>
      ) : null}
    </li>
  );
}
