import type { Need, NeedCalendar } from "../../api/types";
import { formatPeriod } from "../../format/format";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import classes from "./needs.module.css";

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
  const months = monthsFrom(calendar.from);
  return (
    <Section plain title={text("plan.needs.year")}>
      <ol className={classes.year}>
        {months.map((month) => (
          <Month
            key={month}
            label={month}
            sums={calendar.months.find((one) => one.month === month)}
            needs={calendar.needs.filter((one) => one.need_on.startsWith(month) && one.closed_at === null)}
            onOpen={onOpen}
          />
        ))}
      </ol>
    </Section>
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
        <progress
          className={classes.bar}
          data-short={isShort || undefined}
          max={sums.wanted}
          value={sums.covered}
          aria-label={formatPeriod(label)}
        />
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
