import { text } from "../../text/text";
import classes from "./chart.module.css";

export interface HeatCell {
  /** The number in the cell. */
  shown: string;
  /** What it is a part of. */
  note: string;
  /** In [0,1]: how dark the cell is. */
  heat: number;
  onOpen: () => void;
}

interface Props {
  label: string;
  /** What the rows and columns are. */
  corner: string;
  rows: string[];
  columns: string[];
  cell: (row: string, column: string) => HeatCell | null;
}

const LEVELS = 5;

/** Two ways of cutting, crossed: one hue, the number in each cell, and a cell opens what it holds. */
export function HeatMap({ label, corner, rows, columns, cell }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.heatFrame} tabIndex={0} aria-label={text("table.region", { name: label })}>
      <table className={classes.heat}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{row}</th>
              {columns.map((column) => {
                const found = cell(row, column);
                return (
                  <td key={column}>
                    {found ? (
                      <button
                        type="button"
                        className={classes.heatCell}
                        data-level={Math.ceil(Math.min(1, Math.max(0, found.heat)) * LEVELS)}
                        onClick={found.onOpen}
                      >
                        <span className="visually-hidden">{`${row}, ${column}: `}</span>
                        <strong>{found.shown}</strong>
                        <span>{found.note}</span>
                      </button>
                    ) : (
                      <span className={classes.heatNone}>{text("state.none")}</span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
