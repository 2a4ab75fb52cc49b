import { useElementSize } from "@mantine/hooks";
import { formatShare } from "../../format/format";
import { text } from "../../text/text";
import classes from "./chart.module.css";

export interface Point {
  key: string;
  label: string;
  /** In [0,1]; absent where nothing was counted. */
  value: number | null;
  /** Only a part of the period was counted. */
  isPartial?: boolean;
  isFaint?: boolean;
}

const HEIGHT = 220;
const PAD = { top: 22, right: 34, bottom: 26, left: 46 };
/** Room beside the last point for the goal's words, where no line runs through them. */
const TARGET_WIDTH = 76;
/** A label of the axis and the space beside it. */
const LABEL_WIDTH = 76;
const LINES_MAX = 4;
const STEPS = [0.02, 0.05, 0.1, 0.2, 0.25, 0.5];

/** Round shares for the lines behind the points, from none to just over `most`. */
function ticksTo(most: number): number[] {
  const step = STEPS.find((one) => most / one <= LINES_MAX) ?? 0.5;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

/** A share over time: direct labels on the points, the goal as a line, a part of a period dashed. */
export function LineChart({
  points,
  target,
  label,
}: {
  points: Point[];
  target: number | null;
  label: string;
}) {
  const { ref, width: measured } = useElementSize();
  const width = Math.max(measured, 260);
  const ticks = ticksTo(Math.max(0.1, ...points.map((one) => one.value ?? 0), target ?? 0));
  const top = ticks.at(-1) ?? 1;
  const right = width - (target === null ? PAD.right : TARGET_WIDTH);
  const x = (index: number) => PAD.left + (index * (right - PAD.left)) / Math.max(1, points.length - 1);
  const y = (value: number) => HEIGHT - PAD.bottom - (value / top) * (HEIGHT - PAD.top - PAD.bottom);
  const every = Math.max(1, Math.ceil((points.length * LABEL_WIDTH) / (right - PAD.left)));
  return (
    <div ref={ref} className={classes.line}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={PAD.left} x2={right} y1={y(tick)} y2={y(tick)} className={classes.grid} />
            <text x={PAD.left - 8} y={y(tick) + 4} textAnchor="end" className={classes.axis}>
              {formatShare(tick)}
            </text>
          </g>
        ))}
        {target === null ? null : (
          <g>
            <line x1={PAD.left} x2={right} y1={y(target)} y2={y(target)} className={classes.goal} />
            <text x={right + 6} y={y(target) + 4} className={classes.goalText}>
              {text("chart.target", { value: formatShare(target) })}
            </text>
          </g>
        )}
        {segments(points).map(({ from, to, dashed, faint }) => (
          <line
            key={`${from}-${to}`}
            x1={x(from)}
            y1={y(points[from]?.value ?? 0)}
            x2={x(to)}
            y2={y(points[to]?.value ?? 0)}
            className={classes.stroke}
            data-dashed={dashed || undefined}
            data-faint={faint || undefined}
          />
        ))}
        {points.map((point, index) =>
          point.value === null ? null : (
            <g key={point.key}>
              <circle
                cx={x(index)}
                cy={y(point.value)}
                r={4}
                className={classes.dot}
                data-faint={point.isFaint || undefined}
              />
              {(points.length - 1 - index) % every === 0 ? (
                <text
                  x={x(index)}
                  y={y(point.value) - 10}
                  textAnchor={index === 0 ? "start" : index === points.length - 1 ? "end" : "middle"}
                  className={classes.value}
                  data-faint={point.isFaint || undefined}
                >
                  {formatShare(point.value)}
                </text>
              ) : null}
            </g>
          ),
        )}
        {points.map((point, index) =>
          (points.length - 1 - index) % every === 0 ? (
            <text key={point.key} x={x(index)} y={HEIGHT - 8} textAnchor="middle" className={classes.axis}>
              {point.label}
            </text>
          ) : null,
        )}
      </svg>
      {points.some((point) => point.isPartial) ? (
        <p className={classes.legend} data-mark="partial">
          {text("chart.partial")}
        </p>
      ) : null}
    </div>
  );
}

interface Segment {
  from: number;
  to: number;
  /** Over a gap, or to or from a part of a period. */
  dashed: boolean;
  /** To or from too few deals to read a change from. */
  faint: boolean;
}

/** Lines between neighbouring points that both have a value. */
function segments(points: Point[]): Segment[] {
  const found: Segment[] = [];
  let last: number | null = null;
  for (const [index, point] of points.entries()) {
    if (point.value === null) continue;
    const before = last === null ? undefined : points[last];
    if (before && last !== null)
      found.push({
        from: last,
        to: index,
        dashed: point.isPartial === true || before.isPartial === true || index - last > 1,
        faint: point.isFaint === true || before.isFaint === true,
      });
    last = index;
  }
  return found;
}
