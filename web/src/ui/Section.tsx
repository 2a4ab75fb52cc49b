import { type ReactNode, useId } from "react";
import classes from "./Section.module.css";

interface Props {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  /** A card has an edge; a plain section only its heading. */
  plain?: boolean;
}

/** A named part of a page. */
export function Section({ title, aside, children, plain = false }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={plain ? classes.plain : classes.card}>
      <div className={classes.head}>
        <h2 id={id}>{title}</h2>
        {aside ? <div className={classes.aside}>{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}
