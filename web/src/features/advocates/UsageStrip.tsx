import type { Advocate } from "../../api/types";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import classes from "./AdvocatePage.module.css";

/** Twelve months of use against the limit; where the role sees only a band, the band in words. */
export function UsageStrip({ usage }: { usage: Advocate["usage"] }) {
  const { months, limit, band } = usage;
  if (!months) {
    return (
      <Section title={text("advocates.usage")}>
        <p>{band ? text("advocates.usage_band", { band }) : text("state.unknown")}</p>
      </Section>
    );
  }
  const total = months.reduce((sum, month) => sum + month.uses, 0);
  const most = Math.max(2, ...months.map((month) => month.uses));
  const words = [
    text("advocates.usage_words", { count: total }),
    limit === null ? null : text("advocates.usage_limit", { limit }),
  ]
    .filter(Boolean)
    .join(", ");
  return (
    <Section title={text("advocates.usage")} aside={words}>
      <div
        className={classes.strip}
        role="img"
        aria-label={`${words}. ${months.map((month) => `${month.month}: ${month.uses}`).join(", ")}`}
      >
        {months.map((month) => (
          <span key={month.month} className={classes.month} title={`${month.month}: ${month.uses}`}>
            <span className={classes.used} style={{ height: `${(month.uses / most) * 100}%` }} />
          </span>
        ))}
      </div>
      <div className={`meta ${classes.stripNotes}`} aria-hidden="true">
        <span>{months[0]?.month}</span>
        <span>{months.at(-1)?.month}</span>
      </div>
    </Section>
  );
}
