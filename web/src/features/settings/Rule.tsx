import "../../text/administration";
import type { ReactNode } from "react";
import { formatAgo, formatInstant } from "../../format/format";
import { text } from "../../text/text";
import classes from "./Rules.module.css";

/** One rule: what it means on the left, what holds on the right, the default under it. */
export function Rule({
  label,
  hint,
  standard,
  isChanged,
  children,
}: {
  label: string;
  hint: string;
  /** What holds where nobody said anything; null where that is nothing. */
  standard: string | null;
  isChanged: boolean;
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
      </div>
    </div>
  );
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
