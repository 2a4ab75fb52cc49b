import "../../text/homes";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { approvalsQuery, leveragingQuery, opportunitiesQuery, requestsQuery } from "../../api/queries";
import { formatDay, formatNumber, formatShare } from "../../format/format";
import { activityName, within } from "../../parts/activity";
import { Beginning } from "../../parts/Beginning";
import { DealRow } from "../../parts/DealRow";
import { OverdueMark } from "../../parts/marks";
import { RequestRow } from "../../parts/RequestRow";
import {
  canApprove,
  canReadDeals,
  canReadDemand,
  canReadJobs,
  canReadNeeds,
  canSeeMetric,
  canSteward,
  canVerifyAudit,
  hasRole,
  useSession,
} from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Bullet } from "../../ui/chart/Bullet";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { Fragile, TopGaps, Wins } from "./Executive";
import classes from "./HomePage.module.css";
import { LockedAccounts, People, SetUp } from "./Keepers";
import { Lines } from "./Lines";
import { Log } from "./Log";
import { NeedsAhead } from "./NeedsAhead";
import { Numbers } from "./Numbers";
import { Nominations, Spread, StaleProfiles } from "./OwnerCards";
import { LookAfter } from "./Program";
import { FreshContent } from "./Seen";
import { Steward } from "./Steward";
import { SystemHealth } from "./SystemHealth";

const ROWS_SHOWN = 6;

/** What each role looks after, the main things left, what to know beside them right. */
export function HomePage() {
  const session = useSession();
  const sells = hasRole(session, "seller");
  const asks = hasRole(session, "seller", "stakeholder");
  const owns = hasRole(session, "owner");
  const runs = hasRole(session, "program");
  const tends = runs && canSteward(session) && canReadDemand(session);
  const leads = hasRole(session, "executive");
  const plansNeeds = hasRole(session, "stakeholder") && canReadNeeds(session);
  const guards = hasRole(session, "privacy");
  const main = [
    canApprove(session) ? <Waiting key="waiting" /> : null,
    owns ? <StaleProfiles key="stale" /> : null,
    sells && canReadDeals(session) ? <MyDeals key="deals" /> : null,
    sells ? <FreshContent key="content" /> : null,
    plansNeeds ? <NeedsAhead key="needs" /> : null,
    asks && !sells ? <MyRequests key="mine" /> : null,
    runs ? <OpenRequests key="requests" /> : null,
    leads ? <TopGaps key="gaps" /> : null,
    guards ? <People key="people" /> : null,
    guards ? <LockedAccounts key="locked" /> : null,
    canReadJobs(session) ? <SystemHealth key="system" /> : null,
    canReadJobs(session) ? <SetUp key="setup" /> : null,
  ].filter(Boolean);
  const side = [
    canSeeMetric(session) && (sells || runs) ? <Metric key="metric" /> : null,
    leads ? <Wins key="wins" /> : null,
    leads ? <Fragile key="fragile" /> : null,
    tends ? <LookAfter key="steward" /> : canSteward(session) ? <Steward key="steward" /> : null,
    owns ? <Spread key="spread" /> : null,
    owns ? <Nominations key="nominations" /> : null,
    sells ? <MyRequests key="mine" /> : null,
    asks && !sells ? <FreshContent key="content" /> : null,
    canVerifyAudit(session) ? <Log key="log" kind={guards ? "advocate" : undefined} /> : null,
  ].filter(Boolean);
  return (
    <Page
      title={text("shell.home")}
      heading={text("home.morning", { name: session.user.name.split(" ")[0] ?? session.user.name })}
    >
      {tends ? <Beginning /> : null}
      {leads ? <Numbers /> : null}
      <div className={classes.columns} data-single={main.length === 0 || side.length === 0 || undefined}>
        {main.length > 0 ? <div className={classes.column}>{main}</div> : null}
        {side.length > 0 ? <div className={classes.column}>{side}</div> : null}
      </div>
    </Page>
  );
}

