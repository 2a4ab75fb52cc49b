import { Button, Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams, useRouter, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { dealMatchesQuery, opportunityQuery } from "../../api/queries";
import type { MatchRow, Opportunity } from "../../api/types";
import { formatDay, formatDistance, formatMoney } from "../../format/format";
import { ActivitySelect, readActivity } from "../../parts/ActivitySelect";
import { AdvocatePeek } from "../../parts/AdvocatePeek";
import { useActionsHere } from "../../parts/actions-here";
import { RecordWalk } from "../../parts/list/RecordWalk";
import { MatchList } from "../../parts/MatchList";
import { OpportunityStatusMark, ReferenceMark } from "../../parts/marks";
import { RequestSheet, type RequestStart } from "../../parts/RequestSheet";
import { SendableContent } from "../../parts/SendableContent";
import { canLogUse, canPropose, canRequest, useSession } from "../../parts/session";
import { TabLinks } from "../../parts/TabLinks";
import { Timeline } from "../../parts/Timeline";
import { paths } from "../../paths/paths";
import { spoken } from "../../text/catalogue";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Fact, Facts } from "../../ui/Facts";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { CycleBar } from "./CycleBar";
import { DealDetails, DealTags } from "./DealDetails";
import { DealRequests } from "./DealRequests";
import { DealShares } from "./DealShares";
import { DealUses } from "./DealUses";
import { canBeNotNeeded, NotNeeded } from "./NotNeeded";
import classes from "./OpportunityPage.module.css";

const DealBeside = lazy(() =>
  spoken(import("./DealBeside")).then((module) => ({ default: module.DealBeside })),
);

const DEAL_PARTS = ["matches", "requests", "comments", "details"] as const;

export function OpportunityPage() {
  const { id } = useParams({ from: "/signed-in/opportunities/$id" });
  const query = useQuery(opportunityQuery(id));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed isPage error={query.error} onRetry={() => void query.refetch()} />;
  return <Deal deal={query.data} />;
}

function Deal({ deal }: { deal: Opportunity }) {
  const session = useSession();
  const { part = "matches" } = useSearch({ from: "/signed-in/opportunities/$id" });
  return (
    <Page
      above={<RecordWalk list="opportunities" id={deal.id} hrefOf={paths.opportunity} hasRows />}
      title={deal.name}
      heading={<bdi>{deal.name}</bdi>}
      lead={
        <span className={classes.lead}>
          <OpportunityStatusMark status={deal.status} />
          <ReferenceMark has={deal.has_reference} openRequests={deal.open_requests} />
          {deal.not_needed_reason ? (
            <span>{`${text("opportunities.not_needed")}: ${deal.not_needed_reason}`}</span>
          ) : null}
        </span>
      }
      more={canBeNotNeeded(deal) ? <NotNeeded deal={deal} /> : undefined}
    >
      <Facts facts={factsOf(deal, session.today)} />
      <CycleBar deal={deal} />
      <Parts deal={deal} part={part} />
      <div className={classes.columns} data-part={part}>
        <Matches deal={deal} />
        <div className={classes.aside}>
          <div data-of="requests">
            <DealRequests deal={deal} />
          </div>
          <Suspense fallback={<Loading rows={2} />}>
            <DealBeside deal={deal} />
          </Suspense>
          <div data-of="requests">
            <DealUses deal={deal} />
            <DealShares deal={deal} />
          </div>
          <div data-of="details">
            <DealDetails deal={deal} />
            <DealTags deal={deal} />
            <Section title={text("requests.history")}>
              <Timeline kind="opportunities" id={deal.id} />
            </Section>
          </div>
        </div>
      </div>
    </Page>
  );
}

/** On a phone one part of the deal at a time; a desk shows all of them. */
function Parts({ deal, part }: { deal: Opportunity; part: (typeof DEAL_PARTS)[number] }) {
  const { activity, show } = useSearch({ from: "/signed-in/opportunities/$id" });
  return (
    <div className={classes.parts}>
      <TabLinks
        label={text("opportunities.parts")}
        tabs={DEAL_PARTS.map((one) => ({
          href: paths.opportunity(deal.id, { activity, show, part: one === "matches" ? undefined : one }),
          label: text(`opportunities.part.${one}`),
          count: one === "requests" ? deal.open_requests : undefined,
          isCurrent: one === part,
        }))}
      />
    </div>
  );
}

