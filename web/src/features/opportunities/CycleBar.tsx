import type { Opportunity } from "../../api/types";
import { daysUntil, formatDay } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import classes from "./CycleBar.module.css";

/** The deal from creation to close, with today and the reference stage on it. */
export function CycleBar({ deal }: { deal: Opportunity }) {
  const { today } = useSession();
  const { created_on: from, close_on: to } = deal;
  if (!from || !to || daysUntil(to, from) <= 0) return null;
  const total = daysUntil(to, from);
  const share = (day: string) => Math.min(1, Math.max(0, daysUntil(day, from) / total));
  const done = Math.min(total, Math.max(0, daysUntil(today, from)));
  const stage = deal.reference_stage_on;
  return (
    <div className={classes.cycle}>
      <div
        className={classes.track}
        role="img"
        aria-label={`${text("opportunities.cycle")}: ${text("opportunities.cycle_words", { done, total })}. ${text("opportunities.reference_stage")}: ${stage ? formatDay(stage) : text("opportunities.reference_stage_unknown")}`}
      >
        <span className={classes.done} style={{ width: `${share(today) * 100}%` }} />
        {stage ? <span className={classes.mark} style={{ left: `${share(stage) * 100}%` }} /> : null}
      </div>
      <div className={classes.notes} aria-hidden="true">
        <span>
          {text("opportunities.created")} {formatDay(from, today)}
        </span>
        <span>
          {text("opportunities.reference_stage")}:{" "}
          {stage ? formatDay(stage, today) : text("opportunities.reference_stage_unknown")}
        </span>
        <span>{text("opportunities.cycle_words", { done, total })}</span>
        <span>
          {text("opportunities.closes")} {formatDay(to, today)}
        </span>
      </div>
    </div>
  );
}
