//! Filters as a list's address has them: conditions in groups, the same JSON that the server takes.

export interface Condition {
  field: string;
  is: string;
  value?: string | number | string[];
}

export interface Group {
  mode: "all" | "any";
  parts: Part[];
}

export type Part = Condition | Group;

/** Groups in groups that people build; the list may put one more around them. */
export const DEPTH_MAX = 3;

/** Questions that need no value. */
export const VALUELESS = ["yes", "no", "empty", "filled"];

export const isGroup = (part: Part): part is Group => "parts" in part;

export const emptyGroup = (): Group => ({ mode: "all", parts: [] });

/** Reads the filter of an address; what cannot be read asks for nothing, and the server never sees it. */
export function readFilter(written: string | undefined): Group {
  if (!written) return emptyGroup();
  try {
    const part = readPart(JSON.parse(written));
    if (!part) return emptyGroup();
    return isGroup(part) ? part : { mode: "all", parts: [part] };
  } catch {
    return emptyGroup();
  }
}

function readPart(value: unknown): Part | null {
  if (typeof value !== "object" || value === null) return null;
  for (const mode of ["all", "any"] as const) {
    const inner = (value as Record<string, unknown>)[mode];
    if (Array.isArray(inner)) return { mode, parts: inner.map(readPart).filter((part) => part !== null) };
  }
  const { field, is, value: asked } = value as Partial<Condition>;
  if (typeof field !== "string" || typeof is !== "string") return null;
  return { field, is, ...(asked === undefined ? {} : { value: asked }) };
}

/** The filter as it stands in an address; none for a group that asks for nothing. */
export function writeFilter(part: Part): string | undefined {
  const written = toJson(part);
  return written === null ? undefined : JSON.stringify(written);
}

function toJson(part: Part): object | null {
  if (!isGroup(part)) return part;
  const parts = part.parts.map(toJson).filter((inner) => inner !== null);
  return parts.length === 0 ? null : { [part.mode]: parts };
}

/** The filter that a list asks: what its own switches say, and what the reader built. */
export function withQuick(quick: Part[], written: string | undefined): string | undefined {
  const built = readFilter(written);
  if (built.mode === "all") return writeFilter({ mode: "all", parts: [...quick, ...built.parts] });
  return writeFilter({ mode: "all", parts: [...quick, built] });
}

export function conditionCount(part: Part): number {
  return isGroup(part) ? part.parts.reduce((sum, inner) => sum + conditionCount(inner), 0) : 1;
}

/** Whether a condition still lacks what its question asks for. */
export function isIncomplete(part: Part): boolean {
  if (isGroup(part)) return part.parts.some(isIncomplete);
  if (VALUELESS.includes(part.is)) return false;
  const { value } = part;
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

const one = (field: string, is: string, value?: Condition["value"]): Condition => ({
  field,
  is,
  ...(value === undefined ? {} : { value }),
});

/** Short forms for the switches over a list. */
export const ask = {
  anyOf: (field: string, ...values: string[]) => one(field, "any_of", values),
  yes: (field: string) => one(field, "yes"),
  no: (field: string) => one(field, "no"),
  empty: (field: string) => one(field, "empty"),
  from: (field: string, day: string) => one(field, "from", day),
  until: (field: string, day: string) => one(field, "until", day),
  /** Longer than so many days ago, or never. */
  stale: (field: string, days: number): Group => ({
    mode: "any",
    parts: [one(field, "before", days), one(field, "empty")],
  }),
};
