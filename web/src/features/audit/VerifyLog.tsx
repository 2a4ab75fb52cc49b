import "../../text/administration";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { verifyLog } from "../../api/writes";
import { formatNumber } from "../../format/format";
import { text } from "../../text/text";
import { FormProblem, Notice } from "../../ui/states";
import classes from "./AuditPage.module.css";

/** Walks the chain on demand and says whether every event is as it was written. */
export function VerifyLog() {
  const checking = useMutation({ mutationFn: verifyLog });
  const found = checking.data;
  return (
    <div className={classes.verify}>
      <Button variant="default" loading={checking.isPending} onClick={() => checking.mutate()}>
        {text("audit.verify")}
      </Button>
      <FormProblem error={checking.error} onRetry={() => checking.mutate()} />
      {found ? (
        <Notice
          tone={found.is_whole ? "free" : "overdue"}
          title={
            found.is_whole
              ? text("audit.whole", { events: formatNumber(found.events) })
              : text("audit.broken", { faults: formatNumber(found.faults.length) })
          }
        >
          {found.is_whole ? (
            <span className={classes.digest}>{text("audit.head", { digest: found.head })}</span>
          ) : (
            <ul>
              {found.faults.map((fault) => (
                <li key={`${fault.position}-${fault.kind}`}>
                  {text(`audit.fault.${fault.kind}`, { position: formatNumber(fault.position) })}
                </li>
              ))}
            </ul>
          )}
        </Notice>
      ) : null}
    </div>
  );
}
