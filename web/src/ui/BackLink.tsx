import { IconArrowLeft } from "@tabler/icons-react";
import { AppLink } from "./AppLink";
import classes from "./BackLink.module.css";

/** The way back to the list that a record stands in. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <AppLink href={href} className={classes.back}>
      <IconArrowLeft size={14} aria-hidden="true" />
      {children}
    </AppLink>
  );
}
