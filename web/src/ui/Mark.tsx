import type { ReactNode } from "react";
import classes from "./Mark.module.css";

export type Tone = "free" | "resting" | "ask" | "overdue" | "blocked" | "accent" | "plain";

interface Props {
  tone: Tone;
  /** Colour never speaks alone: every mark has an icon and a word. */
  icon: ReactNode;
  children: ReactNode;
  title?: string;
}

/** A state as icon and word. */
export function Mark({ tone, icon, children, title }: Props) {
  return (
    <span className={classes.mark} data-tone={tone} title={title}>
      <span className={classes.icon} aria-hidden="true">
        {icon}
      </span>
      {children}
    </span>
  );
}
