//! What people without a login see behind a signed link: one question on a page of its own.

import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { isCode, sayProblem } from "../api/problem";
import { Failed, Loading } from "../ui/states";
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

/** Whether a link leads nowhere any more, which its own words say and no second try changes. */
export const isSpent = (error: unknown) => isCode(error, "link_used") || isCode(error, "link_expired");

interface LoadedProps<View> {
  query: UseQueryResult<View>;
  /** Lines that stand in for what loads. */
  rows?: number;
  children: (view: View) => ReactNode;
}

/** What a link leads to, or why it leads nowhere. */
export function LinkLoaded<View>({ query, rows = 5, children }: LoadedProps<View>) {
  if (query.isPending) return <Loading rows={rows} />;
  if (query.isSuccess) return children(query.data);
  if (isSpent(query.error)) return <Said {...sayProblem(query.error)} />;
  return <Failed error={query.error} onRetry={() => void query.refetch()} />;
}

/** The form that answers the question, which says itself what is missing. */
export function LinkForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
