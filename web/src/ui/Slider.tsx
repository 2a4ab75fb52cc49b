import { useId } from "react";
import classes from "./Slider.module.css";

interface Props {
  label: string;
  /** Said under the label, such as what the default is. */
  note?: string;
  value: number;
  min: number;
  max: number;
  isReadOnly?: boolean;
  onChange: (value: number) => void;
}

/** A whole number set by hand or by arrow keys, with its value beside it. */
export function Slider({ label, note, value, min, max, isReadOnly = false, onChange }: Props) {
  const id = useId();
  return (
    <div className={classes.row}>
      <label htmlFor={id} className={classes.label}>
        {label}
        {note ? <span className="meta">{note}</span> : null}
      </label>
      <output htmlFor={id} className={classes.value}>
        {value}
      </output>
      <input
        id={id}
        className={classes.range}
        type="range"
        min={min}
        max={max}
        value={value}
        disabled={isReadOnly}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
