import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { requestQuery } from "../../api/queries";
import type { Request } from "../../api/types";
import { formatDay, formatDistance, formatMoney } from "../../format/format";
import { activityName } from "../../parts/activity";
import { holderOf } from "../../parts/CandidateSteps";
import { RequestStatusMark } from "../../parts/marks";
import { RecordComments } from "../../parts/RecordComments";
import { requestTitle } from "../../parts/RequestRow";
import { RequestSheet, type RequestStart } from "../../parts/RequestSheet";
import { Substitute } from "../../parts/Substitute";
import { hasRole, useSession } from "../../parts/session";
import { Timeline } from "../../parts/Timeline";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { BackLink } from "../../ui/BackLink";
import { type Fact, Facts } from "../../ui/Facts";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { AnsweredBy } from "./AnsweredBy";
import { CandidateCard } from "./CandidateCard";
import { type Ending, EndRequest } from "./EndRequest";
import { MoveNeedBy } from "./MoveNeedBy";
import { ProposePanel } from "./ProposePanel";
import { Quota } from "./Quota";
import classes from "./RequestPage.module.css";

const OPEN: Request["status"][] = ["draft", "submitted", "matching", "in_progress"];

/** One request: the brief, each candidate with the next step, and what happened. */
export function RequestPage() {
  const { id } = useParams({ from: "/signed-in/requests/$id" });
  const query = useQuery(requestQuery(id));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed isPage error={query.error} onRetry={() => void query.refetch()} />;
  return <RequestBody request={query.data} />;
}

function RequestBody({ request }: { request: Request }) {
  const session = useSession();
  const [ending, setEnding] = useState<Ending | null>(null);
  const [isMoving, setMoving] = useState(false);
  const [start, setStart] = useState<RequestStart | null>(null);
  const isDraft = request.status === "draft";
  const isOpen = OPEN.includes(request.status);
  const runs = hasRole(session, "program");
  const hasCandidates = request.candidates.length > 0 || !request.answered_by;
  return (
    <Page
      above={
        <nav className={classes.back} aria-label={text("walk.label")}>
          <BackLink href={paths.requests()}>{text(runs ? "shell.requests" : "shell.my_requests")}</BackLink>
        </nav>
      }
      title={requestTitle(request)}
      lead={
        <span className={classes.lead}>
          <RequestStatusMark status={request.status} />
          {request.is_rush ? <span title={text("requests.rush_why")}>{text("requests.rush")}</span> : null}
          {request.unfilled_reason ? <span>{text(`unfilled_reason.${request.unfilled_reason}`)}</span> : null}
        </span>
      }
      actions={
        isOpen && request.draft ? (
          <Button onClick={() => setStart(startOf(request))}>{text("requests.go_on")}</Button>
        ) : undefined
      }
      more={
        isOpen && ((runs && !isDraft) || request.can_withdraw) ? (
          <>
            {request.can_withdraw && !isDraft ? (
              <Button variant="default" onClick={() => setMoving(true)}>
                {text("requests.move_day")}
              </Button>
            ) : null}
            {runs && !isDraft ? (
              <Button variant="default" onClick={() => setEnding("close")}>
                {text("requests.close")}
              </Button>
            ) : null}
            {request.can_withdraw ? (
              <Button variant="default" onClick={() => setEnding(isDraft ? "drop" : "withdraw")}>
                {text(isDraft ? "requests.drop" : "requests.withdraw")}
              </Button>
            ) : null}
          </>
        ) : null
      }
    >
      <NextStep request={request} />
      <Facts facts={factsOf(request, session.today)} />
      <div className={classes.columns}>
        <div className={classes.main}>
          {request.quota ? <Quota request={request} days={request.quota.days} /> : null}
          {request.answered_by ? <AnsweredBy share={request.answered_by} /> : null}
          {hasCandidates ? <Candidates request={request} isDraft={isDraft} /> : null}
        </div>
        <div className={classes.aside}>
          <Substitute
            deal={request.opportunity?.id}
            activity={request.activity}
            instead={{ isReady: () => true, request: async () => request }}
            isOffered={request.can_substitute}
            isCard
          />
          <Section title={text("requests.brief")}>
            <p className={classes.note}>{request.note ?? text("requests.no_note")}</p>
          </Section>
          <RecordComments kind="request" id={request.id} />
          <Section title={text("requests.history")}>
            <Timeline kind="requests" id={request.id} />
          </Section>
        </div>
      </div>
      {ending ? <EndRequest request={request} how={ending} onClose={() => setEnding(null)} /> : null}
      {isMoving ? <MoveNeedBy request={request} onClose={() => setMoving(false)} /> : null}
      <RequestSheet start={start} onClose={() => setStart(null)} />
    </Page>
  );
}

function Candidates({ request, isDraft }: { request: Request; isDraft: boolean }) {
  return (
    <Section plain title={text("requests.candidates")}>
      {request.candidates.length === 0 && !request.can_propose ? (
        <Empty
          title={text(isDraft ? "requests.is_draft" : "requests.no_candidates")}
          why={text(isDraft ? "requests.is_draft_why" : "requests.no_candidates_why")}
        />
      ) : null}
      {request.candidates.map((candidate) => (
        <CandidateCard key={candidate.id} candidate={candidate} />
      ))}
      {request.can_propose ? <ProposePanel request={request} /> : null}
    </Section>
  );
}

/** The sheet as it was when the draft was kept. */
function startOf({ id, version, draft, opportunity }: Request): RequestStart {
  return {
    advocates: draft?.advocates,
    opportunity: draft?.opportunity_id ?? undefined,
    opportunityName: opportunity?.name,
    criteria: draft?.criteria,
    activity: draft?.activity,
    needBy: draft?.need_by,
    wanted: draft?.wanted ?? undefined,
    note: draft?.note ?? undefined,
    isQuota: draft?.is_quota,
    draft: { id, version },
  };
}

/** Who has it, until when, and what follows: nobody has to chase. */
function NextStep({ request }: { request: Request }) {
  const { today } = useSession();
  if (request.holder === "nobody") return null;
  const holder = holderOf(request);
  const due = request.due_on
    ? text(request.overdue ? "requests.overdue" : "requests.due", { day: formatDay(request.due_on, today) })
    : null;
  return (
    <p className={classes.next} data-overdue={request.overdue || undefined}>
      <strong>{text("requests.holds", { holder })}</strong>
      {due ? <span>{due}</span> : null}
      {request.status === "matching" ? <span className="soft">{text("requests.next_matching")}</span> : null}
    </p>
  );
}

function factsOf(request: Request, today: string): Fact[] {
  const deal = request.opportunity;
  return [
    {
      label: text("requests.deal"),
      value: deal ? <AppLink href={paths.opportunity(deal.id)}>{deal.name}</AppLink> : text("state.none"),
    },
    {
      label: text("opportunities.amount"),
      value: deal?.amount ? formatMoney(deal.amount) : text("state.none"),
    },
    { label: text("requests.activity"), value: activityName(request.activity) },
    {
      label: text("requests.need_by"),
      value: `${formatDay(request.need_by, today)}, ${formatDistance(request.need_by, today)}`,
    },
    { label: text("requests.number"), value: String(request.wanted) },
    { label: text("requests.column.requester"), value: request.requester.name },
  ];
}
