import { useInfiniteQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { approvalsQuery } from "../../api/queries";
import type { Approval } from "../../api/types";
import { approve } from "../../api/writes";
import { DeclineDialog } from "../../parts/DeclineDialog";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Empty } from "../../ui/states";
import { useKeys } from "../../ui/use-keys";
import { ApprovalCard } from "./ApprovalCard";
import classes from "./ApprovalsPage.module.css";

/** Decide with context: one click to approve, a reason to decline. */
export function ApprovalsPage() {
  const query = useInfiniteQuery(approvalsQuery());
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={text("approvals.title")} lead={text("approvals.lead")} width="reading">
      <PagedList
        query={query}
        empty={<Empty title={text("approvals.empty_title")} why={text("approvals.empty_why")} />}
      >
        {() => <Queue rows={rows} />}
      </PagedList>
    </Page>
  );
}

function Queue({ rows }: { rows: Approval[] }) {
  const [chosen, setChosen] = useState(0);
  const [declining, setDeclining] = useState<Approval | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const approving = useCandidateChange(
    (row: Approval) => approve(row.candidate),
    (_, row) =>
      notifyDone(
        text("requests.approved"),
        text("requests.approved_detail", { name: row.candidate.advocate.display_name }),
      ),
  );
  const at = Math.min(chosen, rows.length - 1);
  const move = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, at + by));
    setChosen(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const current = rows[at];
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    a: () => {
      if (current?.candidate.can.includes("approve") && !approving.isPending) approving.mutate(current);
    },
    d: (event) => {
      event.preventDefault();
      if (current?.candidate.can.includes("decline")) setDeclining(current);
    },
  });
  return (
    <>
      <p className={`meta ${classes.keys}`}>{text("approvals.keys")}</p>
      <ul className={classes.list} ref={list}>
        {rows.map((row, index) => {
          const isMine = approving.variables?.candidate.id === row.candidate.id;
          return (
            <li key={row.candidate.id} aria-current={index === at || undefined}>
              <ApprovalCard
                row={row}
                isChosen={index === at && rows.length > 1}
                isApproving={approving.isPending && isMine}
                error={isMine ? approving.error : null}
                onApprove={() => approving.mutate(row)}
                onDecline={() => setDeclining(row)}
              />
            </li>
          );
        })}
      </ul>
      {declining ? (
        <DeclineDialog candidate={declining.candidate} onClose={() => setDeclining(null)} />
      ) : null}
    </>
  );
}