function MyDeals() {
  const query = useInfiniteQuery(opportunitiesQuery({ scope: "mine", status: "open", sort: "close_on" }));
  const without = useInfiniteQuery(
    opportunitiesQuery({ scope: "mine", status: "open", without_reference: true, sort: "close_on" }),
  );
  const count = without.data?.pages[0]?.total;
  return (
    <Section
      title={text("home.my_deals")}
      aside={
        <>
          {count === undefined ? null : (
            <AppLink href={`${paths.opportunities()}?reference=none`}>
              {text("home.my_deals_aside", { count })}
            </AppLink>
          )}
          <AppLink href={paths.opportunities()}>{text("home.see_all")}</AppLink>
        </>
      }
    >
      <PagedList
        isExcerpt
        query={query}
        empty={
          <Empty
            title={text("home.my_deals_none")}
            why={text("home.my_deals_none_why")}
            next={<AppLink href={paths.find()}>{text("home.find_match")}</AppLink>}
          />
        }
      >
        {(deals) => (
          <ul>
            {deals.slice(0, ROWS_SHOWN).map((deal) => (
              <li key={deal.id}>
                <DealRow deal={deal} />
              </li>
            ))}
          </ul>
        )}
      </PagedList>
    </Section>
  );
}

function MyRequests() {
  const query = useInfiniteQuery(requestsQuery({ scope: "mine", open: true }));
  return (
    <Section
      title={text("home.my_requests")}
      aside={<AppLink href={paths.requests()}>{text("home.see_all")}</AppLink>}
    >
      <PagedList
        isExcerpt
        query={query}
        empty={
          <Empty
            title={text("home.my_requests_none")}
            why={text("home.my_requests_none_why")}
            next={<AppLink href={paths.find()}>{text("home.find_match")}</AppLink>}
          />
        }
      >
        {(requests) => (
          <div>
            {requests.slice(0, ROWS_SHOWN).map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </div>
        )}
      </PagedList>
    </Section>
  );
}

function Waiting() {
  const { today } = useSession();
  const query = useInfiniteQuery(approvalsQuery());
  const total = query.data?.pages[0]?.total;
  return (
    <Section
      title={text("home.waiting")}
      aside={total ? <AppLink href={paths.approvals()}>{text("home.see_all")}</AppLink> : undefined}
    >
      <PagedList
        isExcerpt
        query={query}
        skeletonRows={3}
        empty={<Empty title={text("home.waiting_none")} why={text("home.waiting_none_why")} />}
      >
        {(approvals) => (
          <Lines
            lines={approvals.slice(0, ROWS_SHOWN).map(({ candidate, request }) => ({
              key: candidate.id,
              label: `${candidate.advocate.display_name}, ${candidate.advocate.account_name}`,
              href: paths.approvals(),
              note: text("approvals.asks", {
                name: request.requester.name,
                activity: within(activityName(request.activity)),
              }),
              value: candidate.overdue ? (
                <OverdueMark candidate={candidate} />
              ) : candidate.due_on ? (
                <span className="meta">
                  {text("homes.answer_by", { day: formatDay(candidate.due_on, today) })}
                </span>
              ) : undefined,
            }))}
          />
        )}
      </PagedList>
    </Section>
  );
}

function OpenRequests() {
  const query = useInfiniteQuery(requestsQuery({ scope: "all", open: true }));
  return (
    <Section
      title={text("home.program")}
      aside={
        <AppLink href={paths.requests({ scope: "all", status: "open" })}>{text("home.see_all")}</AppLink>
      }
    >
      <PagedList
        isExcerpt
        query={query}
        empty={<Empty title={text("home.program_none")} why={text("home.program_none_why")} />}
      >
        {(requests) => (
          <div>
            {requests.slice(0, ROWS_SHOWN).map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </div>
        )}
      </PagedList>
    </Section>
  );
}

function Metric() {
  const query = useQuery(leveragingQuery({}));
  return (
    <Section
      title={text("home.metric")}
      aside={<AppLink href={paths.metric()}>{text("home.metric_open")}</AppLink>}
    >
      {query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.closed === 0 ? (
        <p className="soft">{text("homes.no_closed")}</p>
      ) : (
        <div className={classes.metric}>
          <div className={classes.number}>
            {query.data.rate === null ? text("state.none") : formatShare(query.data.rate)}
          </div>
          <div className={classes.bullet}>
            <Bullet
              label={text("home.metric")}
              value={query.data.rate}
              target={asShare(query.data.target)}
              baseline={asShare(query.data.baseline)}
            />
            <div className="meta">
              {text("metric.counts", {
                leveraged: formatNumber(query.data.leveraged),
                closed: formatNumber(query.data.closed),
              })}
            </div>
          </div>
        </div>
      )}
    </Section>
  );
}

function asShare(percent: number | null): number | null {
  return percent === null ? null : percent / 100;
}
