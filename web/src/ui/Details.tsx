import classes from "./Details.module.css";
import type { Fact } from "./Facts";

/** The fields of a record, one under the other: what it is called on the left, what it says on the right. */
export function Details({ rows }: { rows: Fact[] }) {
  return (
    <dl className={classes.details}>
      {rows.map((row) => (
        <div key={row.label} className={classes.row}>
          <dt className="soft">{row.label}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
