import type { ReactNode } from "react";
import { text } from "../text/text";
import classes from "./DataTable.module.css";

export interface Column<Row> {
  key: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right, text left; headers follow. */
  align?: "right";
  /** Dropped first when the screen is narrow. */
  wide?: boolean;
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  isMuted?: (row: Row) => boolean;
  /** On a phone each row is a card: nothing stands beside the screen. */
  isCards?: boolean;
}

/** A table with a sticky head and first column. */
export function DataTable<Row>({ caption, columns, rows, rowKey, isMuted, isCards }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.frame} tabIndex={0} aria-label={text("table.region", { name: caption })}>
      <table className={classes.table} data-cards={isCards}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-align={column.align} data-wide={column.wide}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-muted={isMuted?.(row) || undefined}>
              {columns.map((column, index) => {
                const Cell = index === 0 ? "th" : "td";
                return (
                  <Cell
                    key={column.key}
                    scope={index === 0 ? "row" : undefined}
                    data-align={column.align}
                    data-wide={column.wide}
                    data-label={column.label}
                  >
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
