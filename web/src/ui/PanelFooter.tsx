import type { ReactNode } from "react";
import classes from "./SidePanel.module.css";

/** The end of a side panel, always in sight: what a form is sent with, and why it was not. */
export function PanelFooter({ children }: { children: ReactNode }) {
  return <div className={classes.footer}>{children}</div>;
}
