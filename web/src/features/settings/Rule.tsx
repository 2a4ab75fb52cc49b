import "../../text/administration";
import type { ReactNode } from "react";
import type { RuleChange } from "../../api/types";
import { formatAgo, formatInstant } from "../../format/format";
import { text } from "../../text/text";
import classes from "./Rules.module.css";

/** One rule: what it means on the left, what holds on the right, the default under it. */
export function Rule({
  label,
  hint,
  standard,
  isChanged,
  last,
  children,
}: {
  label: string;
  hint: string;
  /** What holds where nobody said anything; null where that is nothing. */
  standard: string | null;
  isChanged: boolean;
  /** Its last change, where anybody ever changed it. */
  last?: RuleChange;
  children: ReactNode;
}) {
  return (
    <div className={classes.rule}>
      <div className={classes.words}>
        <span className={classes.label} aria-hidden="true">
          {label}
        </span>
        <span className="soft">{hint}</span>
      </div>
      <div className={classes.value}>
        {children}
        <span className="meta" data-changed={isChanged || undefined}>
          {standard === null
            ? text(isChanged ? "settings.default_none_said" : "settings.default_none")
            : text(isChanged ? "settings.default_other" : "settings.default_same", { value: standard })}
        </span>
        {last ? <RuleHistory last={last} /> : null}
      </div>
    </div>
  );
}

/** "3 to 4 by Ann Lee, 2 days ago". */
export function RuleHistory({ last }: { last: RuleChange }) {
  return (
    <span className="meta" title={formatInstant(last.at)}>
      {text("settings.rule_changed", {
        before: valueWords(last.before),
        after: valueWords(last.after),
        who: last.by ?? text("settings.nobody"),
        ago: formatAgo(last.at, new Date()),
      })}
    </span>
  );
}

/** What a rule said, in words. */
export function valueWords(value: unknown): string {
  if (typeof value === "boolean") return text(value ? "settings.yes" : "settings.no");
  if (value === null || value === undefined || value === "") return text("state.nothing").toLowerCase();
  return typeof value === "object" ? text("settings.list") : String(value);
}

/** Who changed a group of rules last. */
export function LastChange({ at, by }: { at: string | null; by: string | null }) {
  if (at === null) return <span className="meta">{text("settings.never_changed")}</span>;
  return (
    <span className="meta" title={formatInstant(at)}>
      {text("settings.changed", {
        who: by ?? text("settings.nobody"),
        ago: formatAgo(at, new Date()),
      })}
    </span>
  );
}
