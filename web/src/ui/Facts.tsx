import type { ReactNode } from "react";
import classes from "./Facts.module.css";

export interface Fact {
  label: string;
  value: ReactNode;
}

const FACTS_MAX = 7;

/** The highlights of a record: at most seven facts, so that all are read. `plain` inside of a card. */
export function Facts({ facts, plain = false }: { facts: Fact[]; plain?: boolean }) {
  return (
    <dl className={classes.facts} data-plain={plain || undefined}>
      {facts.slice(0, FACTS_MAX).map((fact) => (
        <div key={fact.label} className={classes.fact}>
          <dt className="meta">{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
