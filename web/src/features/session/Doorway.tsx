import { type ReactNode, useEffect } from "react";
import { Colophon } from "../../parts/Colophon";
import classes from "./Doorway.module.css";

/** The frame of the pages before sign-in. */
export function Doorway({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Goodword`;
  }, [title]);
  return (
    <div className={classes.page}>
      <main className={classes.box}>
        <div className={classes.brand}>
          <img src="/favicon.svg" width={32} height={32} alt="" />
          <span>Goodword</span>
        </div>
        <div>
          <h1>{title}</h1>
          <p className="soft">{lead}</p>
        </div>
        {children}
      </main>
      <Colophon />
    </div>
  );
}
