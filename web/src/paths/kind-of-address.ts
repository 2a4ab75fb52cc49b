//! Which kind of record an address of the app is about.

const KINDS = [
  [/^\/accounts\/contacts\b/, "contact"],
  [/^\/accounts\b/, "account"],
  [/^\/advocates\b/, "advocate"],
  [/^\/opportunities\b/, "opportunity"],
  [/^\/requests\b/, "request"],
  [/^\/content\b/, "content"],
] as const;

/** The kind as the API names it; null for a screen about nothing of these. */
export function kindOfAddress(path: string): (typeof KINDS)[number][1] | null {
  return KINDS.find(([start]) => start.test(path))?.[1] ?? null;
}
