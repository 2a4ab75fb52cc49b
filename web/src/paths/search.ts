//! Search parameters as plain, readable text: `?status=open&c=industry:1&c=region:2`.
//! Decides their wire form; each screen's schema decides what they mean.

export type RawSearch = Record<string, string | string[]>;

/** Repeated names become lists. */
export function readSearch(text: string): RawSearch {
  const read: RawSearch = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = read[name];
    if (before === undefined) read[name] = value;
    else read[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return read;
}

/** Absent and empty values leave no trace in the address. */
export function writeSearch(search: object): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    for (const one of values) {
      if (one === undefined || one === null || one === "") continue;
      written.append(name, String(one));
    }
  }
  const text = written.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}
