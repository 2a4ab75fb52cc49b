import { useElementSize } from "@mantine/hooks";
import { formatShare } from "../../format/format";
import classes from "./chart.module.css";

export interface SharePoint {
  /** Both in [0,1]. */
  x: number;
  y: number;
}

const HEIGHT = 300;
const PAD = { top: 12, right: 16, bottom: 40, left: 52 };
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** How much of one thing a share of another holds, against the line on which all have the same. */
export function ShareCurve({
  points,
  label,
  xLabel,
  evenLabel,
}: {
  points: SharePoint[];
  label: string;
  xLabel: string;
  evenLabel: string;
}) {
  const { ref, width: measured } = useElementSize();
  const width = Math.max(measured, 260);
  const x = (share: number) => PAD.left + share * (width - PAD.left - PAD.right);
  const y = (share: number) => HEIGHT - PAD.bottom - share * (HEIGHT - PAD.top - PAD.bottom);
  const path = [{ x: 0, y: 0 }, ...points].map((point) => `${x(point.x)},${y(point.y)}`).join(" ");
  return (
    <div ref={ref} className={classes.line}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} role="img" aria-label={label}>
        {TICKS.map((tick) => (
          <g key={tick}>
            <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} className={classes.grid} />
            <text x={PAD.left - 8} y={y(tick) + 4} textAnchor="end" className={classes.axis}>
              {formatShare(tick)}
            </text>
            <text
              x={x(tick)}
              y={HEIGHT - PAD.bottom + 16}
              textAnchor={tick === 1 ? "end" : "middle"}
              className={classes.axis}
            >
              {formatShare(tick)}
            </text>
          </g>
        ))}
        <text x={x(0.5)} y={HEIGHT - 6} textAnchor="middle" className={classes.axis}>
          {xLabel}
        </text>
        <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} className={classes.goal} />
        <text x={x(0.42)} y={y(0.55)} textAnchor="end" className={classes.goalText}>
          {evenLabel}
        </text>
        <polyline points={path} className={classes.curve} />
      </svg>
    </div>
  );
}
