import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { approvalsQuery, leveragingQuery, opportunitiesQuery, requestsQuery } from "../../api/queries";
import { formatNumber, formatShare } from "../../format/format";
import { activityName, within } from "../../parts/activity";
import { Beginning } from "../../parts/Beginning";
import { DealRow } from "../../parts/DealRow";
import { RequestRow } from "../../parts/RequestRow";
import {
  canApprove,
  canReadDeals,
  canReadJobs,
  canSeeMetric,
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
import classes from "./HomePage.module.css";
import { Log } from "./Log";
import { Steward } from "./Steward";
import { SystemHealth } from "./SystemHealth";

const ROWS_SHOWN = 6;

/** What moves my deals today; for each role the parts that are theirs. */
export function HomePage() {
  const session = useSession();
  const sells = hasRole(session, "seller", "stakeholder");
  const runs = hasRole(session, "program");
  return (
    <Page
      title={text("shell.home")}
      heading={text("home.morning", { name: session.user.name.split(" ")[0] ?? session.user.name })}
    >
      {runs ? <Beginning /> : null}
      <div className={classes.columns}>
        <div className={classes.column}>
          {canApprove(session) ? <Waiting /> : null}
          {sells && canReadDeals(session) ? <MyDeals /> : null}
          {runs ? <OpenRequests /> : null}
          {canReadJobs(session) ? <SystemHealth /> : null}
        </div>
        <div className={classes.column}>
          {canSeeMetric(session) ? <Metric /> : null}
          {runs ? <Steward /> : null}
          {canVerifyAudit(session) ? <Log /> : null}
          {sells ? <MyRequests /> : null}
        </div>
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
        empty={<Empty title={text("home.my_requests_none")} why={text("home.my_requests_none_why")} />}
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
          <ul className={classes.plain}>
            {approvals.slice(0, ROWS_SHOWN).map(({ candidate, request }) => (
              <li key={candidate.id}>
                <AppLink href={paths.approvals()}>
                  {candidate.advocate.display_name}, {candidate.advocate.account_name}
                </AppLink>
                <div className="meta">
                  {text("approvals.asks", {
                    name: request.requester.name,
                    activity: within(activityName(request.activity)),
                  })}
                </div>
              </li>
            ))}
          </ul>
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
