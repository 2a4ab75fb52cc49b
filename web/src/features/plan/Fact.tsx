import classes from "./plan.module.css";

/** One number of a summary with what it is and what it rests on. */
export function Fact({ value, label, note }: { value: string; label: string; note: string }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd className={classes.value}>{value}</dd>
      <dd className="meta numbers">{note}</dd>
    </div>
  );
}
