import type { Advocate } from "../api/types";
import { formatPeriod } from "../format/format";
import { text } from "../text/text";
import { Section } from "../ui/Section";
import classes from "./UsageStrip.module.css";

/** The uses of the last 365 days by month against the limit; where the role sees only a band, the band in words. */
export function UsageStrip({ usage }: { usage: Advocate["usage"] }) {
  const { months, limit, limit_is_own: isOwn, band } = usage;
  if (!months) {
    return (
      <Section title={text("advocates.usage")}>
        <p>{bandWords(band)}</p>
      </Section>
    );
  }
  const total = months.reduce((sum, month) => sum + month.uses, 0);
  const most = Math.max(2, ...months.map((month) => month.uses));
  const words = [
    text("advocates.usage_words", { count: total }),
    limit === null ? null : text(isOwn ? "advocates.usage_limit_own" : "advocates.usage_limit", { limit }),
  ]
    .filter(Boolean)
    .join(", ");
  const said = (month: (typeof months)[number]) => `${formatPeriod(month.month)}: ${month.uses}`;
  return (
    <Section title={text("advocates.usage")} aside={words}>
      <div className={classes.strip} role="img" aria-label={`${words}. ${months.map(said).join(", ")}`}>
        {months.map((month) => (
          <span key={month.month} className={classes.month} title={said(month)}>
            <span className={classes.used} style={{ height: `${(month.uses / most) * 100}%` }} />
          </span>
        ))}
      </div>
      <div className={`meta ${classes.stripNotes}`} aria-hidden="true">
        <span>{formatPeriod(months[0]?.month ?? "")}</span>
        <span>{formatPeriod(months.at(-1)?.month ?? "")}</span>
      </div>
    </Section>
  );
}

/** A count that is told in bands, such as "1-2". */
function bandWords(band: string | null): string {
  if (band === null) return text("state.unknown");
  return band === "none"
    ? text("advocates.usage_none")
    : text("advocates.usage_band", { band: band.replace("-", "–") });
}
