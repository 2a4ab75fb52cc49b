//! One customer at a glance: who speaks for it, what is being sold to it, what is told of it.

import "../../text/uses";
import { Button } from "@mantine/core";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import {
  accountAdvocatesQuery,
  accountContentQuery,
  accountDealsQuery,
  accountRenewalQuery,
  accountUsesQuery,
  ofAccount,
} from "../../api/account-queries";
import type { Account, AdvocateRow, ContentRow, DealUse, Opportunity } from "../../api/types";
import { formatDay, formatDistance, formatNumber } from "../../format/format";
import { activityName } from "../../parts/activity";
import { ContentTitle, contentFacts } from "../../parts/ContentList";
import { ContentStateMark } from "../../parts/content-marks";
import { DealRow } from "../../parts/DealRow";
import { AdvocateStatusMark, AvailabilityMark } from "../../parts/marks";
import rowClasses from "../../parts/rows.module.css";
import {
  canEditContent,
  canNominate,
  canReadAdvocates,
  canReadContent,
  canReadDeals,
  useSession,
} from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Fact, Facts } from "../../ui/Facts";
import { Section } from "../../ui/Section";
import { Failed, Loading } from "../../ui/states";
import { AccountDetails, AccountTags } from "./AccountDetails";
import { Locks } from "./Locks";
import classes from "./Overview.module.css";

export function Overview({ account, onNominate }: { account: Account; onNominate: () => void }) {
  const session = useSession();
  const seesDeals = canReadDeals(session);
  const renewal = useQuery({ ...accountRenewalQuery(account.id), enabled: seesDeals });
  return (
    <>
      <Locks account={account} />
      <Facts facts={factsOf(account, seesDeals ? renewal.data : undefined, session.today)} />
      <div className={classes.columns}>
        <div className={classes.column}>
          {canReadAdvocates(session) ? <Advocates account={account} onNominate={onNominate} /> : null}
          {account.sees_uses ? <Uses account={account} /> : null}
          {seesDeals ? <Deals account={account} /> : null}
        </div>
        <div className={classes.column}>
          {canReadContent(session) ? <Told account={account} /> : null}
          <Section title={text("accounts.details")}>
            <AccountDetails account={account} />
          </Section>
          <Section title={text("accounts.facts")}>
            <AccountTags account={account} />
          </Section>
        </div>
      </div>
    </>
  );
}

/** The facets that say what kind of customer it is; the others stand with the tags. */
const KINDS = ["industry", "region", "company_size"];

/** `renewal` is null when none is open, and absent as long as it is not known. */
function factsOf(account: Account, renewal: Opportunity | null | undefined, today: string): Fact[] {
  const kinds = KINDS.flatMap((facet) => {
    const tags = account.terms.filter((tag) => tag.facet === facet);
    const value = tags.map((tag) => tag.term_name ?? tag.raw).join(", ");
    return tags[0] ? [{ label: tags[0].facet_name, value }] : [];
  });
  const known = (label: string, value: number | null): Fact[] =>
    value === null ? [] : [{ label, value: formatNumber(value) }];
  const told = [
    ...(account.has_open_escalation ? [text("lock_reason.open_escalation")] : []),
    ...(account.has_payment_dispute ? [text("lock_reason.payment_dispute")] : []),
  ];
  return [
    ...kinds,
    { label: text("accounts.column.owner"), value: account.owner?.name ?? text("opportunities.no_owner") },
    ...(renewal === undefined
      ? []
      : [{ label: text("account.renewal"), value: <Renewal deal={renewal} today={today} /> }]),
    ...known(text("accounts.column.health"), account.health),
    ...known(text("accounts.column.nps"), account.nps),
    ...(told.length > 0 ? [{ label: text("account.told"), value: told.join(", ") }] : []),
  ];
}

function Renewal({ deal, today }: { deal: Opportunity | null; today: string }) {
  if (!deal) return text("account.no_renewal");
  return (
    <AppLink href={paths.opportunity(deal.id)}>
      {deal.close_on
        ? `${formatDay(deal.close_on, today)}, ${formatDistance(deal.close_on, today)}`
        : text("opportunities.no_date")}
    </AppLink>
  );
}

function Advocates({ account, onNominate }: { account: Account; onNominate: () => void }) {
  const session = useSession();
  const query = useQuery(accountAdvocatesQuery(account));
  return (
    <Rows
      title={text("account.advocates")}
      query={query}
      rowsOf={(rows) => rows}
      row={(row) => <AdvocateLine key={row.id} row={row} />}
      none={text("account.advocates_none")}
      next={
        canNominate(session) ? (
          <Button size="compact-sm" variant="default" onClick={onNominate}>
            {text("advocates.nominate")}
          </Button>
        ) : null
      }
      aside={(rows) =>
        rows.length > 0 ? (
          <AppLink href={paths.list("advocates", { filter: ofAccount(account.name) })}>
            {text("account.advocates_all", { count: account.advocates_count })}
          </AppLink>
        ) : null
      }
    />
  );
}

