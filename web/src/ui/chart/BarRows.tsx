import { Button } from "@mantine/core";
import { useState } from "react";
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

interface Props {
  bars: Bar[];
  label: string;
  /** The goal in [0,1], as a line through all bars. */
  target?: number | null;
  /** How many are shown until somebody asks for the rest. */
  shownMax?: number;
}

/** Groups as bars, the number beside each; too small a sample is greyed and says so. */
export function BarRows({ bars, label, target = null, shownMax = bars.length }: Props) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? bars : bars.slice(0, shownMax);
  return (
    <>
      <Rows bars={shown} label={label} target={target} />
      {target === null ? null : (
        <p className={classes.legend}>{text("chart.target_line", { value: formatShare(target) })}</p>
      )}
      {shown.length < bars.length ? (
        <Button size="xs" variant="default" className={classes.rest} onClick={() => setWhole(true)}>
          {text("list.more_rows", { shown: bars.length - shown.length })}
        </Button>
      ) : null}
    </>
  );
}

function Rows({ bars, label, target }: { bars: Bar[]; label: string; target: number | null }) {
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
            {target === null ? null : (
              <span className={classes.barTarget} style={{ left: `${target * 100}%` }} />
            )}
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
