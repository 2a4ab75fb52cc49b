import { type ReactNode, useEffect } from "react";
import classes from "./Page.module.css";

interface Props {
  title: string;
  /** Shown instead of the title where the heading is more than words. */
  heading?: ReactNode;
  lead?: ReactNode;
  /** Where the page stands among others. */
  above?: ReactNode;
  actions?: ReactNode;
  width?: "full" | "reading";
  children: ReactNode;
}

/** The frame of every screen: one first-level heading, its actions, and the document's title. */
export function Page({ title, heading, lead, above, actions, width = "full", children }: Props) {
  useEffect(() => {
    document.title = `${title} · Goodword`;
  }, [title]);
  return (
    <div className={classes.page} data-width={width}>
      {above}
      <header className={classes.head}>
        <div className={classes.words}>
          <h1>{heading ?? title}</h1>
          {lead ? <div className="soft">{lead}</div> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}
