//! Gaps arranged as rows and columns. Decides which of them stand in the map; the rest is in the table.

import type { GapSegment } from "../../api/types";

export const ROWS_MAX = 14;
export const COLUMNS_MAX = 8;

export type Measure = "missing" | "money";

/** What is missing of a segment, by the measure that was chosen. */
export function gapOf(segment: GapSegment, measure: Measure): number {
  return measure === "money" ? Number(segment.money_at_risk) : segment.needed - segment.covered;
}

export interface Heat {
  rows: string[];
  columns: string[];
  rowsLeftOut: number;
  columnsLeftOut: number;
  /** The largest gap in the map, for how dark a cell is. */
  most: number;
  at: (row: string, column: string) => GapSegment | undefined;
}

/** The largest gaps first, down and across; segments without a place are left out. */
export function heatOf(segments: GapSegment[], measure: Measure): Heat {
  const known = segments.filter((segment) => !segment.is_unknown && segment.labels.length === 2);
  const rows = ordered(known, 0, measure);
  const columns = ordered(known, 1, measure);
  const shown = { rows: rows.slice(0, ROWS_MAX), columns: columns.slice(0, COLUMNS_MAX) };
  const places = new Map(known.map((segment) => [JSON.stringify(segment.labels), segment]));
  const at = (row: string, column: string) => places.get(JSON.stringify([row, column]));
  const gaps = shown.rows.flatMap((row) =>
    shown.columns.map((column) => {
      const segment = at(row, column);
      return segment ? gapOf(segment, measure) : 0;
    }),
  );
  return {
    ...shown,
    rowsLeftOut: rows.length - shown.rows.length,
    columnsLeftOut: columns.length - shown.columns.length,
    most: Math.max(0, ...gaps),
    at,
  };
}

/** The labels of one facet by falling gap; of two alike the one that comes first in the alphabet. */
function ordered(segments: GapSegment[], facet: number, measure: Measure): string[] {
  const sums = new Map<string, number>();
  for (const segment of segments) {
    const label = segment.labels[facet] ?? "";
    sums.set(label, (sums.get(label) ?? 0) + gapOf(segment, measure));
  }
  return [...sums]
    .sort(([one, first], [other, second]) => second - first || one.localeCompare(other))
    .map(([label]) => label);
}

/** The share of the whole that the first few hold, from 0 to 1. */
export function shareOfFirst(segments: GapSegment[], count: number): number {
  const all = segments.reduce((sum, segment) => sum + Number(segment.money_at_risk), 0);
  const first = segments.slice(0, count).reduce((sum, segment) => sum + Number(segment.money_at_risk), 0);
  return all > 0 ? first / all : 0;
}
