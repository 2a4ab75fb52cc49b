import { useInfiniteQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { approvalsQuery } from "../../api/queries";
import type { Approval } from "../../api/types";
import { approve } from "../../api/writes";
import { ApproveDialog } from "../../parts/ApproveDialog";
import { useActionsHere } from "../../parts/actions-here";
import { DeclineDialog } from "../../parts/DeclineDialog";
import { notifyApproved } from "../../parts/notify-approved";
import { canSteward, useSession } from "../../parts/session";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Empty } from "../../ui/states";
import { useKeys } from "../../ui/use-keys";
import { ApprovalCard } from "./ApprovalCard";
import classes from "./ApprovalsPage.module.css";
import { TogetherBar, useTogether } from "./Together";

/** Decide with context: one click to approve, a reason to decline. */
export function ApprovalsPage() {
  const session = useSession();
  const query = useInfiniteQuery(approvalsQuery());
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={text("approvals.title")} lead={text("approvals.lead")}>
      <PagedList
        query={query}
        empty={
          <Empty
            title={text("approvals.empty_title")}
            why={text("approvals.empty_why")}
            next={
              canSteward(session) ? (
                <AppLink href={paths.steward()}>{text("home.steward_open")}</AppLink>
              ) : undefined
            }
          />
        }
      >
        {() => <Queue rows={rows} />}
      </PagedList>
    </Page>
  );
}

function Queue({ rows }: { rows: Approval[] }) {
  const [chosen, setChosen] = useState(0);
  const [open, setOpen] = useState<{ row: Approval; what: "conditions" | "decline" } | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const approving = useCandidateChange(
    (row: Approval) => approve(row.candidate),
    (_, row) => notifyApproved(row.candidate),
  );
  const together = useTogether(rows);
  const isBusy = approving.isPending || together.isPending;
  const at = Math.min(chosen, rows.length - 1);
  const move = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, at + by));
    setChosen(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const current = rows[at];
  const can = (act: Approval["candidate"]["can"][number]) => current?.candidate.can.includes(act) === true;
  const opens = (what: "conditions" | "decline", isPossible: boolean) => (event: KeyboardEvent) => {
    event.preventDefault();
    if (current && isPossible) setOpen({ row: current, what });
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => current && can("approve") && together.pick(current),
    a: () => current && can("approve") && !isBusy && approving.mutate(current),
    c: opens("conditions", can("approve") && current?.candidate.state === "owner_asked"),
    d: opens("decline", can("decline")),
  });
  const name = current?.candidate.advocate.display_name ?? "";
  const said = (words: string) => `${words}: ${name}`;
  useActionsHere([
    ...(current && can("approve")
      ? [{ label: said(text("requests.approve")), run: () => approving.mutate(current) }]
      : []),
    ...(current && can("decline")
      ? [{ label: said(text("requests.decline")), run: () => setOpen({ row: current, what: "decline" }) }]
      : []),
  ]);
  return (
    <>
      <p className={`meta ${classes.keys}`}>{text("approvals.keys")}</p>
      <TogetherBar together={together} />
      <ul className={classes.list} ref={list}>
        {rows.map((row, index) => {
          const { id } = row.candidate;
          const isMine = approving.variables?.candidate.id === id;
          return (
            <li key={id} aria-current={index === at || undefined}>
              <ApprovalCard
                row={row}
                isChosen={index === at && rows.length > 1}
                isApproving={isBusy && (isMine || together.at === id)}
                error={(isMine ? approving.error : null) ?? together.failed.get(id)}
                isPicked={together.picked.has(id)}
                onPick={() => together.pick(row)}
                onApprove={() => approving.mutate(row)}
                onConditions={() => setOpen({ row, what: "conditions" })}
                onDecline={() => setOpen({ row, what: "decline" })}
              />
            </li>
          );
        })}
      </ul>
      {open?.what === "decline" ? (
        <DeclineDialog candidate={open.row.candidate} onClose={() => setOpen(null)} />
      ) : null}
      {open?.what === "conditions" ? (
        <ApproveDialog candidate={open.row.candidate} onClose={() => setOpen(null)} />
      ) : null}
    </>
  );
}