function AdvocateLine({ row }: { row: AdvocateRow }) {
  const used =
    row.uses_band === "none"
      ? text("account.used_none")
      : text("account.used", { band: row.uses_band.replace("-", "–") });
  return (
    <li className={classes.line}>
      <span className={rowClasses.words}>
        <AppLink href={paths.advocate(row.id)} className={classes.name}>
          <bdi>{row.display_name}</bdi>
        </AppLink>
        <span className="meta">{[row.name_masked ? null : row.title, used].filter(Boolean).join(" · ")}</span>
      </span>
      {row.status === "active" && row.availability ? (
        <AvailabilityMark availability={row.availability} />
      ) : (
        <AdvocateStatusMark status={row.status} />
      )}
    </li>
  );
}

/** What its people gave lately: whom to spare, and what came of it. */
function Uses({ account }: { account: Account }) {
  return (
    <Rows
      title={text("account.uses")}
      query={useQuery(accountUsesQuery(account.id))}
      rowsOf={(page) => page.items}
      row={(use) => <UseLine key={use.id} use={use} />}
      none={text("account.uses_none")}
      next={<AppLink href={paths.find({ like_account: account.id })}>{text("find.like_this")}</AppLink>}
      aside={({ total }) =>
        total > 0 ? <span className="meta">{text("account.uses_all", { count: total })}</span> : null
      }
    />
  );
}

function UseLine({ use }: { use: DealUse }) {
  const session = useSession();
  const about = [
    formatDay(use.used_on, session.today),
    text(`uses.channel.${use.channel}`),
    use.grade_seller === null ? null : text("uses.grade_shown", { grade: use.grade_seller }),
  ];
  return (
    <li className={classes.line}>
      <span className={rowClasses.words}>
        <AppLink href={paths.advocate(use.advocate_id)} className={classes.name}>
          <bdi>{use.display_name}</bdi>
        </AppLink>
        <span className="meta">{`${activityName(use.activity)} · ${about.filter(Boolean).join(" · ")}`}</span>
      </span>
      {use.opportunity_id && canReadDeals(session) ? (
        <AppLink href={paths.opportunity(use.opportunity_id)}>{text("account.use_deal")}</AppLink>
      ) : null}
    </li>
  );
}

function Deals({ account }: { account: Account }) {
  const filter = ofAccount(account.name);
  return (
    <Rows
      title={text("account.deals")}
      query={useQuery(accountDealsQuery(account.id))}
      rowsOf={(page) => page.items}
      row={(deal) => (
        <li key={deal.id}>
          <DealRow deal={deal} leads="stage" />
        </li>
      )}
      none={text("account.deals_none")}
      next={
        <AppLink href={paths.list("opportunities", { status: "all", filter })}>
          {text("account.deals_all")}
        </AppLink>
      }
      aside={({ total }) =>
        total > 0 ? (
          <AppLink href={paths.list("opportunities", { filter })}>
            {text("account.deals_all_open", { count: total })}
          </AppLink>
        ) : null
      }
    />
  );
}

function Told({ account }: { account: Account }) {
  const session = useSession();
  return (
    <Rows
      title={text("account.content")}
      query={useQuery(accountContentQuery(account.id))}
      rowsOf={(page) => page.items}
      row={(piece) => <ContentLine key={piece.id} piece={piece} />}
      none={text("account.content_none")}
      next={
        canEditContent(session) ? (
          <AppLink href={paths.list("content", { add: "yes" })}>{text("account.content_add")}</AppLink>
        ) : (
          <AppLink href={paths.content()}>{text("account.content_library")}</AppLink>
        )
      }
      aside={({ total }) =>
        total > 0 ? (
          <AppLink href={paths.list("content", { filter: ofAccount(account.name) })}>
            {text("account.content_all", { count: total })}
          </AppLink>
        ) : null
      }
    />
  );
}

function ContentLine({ piece }: { piece: ContentRow }) {
  return (
    <li className={classes.line}>
      <span className={rowClasses.words}>
        <ContentTitle row={piece} />
        <span className="meta">{contentFacts({ ...piece, account_name: null })}</span>
      </span>
      <ContentStateMark state={piece.state} consentStands={piece.consent_stands} />
    </li>
  );
}

interface RowsProps<Data, Row> {
  title: string;
  query: UseQueryResult<Data>;
  rowsOf: (data: Data) => Row[];
  row: (row: Row) => ReactNode;
  /** Why there is none, and what to do about it. */
  none: string;
  next: ReactNode;
  /** The way to all of them. */
  aside: (data: Data) => ReactNode;
}

/** A short list beside others: it waits, fails and is empty by itself. */
function Rows<Data, Row>({ title, query, rowsOf, row, none, next, aside }: RowsProps<Data, Row>) {
  return (
    <Section title={title} aside={query.data === undefined ? null : aside(query.data)}>
      {query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : rowsOf(query.data).length === 0 ? (
        <div className={classes.none}>
          <p className="soft">{none}</p>
          {next}
        </div>
      ) : (
        <ul>{rowsOf(query.data).map(row)}</ul>
      )}
    </Section>
  );
}
