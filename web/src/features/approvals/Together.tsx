import { Button } from "@mantine/core";
import { useState } from "react";
import type { Approval } from "../../api/types";
import { approve } from "../../api/writes";
import { useCandidateChange } from "../../parts/use-candidate-change";
import { text } from "../../text/text";
import { notifyDone } from "../../ui/notify";
import classes from "./ApprovalsPage.module.css";

/**
 * Several yeses at once. Each is judged by itself, since one may take the last use of the next: who
 * cannot be approved keeps its place with the reason, and the others go on.
 */
export function useTogether(rows: Approval[]) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [failed, setFailed] = useState<ReadonlyMap<string, unknown>>(new Map());
  const [at, setAt] = useState<string | null>(null);
  const chosen = rows.filter((row) => picked.has(row.candidate.id));
  const approving = useCandidateChange(
    async (together: Approval[]) => {
      const problems = new Map<string, unknown>();
      for (const { candidate } of together) {
        setAt(candidate.id);
        await approve(candidate).catch((error) => problems.set(candidate.id, error));
      }
      return problems;
    },
    (problems, together) => {
      setAt(null);
      setFailed(problems);
      setPicked(new Set(problems.keys()));
      const count = together.length - problems.size;
      notifyDone(
        text("approvals.approved_together", { count }),
        problems.size > 0 ? text("approvals.not_approved", { count: problems.size }) : undefined,
      );
    },
  );
  return {
    picked,
    failed,
    /** Who is approved right now. */
    at,
    count: chosen.length,
    isPending: approving.isPending,
    pick: ({ candidate }: Approval) => {
      const next = new Set(picked);
      if (!next.delete(candidate.id)) next.add(candidate.id);
      setPicked(next);
    },
    clear: () => setPicked(new Set()),
    approve: () => approving.mutate(chosen),
  };
}

/** What the picked cards have in common: one button for all of them. */
export function TogetherBar({ together }: { together: ReturnType<typeof useTogether> }) {
  if (together.count === 0) return null;
  return (
    <div className={classes.together}>
      <Button loading={together.isPending} onClick={together.approve}>
        {text("approvals.approve_together", { count: together.count })}
      </Button>
      <Button variant="default" disabled={together.isPending} onClick={together.clear}>
        {text("action.clear")}
      </Button>
    </div>
  );
}
