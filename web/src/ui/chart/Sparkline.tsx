import classes from "./chart.module.css";

const WIDTH = 160;
const HEIGHT = 36;
const PAD = 4;

/** How a number moved, without an axis: its first and last values stand beside it in words. */
export function Sparkline({ values, label }: { values: number[]; label: string }) {
  if (values.length < 2) return null;
  const least = Math.min(...values);
  const range = Math.max(...values) - least || 1;
  const x = (index: number) => PAD + (index * (WIDTH - 2 * PAD)) / (values.length - 1);
  const y = (value: number) => HEIGHT - PAD - ((value - least) / range) * (HEIGHT - 2 * PAD);
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
    >
      <polyline
        points={values.map((value, index) => `${x(index)},${y(value)}`).join(" ")}
        className={classes.curve}
      />
      <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? least)} r={3} className={classes.dot} />
    </svg>
  );
}
