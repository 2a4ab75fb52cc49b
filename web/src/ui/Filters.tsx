import type { ReactNode } from "react";
import classes from "./Filters.module.css";

/** The row of filters over a list. */
export function Filters({ children }: { children: ReactNode }) {
  return <search className={classes.filters}>{children}</search>;
}
