import classes from "./Grade.module.css";

interface Props {
  legend: string;
  low: string;
  high: string;
  value: number | null;
  onChange: (value: number) => void;
  name: string;
}

const GRADES = [1, 2, 3, 4, 5];

/** One to five, as large radio buttons with both ends named. */
export function Grade({ legend, low, high, value, onChange, name }: Props) {
  return (
    <fieldset className={classes.grade}>
      <legend>{legend}</legend>
      <div className={classes.row}>
        {GRADES.map((one) => (
          <label key={one} className={classes.one}>
            <input
              type="radio"
              name={name}
              value={one}
              checked={value === one}
              onChange={() => onChange(one)}
            />
            <span>{one}</span>
          </label>
        ))}
      </div>
      <div className={classes.ends}>
        <span>{low}</span>
        <span>{high}</span>
      </div>
    </fieldset>
  );
}
