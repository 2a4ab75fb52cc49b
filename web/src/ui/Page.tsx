import { type ReactNode, useEffect } from "react";
import { FoldButton, Folded, useFold } from "./Fold";
import classes from "./Page.module.css";

interface Props {
  title: string;
  /** Shown instead of the title where the heading is more than words. */
  heading?: ReactNode;
  lead?: ReactNode;
  /** Where the page stands among others. */
  above?: ReactNode;
  /** What one does here first. */
  actions?: ReactNode;
  /** What else one can do; behind one button on a phone. */
  more?: ReactNode;
  /** What ends the record or is done once in its life; behind that button everywhere. */
  rare?: ReactNode;
  width?: "full" | "reading";
  children: ReactNode;
}

/** The frame of every screen: one first-level heading, its actions, and the document's title. */
export function Page({ title, heading, lead, above, actions, more, rare, width = "full", children }: Props) {
  const fold = useFold();
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
        {actions || more || rare ? (
          <div className={classes.actions}>
            {more || rare ? (
              <>
                <FoldButton fold={fold} isEverywhere={Boolean(rare)} />
                <Folded fold={fold}>
                  {rare ? <div className={classes.rare}>{rare}</div> : null}
                  {more}
                </Folded>
              </>
            ) : null}
            {actions ? <div className={classes.first}>{actions}</div> : null}
          </div>
        ) : null}
      </header>
      {children}
    </div>
  );
}
