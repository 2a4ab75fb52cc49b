import classes from "./plan.module.css";

interface Props {
  value: string;
  label: string;
  note: string;
  /** Leads to what stands behind the number. */
  onOpen?: () => void;
}

/** One number of a summary with what it is and what it rests on. */
export function Fact({ value, label, note, onOpen }: Props) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd className={classes.value}>
        {onOpen ? (
          <button type="button" className={classes.open} aria-label={`${value} ${label}`} onClick={onOpen}>
            {value}
          </button>
        ) : (
          value
        )}
      </dd>
      <dd className="meta numbers">{note}</dd>
    </div>
  );
}
