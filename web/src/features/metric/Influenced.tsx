import type { Leveraging } from "../../api/types";
import { formatMoney, formatMoneyShort } from "../../format/format";
import { text } from "../../text/text";
import classes from "./Influenced.module.css";
import { type CurrencySum, sumsOf } from "./money";

/** Currencies shown at once; of more, all but the first two wait behind a word. */
const SHOWN_MAX = 3;

/** Revenue influenced in every currency that deals were won in, and how it is counted. */
export function Influenced({ metric }: { metric: Leveraging }) {
  const sums = sumsOf(metric.currencies);
  const first = sums[0];
  if (!first) return null;
  const shown = sums.slice(1, sums.length > SHOWN_MAX ? 2 : sums.length);
  const folded = sums.slice(1 + shown.length);
  return (
    <div className={classes.money}>
      <p>{text("metric.influenced")}</p>
      <div className={classes.amount} title={formatMoney(first.influenced)}>
        {formatMoneyShort(first.influenced)}
      </div>
      <p className="meta numbers">{text("metric.influenced_of", { won: formatMoneyShort(first.won) })}</p>
      {shown.length > 0 ? <Sums sums={shown} /> : null}
      {folded.length > 0 ? (
        <details>
          <summary className={classes.more}>
            {text("metric.influenced_more", { count: folded.length })}
          </summary>
          <Sums sums={folded} />
        </details>
      ) : null}
      <p className={`meta ${classes.formula}`}>{metric.revenue_formula}</p>
    </div>
  );
}

function Sums({ sums }: { sums: CurrencySum[] }) {
  return (
    <ul className={classes.sums}>
      {sums.map((sum) => (
        <li key={sum.currency} title={formatMoney(sum.influenced)}>
          <span className={classes.also}>{formatMoneyShort(sum.influenced)}</span>{" "}
          <span className="meta numbers">
            {text("metric.influenced_of", { won: formatMoneyShort(sum.won) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
