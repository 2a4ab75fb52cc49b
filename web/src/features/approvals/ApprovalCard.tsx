import { Button, Checkbox } from "@mantine/core";
import type { Approval } from "../../api/types";
import { formatDay, formatDistance, formatMoneyShort } from "../../format/format";
import { activityName, within } from "../../parts/activity";
import { OverdueMark } from "../../parts/marks";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Initials, initialsOf } from "../../ui/Initials";
import { FormProblem } from "../../ui/states";
import classes from "./ApprovalsPage.module.css";

interface Props {
  row: Approval;
  isChosen: boolean;
  isApproving: boolean;
  error: unknown;
  /** Among those that are approved together. */
  isPicked: boolean;
  onPick: () => void;
  onApprove: () => void;
  onConditions: () => void;
  onDecline: () => void;
}

/** Who, for which deal, what is asked, and how the customer was treated lately. */
export function ApprovalCard({ row, isChosen, isApproving, error, isPicked, ...does }: Props) {
  const { today } = useSession();
  const { candidate, request } = row;
  const { advocate } = candidate;
  const canApprove = candidate.can.includes("approve");
  return (
    <article className={classes.card} data-chosen={isChosen || undefined} aria-label={advocate.display_name}>
      <div className={classes.head}>
        {canApprove ? (
          <Checkbox
            checked={isPicked}
            onChange={does.onPick}
            aria-label={text("approvals.pick", { name: advocate.display_name })}
          />
        ) : null}
        <Initials text={initialsOf(advocate.account_name)} size="large" />
        <div className={classes.words}>
          <h2>
            <AppLink href={paths.advocate(advocate.id)}>{advocate.display_name}</AppLink>
          </h2>
          <p className="soft">
            {advocate.title} · {advocate.account_name}
          </p>
        </div>
        <OverdueMark candidate={candidate} />
        {candidate.due_on && !candidate.overdue ? (
          <span className="meta">
            {text("approvals.by_day", { day: formatDay(candidate.due_on, today) })}
          </span>
        ) : null}
      </div>
      <div className={classes.case}>
        <div className={classes.ask}>
          <p>
            {text("approvals.asks", {
              name: request.requester.name,
              activity: within(activityName(request.activity)),
            })}
            {request.opportunity ? (
              <>
                {" "}
                <AppLink href={paths.request(request.id)}>
                  {text("approvals.for_deal", { deal: request.opportunity.name })}
                </AppLink>
                {request.opportunity.amount ? `, ${formatMoneyShort(request.opportunity.amount)}` : ""}
              </>
            ) : null}
            {`, ${text("requests.need_words", { day: formatDay(request.need_by, today), distance: formatDistance(request.need_by, today) })}.`}
          </p>
          {request.note ? <blockquote className={classes.note}>{request.note}</blockquote> : null}
        </div>
        <Context row={row} today={today} />
      </div>
      {candidate.is_self_approval ? <p className="meta">{text("requests.self_approval_why")}</p> : null}
      <FormProblem error={error} onRetry={does.onApprove} />
      <div className={classes.actions}>
        {canApprove ? (
          <>
            <Button loading={isApproving} onClick={does.onApprove}>
              {text("requests.approve")}
            </Button>
            {candidate.state === "owner_asked" ? (
              <Button variant="default" className={classes.long} onClick={does.onConditions}>
                {text("requests.approve_conditions")}
              </Button>
            ) : null}
          </>
        ) : null}
        {candidate.can.includes("decline") ? (
          <Button variant="default" onClick={does.onDecline}>
            {text("requests.decline")}
          </Button>
        ) : null}
      </div>
    </article>
  );
}

function Context({ row, today }: { row: Approval; today: string }) {
  const { context } = row;
  const facts: [string, string][] = [
    [text("approvals.uses"), text("approvals.in_year", { number: context.uses_last_year })],
    [
      text("approvals.last_use"),
      context.last_use_on ? formatDistance(context.last_use_on, today) : text("approvals.never"),
    ],
    [text("approvals.health"), context.health === null ? text("state.unknown") : String(context.health)],
    [text("approvals.nps"), context.nps === null ? text("state.unknown") : String(context.nps)],
    [text("approvals.locks"), text(context.is_locked ? "approvals.locked" : "approvals.no_locks")],
  ];
  return (
    <dl className={classes.context}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt className="meta">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
