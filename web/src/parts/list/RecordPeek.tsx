import type { ReactNode } from "react";
import { AppLink } from "../../ui/AppLink";
import { Facts } from "../../ui/Facts";
import type { RecordColumn } from "../../ui/RecordTable";
import { SidePeek } from "../../ui/SidePeek";
import classes from "./RecordPeek.module.css";

interface Props<Row extends { id: string }> {
  /** The rows that were read, and which of them is looked at. */
  rows: Row[];
  id: string | undefined;
  columns: RecordColumn<Row>[];
  nameOf: (row: Row) => string;
  hrefOf: (row: Row) => string;
  /** The way to its page, in words. */
  open: string;
  onClose: () => void;
  /** What else is worth a look. */
  children?: (row: Row) => ReactNode;
}

/** A closer look at a row beside its list, which stays where it is. */
export function RecordPeek<Row extends { id: string }>(props: Props<Row>) {
  const { rows, id, columns, nameOf, hrefOf, open, onClose, children } = props;
  const row = rows.find((one) => one.id === id);
  return (
    <SidePeek title={row ? nameOf(row) : ""} opened={row !== undefined} onClose={onClose}>
      {row ? (
        <div className={classes.peek}>
          <Facts facts={columns.slice(1).map(({ label, cell }) => ({ label, value: cell(row) }))} />
          {children?.(row)}
          <AppLink href={hrefOf(row)}>{open}</AppLink>
        </div>
      ) : null}
    </SidePeek>
  );
}
