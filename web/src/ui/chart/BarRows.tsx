import { formatShare } from "../../format/format";
import { text } from "../../text/text";
import classes from "./chart.module.css";

export interface Bar {
  key: string;
  label: string;
  /** In [0,1]. */
  value: number | null;
  note: string;
  /** The number beside the bar where it is not the share itself. */
  shown?: string;
  isFaint?: boolean;
  onOpen?: () => void;
}

/** Groups as bars, the number beside each; too small a sample is greyed and says so. */
export function BarRows({ bars, label }: { bars: Bar[]; label: string }) {
  return (
    <ul className={classes.bars} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key} className={classes.barRow} data-faint={bar.isFaint || undefined}>
          <span className={classes.barLabel}>
            {bar.onOpen ? (
              <button type="button" className={classes.barOpen} onClick={bar.onOpen}>
                {bar.label}
              </button>
            ) : (
              bar.label
            )}
          </span>
          <span className={classes.barTrack} aria-hidden="true">
            <span className={classes.barFill} style={{ width: `${(bar.value ?? 0) * 100}%` }} />
          </span>
          <span className={classes.barValue}>
            {bar.shown ?? (bar.value === null ? text("state.none") : formatShare(bar.value))}
            <span className="meta">
              {bar.isFaint ? `${bar.note}, ${text("chart.small_sample")}` : bar.note}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
