import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { stewardCountsQuery } from "../../api/steward-queries";
import type { StewardQueue } from "../../api/types";
import { formatNumber } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Section } from "../../ui/Section";
import { Failed, Loading } from "../../ui/states";
import classes from "./HomePage.module.css";

/** What wears out among somebody's own customers when nobody looks. */
export function Steward() {
  const query = useQuery(stewardCountsQuery());
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <StewardSection {...query.data} />;
}

type Props = Pick<StewardQueue, "counts" | "unmapped" | "duplicates"> & { children?: ReactNode };

/** The steward queue: each line counts on the server and leads to its part. */
export function StewardSection({ counts, unmapped, duplicates, children }: Props) {
  return (
    <Section
      title={text("home.steward")}
      aside={<AppLink href={paths.steward()}>{text("home.steward_open")}</AppLink>}
    >
      <ul>
        {counts.map(({ reason, count }) => (
          <Counted
            key={reason}
            href={paths.steward({ reason })}
            label={text(`home.steward_${reason}`)}
            count={count}
          />
        ))}
        {unmapped === null ? null : (
          <Counted href={paths.unmapped()} label={text("home.steward_unmapped")} count={unmapped} />
        )}
        {duplicates === null ? null : (
          <Counted href={paths.duplicates()} label={text("home.steward_duplicates")} count={duplicates} />
        )}
        {children}
      </ul>
    </Section>
  );
}

/** How many wait, and where. */
export function Counted({ href, label, count }: { href: string; label: string; count: number }) {
  return (
    <li className={classes.line}>
      <AppLink href={href}>{label}</AppLink>
      <span className={`numbers ${count === 0 ? classes.none : ""}`}>{formatNumber(count)}</span>
    </li>
  );
}
