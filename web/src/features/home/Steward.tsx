import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { accountsTotalQuery, advocatesTotalQuery } from "../../api/queries";
import { stewardCountsQuery } from "../../api/steward-queries";
import type { StewardReason } from "../../api/types";
import { formatNumber } from "../../format/format";
import { hasRole, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Section } from "../../ui/Section";
import { Failed, Loading } from "../../ui/states";
import classes from "./HomePage.module.css";

/** What wears out when nobody looks: each line counts on the server and leads to its queue. */
export function Steward() {
  const session = useSession();
  const query = useQuery(stewardCountsQuery());
  return (
    <Section
      title={text("home.steward")}
      aside={<AppLink href={paths.steward()}>{text("home.steward_open")}</AppLink>}
    >
      {query.isPending ? (
        <Loading rows={4} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ul>
          {query.data.counts.map(({ reason, count }) => (
            <Line key={reason} href={paths.steward({ reason })} label={reasonLabel(reason)} count={count} />
          ))}
          {query.data.unmapped === null ? null : (
            <Line href={paths.unmapped()} label={text("home.steward_unmapped")} count={query.data.unmapped} />
          )}
          {query.data.duplicates === null ? null : (
            <Line
              href={paths.duplicates()}
              label={text("home.steward_duplicates")}
              count={query.data.duplicates}
            />
          )}
          {hasRole(session, "program") ? <Program /> : null}
        </ul>
      )}
    </Section>
  );
}

function reasonLabel(reason: StewardReason): string {
  return text(`home.steward_${reason}`);
}

/** What the program team looks after beside the queue. */
function Program() {
  return (
    <>
      <Counted
        href={paths.advocates({ status: "nominated" })}
        label={text("home.steward_nominated")}
        query={useQuery(advocatesTotalQuery({ status: "nominated" }))}
      />
      <Counted
        href={paths.accounts({ owner: "nobody" })}
        label={text("home.steward_unowned")}
        query={useQuery(accountsTotalQuery({ unowned: true }))}
      />
      <Counted
        href={paths.accounts({ locked: "yes" })}
        label={text("home.steward_locked")}
        query={useQuery(accountsTotalQuery({ locked: true }))}
      />
    </>
  );
}

interface LineProps {
  href: string;
  label: string;
}

function Counted({ query, ...line }: LineProps & { query: UseQueryResult<number> }) {
  return <Line {...line} count={query.isError ? null : query.data} />;
}

/** `null` where the count could not be read, nothing while it is on its way. */
function Line({ href, label, count }: LineProps & { count: number | null | undefined }) {
  return (
    <li className={classes.line}>
      <AppLink href={href}>{label}</AppLink>
      <span className={`numbers ${count === 0 ? classes.none : ""}`}>
        {count === null
          ? text("state.unknown")
          : count === undefined
            ? text("state.none")
            : formatNumber(count)}
      </span>
    </li>
  );
}
