import { ActionIcon, Button, Checkbox, Popover } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconColumns3, IconLayoutSidebarRightExpand } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { text } from "../text/text";
import type { Column } from "./DataTable";
import classes from "./RecordTable.module.css";
import { useKeys } from "./use-keys";

export interface RecordColumn<Row> extends Column<Row> {
  /** The server's word for sorting by it; absent where it does not sort. */
  sort?: string;
  /** The way that is natural for it: names from A, amounts from the largest. */
  first?: Direction;
  /** Shown only when chosen. */
  isExtra?: boolean;
}

export type Direction = "ascending" | "descending";

interface Props<Row> {
  caption: string;
  columns: RecordColumn<Row>[];
  rows: Row[];
  /** Rows that the server has, shown or not. */
  total: number;
  rowKey: (row: Row) => string;
  nameOf: (row: Row) => string;
  sort?: { by: string; direction: Direction };
  onSort?: (by: string, direction: Direction) => void;
  onPeek?: (row: Row) => void;
  /** A row is looked at closer: the look follows J and K. */
  isPeeking?: boolean;
  onOpen: (row: Row) => void;
  onEnd: () => void;
  /** Rows can be chosen to be changed together. */
  choosing?: Choosing;
}

export interface Choosing {
  isChosen: (id: string) => boolean;
  onToggle: (id: string) => void;
  /** Chooses the rows that were read, or lets all go. */
  onAll: (isOn: boolean) => void;
}

const ROW_GUESS = 40;
/** The next page is asked for when so many rows are left below. */
const AHEAD = 15;

/** A list of records: any length, only the rows in sight are drawn; J, K, X, Space and Enter work in it. */
export function RecordTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, total, rowKey, nameOf, onPeek, isPeeking, onOpen, onEnd, choosing } = props;
  const frame = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState(-1);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_GUESS,
    getItemKey: (index) => rowKey(rows[index] as Row),
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - AHEAD) end.current();
  }, [last, rows.length]);
  const at = Math.min(chosen, rows.length - 1);
  const move = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, at + by));
    setChosen(next);
    virtual.scrollToIndex(next);
    const row = rows[next];
    if (isPeeking && row) onPeek?.(row);
  };
  const current = at >= 0 ? rows[at] : undefined;
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    space: (event) => {
      if (!current || !onPeek) return;
      event.preventDefault();
      onPeek(current);
    },
    x: () => current && choosing?.onToggle(rowKey(current)),
    Enter: () => current && onOpen(current),
  });
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const width = columns.length + (onPeek ? 1 : 0) + (choosing ? 1 : 0);
  const chosenRows = choosing ? rows.filter((row) => choosing.isChosen(rowKey(row))).length : 0;
  return (
    <section
      ref={frame}
      className={classes.frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={text("table.region", { name: caption })}
    >
      <table className={classes.table} aria-rowcount={total + 1}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {choosing ? (
              <th scope="col" className={classes.choose}>
                <Checkbox
                  aria-label={text("table.choose_shown")}
                  checked={chosenRows === rows.length}
                  indeterminate={chosenRows > 0 && chosenRows < rows.length}
                  onChange={(event) => choosing.onAll(event.currentTarget.checked)}
                />
              </th>
            ) : null}
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
            {onPeek ? (
              <th scope="col" className={classes.peekHead}>
                <span className="visually-hidden">{text("table.peek")}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          <Space height={above} width={width} />
          {items.map((item) => {
            const row = rows[item.index] as Row;
            return (
              <tr
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                data-chosen={item.index === at || undefined}
                aria-rowindex={item.index + 2}
              >
                {choosing ? (
                  <td className={classes.choose}>
                    <Checkbox
                      aria-label={text("table.choose", { name: nameOf(row) })}
                      checked={choosing.isChosen(rowKey(row))}
                      onChange={() => choosing.onToggle(rowKey(row))}
                    />
                  </td>
                ) : null}
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
                {onPeek ? (
                  <td className={classes.peek}>
                    <ActionIcon
                      variant="subtle"
                      aria-label={text("table.peek_one", { name: nameOf(row) })}
                      onClick={() => {
                        setChosen(item.index);
                        onPeek(row);
                      }}
                    >
                      <IconLayoutSidebarRightExpand size={16} aria-hidden="true" />
                    </ActionIcon>
                  </td>
                ) : null}
              </tr>
            );
          })}
          <Space height={below} width={width} />
        </tbody>
      </table>
    </section>
  );
}

/** Stands for the rows that are not drawn. */
function Space({ height, width }: { height: number; width: number }) {
  if (height <= 0) return null;
  return (
    <tr className={classes.space}>
      <td colSpan={width} style={{ height }} />
    </tr>
  );
}

interface HeadProps<Row> {
  column: RecordColumn<Row>;
  sort: Props<Row>["sort"];
  onSort: Props<Row>["onSort"];
}

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const by = column.sort;
  const isSorted = by !== undefined && sort?.by === by;
  const next: Direction = isSorted
    ? sort.direction === "ascending"
      ? "descending"
      : "ascending"
    : (column.first ?? "ascending");
  const Arrow = sort?.direction === "descending" ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      data-align={column.align}
      data-wide={column.wide}
      aria-sort={isSorted ? sort.direction : undefined}
    >
      {by && onSort ? (
        <button type="button" className={classes.sort} onClick={() => onSort(by, next)}>
          {column.label}
          {isSorted ? <Arrow size={13} aria-hidden="true" /> : null}
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}

interface ChooserProps<Row> {
  columns: RecordColumn<Row>[];
  shown: readonly string[];
  onChange: (shown: string[] | undefined) => void;
}

/** Which columns stand in the list; the first one always does. */
export function ColumnChooser<Row>({ columns, shown, onChange }: ChooserProps<Row>) {
  const rest = columns.slice(1);
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={220}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden="true" />}>
          {text("table.columns")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text("table.columns")}>
        <div className={classes.choices}>
          {rest.map((column) => (
            <Checkbox
              key={column.key}
              label={column.label}
              checked={shown.includes(column.key)}
              onChange={(event) => {
                const isOn = event.currentTarget.checked;
                const next = rest.filter((one) => (one === column ? isOn : shown.includes(one.key)));
                onChange(named(columns, next));
              }}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** How a choice stands in the address: the standard one not at all, none of them as a word of its own. */
function named<Row>(columns: RecordColumn<Row>[], chosen: RecordColumn<Row>[]): string[] | undefined {
  if (isStandard(columns, chosen)) return undefined;
  return chosen.length === 0 ? ["none"] : chosen.map((one) => one.key);
}

function isStandard<Row>(columns: RecordColumn<Row>[], chosen: RecordColumn<Row>[]): boolean {
  const standard = columns.slice(1).filter((column) => !column.isExtra);
  return standard.length === chosen.length && standard.every((column) => chosen.includes(column));
}

/** The columns to show: those named in the address, else those that usually stand there. */
export function shownColumns<Row>(
  columns: RecordColumn<Row>[],
  named: readonly string[] | undefined,
): RecordColumn<Row>[] {
  return columns.filter(
    (column, index) => index === 0 || (named ? named.includes(column.key) : !column.isExtra),
  );
}