/** The matches stand ranked when the page opens; nothing is typed. */
function Matches({ deal }: { deal: Opportunity }) {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/opportunities/$id" });
  const change = useSearchChange();
  const activity = readActivity(search.activity);
  const query = useQuery(dealMatchesQuery(deal.id, { activity, only_available: search.show !== "all" }));
  const answer = query.data;
  const ask = (request: string | undefined) => void change({ request, peek: undefined });
  const onRequest = canRequest(session) ? ask : undefined;
  useDealActions(deal, answer?.rows[0], onRequest);
  const start: RequestStart | null = search.request
    ? {
        advocates: search.request === "criteria" ? [] : [search.request],
        opportunity: deal.id,
        opportunityName: deal.name,
        criteria: (answer?.criteria ?? []).map(({ facet, terms, must, weight }) => ({
          facet,
          must,
          weight,
          terms: terms.map((term) => term.id),
        })),
        activity,
        needBy: answer?.need_by,
        content: answer?.content,
      }
    : null;
  return (
    <Section
      plain
      title={text("opportunities.matches")}
      aside={
        <>
          {answer ? (
            <span>
              {text("find.total", {
                count: answer.total,
                accounts: text("find.accounts", { count: answer.accounts }),
              })}
            </span>
          ) : null}
          <AppLink href={paths.find({ deal: deal.id })}>{text("opportunities.refine")}</AppLink>
          {canPropose(session) ? (
            <AppLink href={paths.workbench({ deal: deal.id })}>{text("workbench.open")}</AppLink>
          ) : null}
        </>
      }
    >
      <div className={classes.options}>
        <ActivitySelect
          label={text("find.activity")}
          isLabelHidden
          value={activity}
          onChange={(next) => void change({ activity: next }, { replace: true })}
        />
        <Checkbox
          label={text("find.only_free")}
          checked={search.show !== "all"}
          onChange={(event) =>
            void change({ show: event.currentTarget.checked ? undefined : "all" }, { replace: true })
          }
        />
      </div>
      {query.isPending ? (
        <Loading rows={4} height={92} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          {query.data.rows.length > 0 ? (
            <MatchList
              rows={query.data.rows}
              onPeek={(peek) => void change({ peek }, { replace: search.peek !== undefined })}
              peeked={search.peek}
              onRequest={onRequest}
            />
          ) : (
            <>
              <Empty
                title={text("find.none_title")}
                why={text("find.none_why")}
                next={
                  onRequest ? (
                    <Button onClick={() => onRequest("criteria")}>{text("find.ask_team")}</Button>
                  ) : undefined
                }
              />
              {query.data.near.length > 0 ? (
                <Section title={text("find.none_near")} aside={text("find.none_near_why")} plain>
                  <MatchList
                    rows={query.data.near}
                    onPeek={(peek) => void change({ peek }, { replace: search.peek !== undefined })}
                    peeked={search.peek}
                    onRequest={onRequest}
                  />
                </Section>
              ) : null}
            </>
          )}
          {query.data.content.length > 0 ? (
            <Section title={text("find.content")}>
              <SendableContent rows={query.data.content} deal={deal} />
            </Section>
          ) : null}
        </>
      )}
      <AdvocatePeek
        advocate={search.peek}
        onClose={() => void change({ peek: undefined }, { replace: true })}
        onRequest={onRequest}
      />
      <RequestSheet start={start} onClose={() => ask(undefined)} />
    </Section>
  );
}

/** What the palette does on this deal: ask the best match or the program team, log a use, look further. */
function useDealActions(
  deal: Opportunity,
  best: MatchRow | undefined,
  onRequest: ((advocate: string) => void) | undefined,
) {
  const session = useSession();
  const router = useRouter();
  const change = useSearchChange();
  const refine = paths.find({ deal: deal.id });
  useActionsHere([
    ...(onRequest && best
      ? [
          {
            label: text("find.request_for", { name: best.display_name }),
            run: () => onRequest(best.advocate),
          },
        ]
      : []),
    ...(onRequest ? [{ label: text("find.ask_team"), run: () => onRequest("criteria") }] : []),
    ...(canLogUse(session) ? [{ label: text("uses.log"), run: () => void change({ new: "use" }) }] : []),
    { label: text("opportunities.refine"), run: () => void router.navigate({ href: refine }) },
  ]);
}

function factsOf(deal: Opportunity, today: string): Fact[] {
  return [
    {
      label: text("opportunities.account"),
      value: deal.account ? (
        <AppLink href={paths.account(deal.account.id)}>{deal.account.name}</AppLink>
      ) : deal.account_raw ? (
        `${deal.account_raw} (${text("opportunities.account_unmatched")})`
      ) : (
        text("state.none")
      ),
    },
    {
      label: text("opportunities.amount"),
      value: deal.amount ? (
        <span className="numbers">{formatMoney(deal.amount)}</span>
      ) : (
        text("opportunities.no_amount")
      ),
    },
    {
      label: text("opportunities.close_on"),
      value: deal.close_on ? (
        <span
          title={formatDay(deal.close_on)}
        >{`${formatDay(deal.close_on, today)}, ${formatDistance(deal.close_on, today)}`}</span>
      ) : (
        text("opportunities.no_date")
      ),
    },
    {
      label: text("opportunities.stage"),
      value: deal.stage_raw ?? (deal.stage ? text(`deal_stage.${deal.stage}`) : text("state.none")),
    },
    { label: text("opportunities.kind"), value: text(`opportunity_kind.${deal.kind}`) },
    { label: text("opportunities.owner"), value: deal.owner?.name ?? text("opportunities.no_owner") },
  ];
}
