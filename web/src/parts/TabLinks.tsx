import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { AppLink } from "../ui/AppLink";
import classes from "./TabLinks.module.css";

export interface TabLink {
  href: string;
  label: string;
  /** How many wait there. */
  count?: number;
  /** Where the path alone does not tell which one is open. */
  isCurrent?: boolean;
}

/** The screens of one subject, side by side; each has its own address. */
export function TabLinks({ label, tabs }: { label: string; tabs: TabLink[] }) {
  const here = useRouterState({ select: (state) => state.location.pathname });
  const row = useRef<HTMLElement>(null);
  // On a phone the row scrolls: the screen one is on must be seen in it.
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (current && row.current) row.current.scrollLeft = current.offsetLeft - row.current.offsetLeft;
  });
  if (tabs.length < 2) return null;
  return (
    <nav className={classes.tabs} aria-label={label} ref={row}>
      {tabs.map((tab) => (
        <AppLink
          key={tab.href}
          href={tab.href}
          className={classes.tab}
          aria-current={(tab.isCurrent ?? here === tab.href.split("?")[0]) ? "page" : undefined}
        >
          {tab.label}
          {tab.count ? <span className={classes.count}>{tab.count}</span> : null}
        </AppLink>
      ))}
    </nav>
  );
}
