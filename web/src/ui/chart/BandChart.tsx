import { useElementSize } from "@mantine/hooks";
import { formatNumber } from "../../format/format";
import classes from "./chart.module.css";

export interface BandPoint {
  key: string;
  label: string;
  expected: number;
  low: number;
  high: number;
}

const HEIGHT = 240;
const PAD = { top: 20, right: 64, bottom: 26, left: 46 };
const LABEL_WIDTH = 76;
const LINES = 4;

/** A round step that takes at most a few lines to `most`. */
function stepTo(most: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(most, 1) / LINES));
  return size * ([1, 2, 5, 10].find((one) => most / (size * one) <= LINES) ?? 10);
}

/** What adds up over time, with the range it stays in: a line, its band, and the last values beside it. */
export function BandChart({ points, label }: { points: BandPoint[]; label: string }) {
  const { ref, width: measured } = useElementSize();
  const width = Math.max(measured, 260);
  const most = Math.max(1, ...points.map((point) => point.high));
  const step = stepTo(most);
  const ticks = Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
  const top = ticks.at(-1) ?? 1;
  const inner = width - PAD.left - PAD.right;
  const x = (index: number) => PAD.left + (index * inner) / Math.max(1, points.length - 1);
  const y = (value: number) => HEIGHT - PAD.bottom - (value / top) * (HEIGHT - PAD.top - PAD.bottom);
  const path = (value: (point: BandPoint) => number) =>
    points.map((point, index) => `${x(index)},${y(value(point))}`);
  const band = [...path((point) => point.high), ...path((point) => point.low).reverse()];
  const every = Math.max(1, Math.ceil((points.length * LABEL_WIDTH) / inner));
  const last = points.at(-1);
  return (
    <div ref={ref} className={classes.line}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={PAD.left} x2={width - PAD.right} y1={y(tick)} y2={y(tick)} className={classes.grid} />
            <text x={PAD.left - 8} y={y(tick) + 4} textAnchor="end" className={classes.axis}>
              {formatNumber(tick)}
            </text>
          </g>
        ))}
        <polygon points={band.join(" ")} className={classes.band} />
        <polyline points={path((point) => point.expected).join(" ")} className={classes.bandLine} />
        {last
          ? [last.high, last.expected, last.low].map((value, place) => (
              <text
                key={["high", "expected", "low"][place]}
                x={width - PAD.right + 6}
                y={y(value) + 4 + (1 - place) * -10 * Number(y(last.low) - y(last.high) < 30)}
                className={place === 1 ? classes.value : classes.axis}
              >
                {formatNumber(value)}
              </text>
            ))
          : null}
        {points.map((point, index) =>
          (points.length - 1 - index) % every === 0 ? (
            <text key={point.key} x={x(index)} y={HEIGHT - 8} textAnchor="middle" className={classes.axis}>
              {point.label}
            </text>
          ) : null,
        )}
      </svg>
    </div>
  );
}
