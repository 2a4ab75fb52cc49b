//! What people without a login see behind a signed link: one question on a page of its own.

import { type ReactNode, useEffect } from "react";
import { Colophon } from "./Colophon";
import classes from "./LinkPage.module.css";

export function LinkPage({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className={classes.page}>
      <main className={classes.box}>{children}</main>
      <Colophon />
    </div>
  );
}

/** A word in place of the question: it was answered, or it is over. */
export function Said({ title, detail, children }: { title: string; detail: string; children?: ReactNode }) {
  return (
    <div role="status" className={classes.said}>
      <h1>{title}</h1>
      <p>{detail}</p>
      {children}
    </div>
  );
}
