import "../text/help";
import { formatDay } from "../format/format";
import { text } from "../text/text";
import classes from "./KeySheet.module.css";
import { KNOWN_FIELDS } from "./known-fields";

const wordsOf = (ids: string | null) =>
  (ids ?? "")
    .split(/\s+/)
    .map((id) => document.getElementById(id)?.textContent?.trim())
    .filter((words): words is string => Boolean(words));

/** The label without the mark of a field that must be filled. */
const labelOf = (field: HTMLInputElement) =>
  (
    field.labels?.[0]?.textContent ??
    field.getAttribute("aria-label") ??
    wordsOf(field.getAttribute("aria-labelledby"))[0] ??
    field.placeholder ??
    ""
  )
    .replace(/\s*\*$/, "")
    .trim();

/** What the field takes, as the page itself checks it. */
function takes(field: HTMLInputElement): string[] {
  const day = (value: string) => (field.type === "date" ? formatDay(value) : value);
  const lines: (string | null)[] = [
    field.required ? text("help.required") : null,
    field.type === "date" ? text("help.a_day") : null,
    field.type === "email" ? text("help.an_email") : null,
    field.min ? text("help.min", { value: day(field.min) }) : null,
    field.max ? text("help.max", { value: day(field.max) }) : null,
    field.maxLength > 0 ? text("help.max_length", { count: field.maxLength }) : null,
    field.getAttribute("role") === "combobox" || field.getAttribute("aria-haspopup") === "listbox"
      ? text("help.choose")
      : null,
  ];
  return lines.filter((words) => words !== null);
}

/** What to know about the field somebody is in: what it means, what stands at it, and what it takes. */
export function FieldHelp({ field }: { field: HTMLInputElement }) {
  const label = labelOf(field);
  const { pathname, search } = window.location;
  const known = KNOWN_FIELDS.find(
    ([key, , place = ""]) => text(key) === label && (pathname + search).includes(place),
  );
  const lines = [
    ...(known ? [text(known[1])] : []),
    ...wordsOf(field.getAttribute("aria-describedby")),
    ...takes(field),
  ];
  return (
    <section className={classes.field}>
      <h3>{label ? text("help.this_field", { label }) : text("help.this_field_unnamed")}</h3>
      {lines.length > 0 ? lines.map((line) => <p key={line}>{line}</p>) : <p>{text("help.nothing_more")}</p>}
    </section>
  );
}
