import type { ReactNode } from "react";
import { AppLink } from "../../ui/AppLink";
import classes from "./HomePage.module.css";

export interface Line {
  key: string;
  label: string;
  href: string;
  /** Stands under the label. */
  note?: string | undefined;
  /** Stands at the end of the line. */
  value?: ReactNode;
}

/** Things to look at, a line each, every one of which leads on. */
export function Lines({ lines }: { lines: Line[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line.key} className={classes.line}>
          <span className={classes.lineWords}>
            <AppLink href={line.href}>{line.label}</AppLink>
            {line.note ? <span className="meta">{line.note}</span> : null}
          </span>
          {line.value === undefined ? null : <span className={classes.lineValue}>{line.value}</span>}
        </li>
      ))}
    </ul>
  );
}
