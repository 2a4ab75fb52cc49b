import { formatShare } from "../../format/format";
import { text } from "../../text/text";
import classes from "./chart.module.css";

interface Props {
  label: string;
  value: number | null;
  target: number | null;
  baseline: number | null;
}

/** One share against its target and where it started. All in [0,1]. */
export function Bullet({ label, value, target, baseline }: Props) {
  const said = [
    label,
    value === null ? text("state.unknown") : formatShare(value),
    target === null ? null : text("chart.target", { value: formatShare(target) }),
    baseline === null ? null : text("chart.baseline", { value: formatShare(baseline) }),
  ].filter(Boolean);
  return (
    <div className={classes.bullet}>
      <div className={classes.bulletTrack} role="img" aria-label={said.join(", ")}>
        <span className={classes.bulletFill} style={{ width: `${clamp(value ?? 0) * 100}%` }} />
        {baseline === null ? null : (
          <span className={classes.bulletBaseline} style={{ left: `${clamp(baseline) * 100}%` }} />
        )}
        {target === null ? null : (
          <span className={classes.bulletTarget} style={{ left: `${clamp(target) * 100}%` }} />
        )}
      </div>
      <div className={classes.bulletNotes} aria-hidden="true">
        {baseline === null ? null : (
          <span data-mark="baseline">{text("chart.baseline", { value: formatShare(baseline) })}</span>
        )}
        {target === null ? null : (
          <span data-mark="target">{text("chart.target", { value: formatShare(target) })}</span>
        )}
      </div>
    </div>
  );
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
