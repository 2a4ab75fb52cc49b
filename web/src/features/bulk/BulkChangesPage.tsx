import "../../text/bulk";
import { Button, Progress } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { bulkChangesQuery, cancelBulkChange, undoBulkChange } from "../../api/bulk-queries";
import type { BulkChange } from "../../api/types";
import { formatInstant, formatNumber } from "../../format/format";
import { whatOf } from "../../parts/bulk/words";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";
import classes from "./BulkChangesPage.module.css";

/** What was changed in many records at once, each with its way back for 30 days. */
export function BulkChangesPage() {
  return (
    <Page title={text("bulk.history")} lead={text("bulk.history_lead")}>
      <Changes />
    </Page>
  );
}

function Changes() {
  const query = useQuery(bulkChangesQuery());
  if (query.isPending) return <Loading rows={6} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0)
    return (
      <Empty
        title={text("bulk.empty_title")}
        why={text("bulk.empty_why")}
        next={<AppLink href={paths.accounts()}>{text("bulk.empty_next")}</AppLink>}
      />
    );
  return (
    <DataTable
      caption={text("bulk.history")}
      rows={query.data}
      rowKey={(row) => row.id}
      isMuted={(row) => row.undone_at !== null}
      isCards
      columns={[
        { key: "what", label: text("bulk.what"), cell: whatOf },
        {
          key: "who",
          label: text("bulk.who"),
          wide: true,
          cell: (row) => row.made_by ?? text("bulk.operator"),
        },
        { key: "when", label: text("bulk.when"), wide: true, cell: (row) => formatInstant(row.made_at) },
        { key: "undo", label: text("bulk.way_back"), cell: (row) => <WayBack change={row} /> },
      ]}
    />
  );
}

/** How far a change is that is made piece by piece, and the way to stop it. */
function Going({ change }: { change: BulkChange }) {
  const cache = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => cancelBulkChange(change),
    onSettled: () => void cache.invalidateQueries(),
  });
  const words = text("bulk.looked", {
    looked: formatNumber(change.looked),
    total: formatNumber(change.total),
  });
  return (
    <div className={classes.going}>
      <Progress
        className={classes.bar}
        aria-label={text("bulk.progress")}
        value={change.total > 0 ? (100 * change.looked) / change.total : 0}
      />
      <span role="status" className="meta">
        {words}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        loading={cancelling.isPending}
        aria-label={text("bulk.cancel_one", { what: whatOf(change) })}
        onClick={() => cancelling.mutate()}
      >
        {text("action.cancel")}
      </Button>
      <FormProblem error={cancelling.error} />
    </div>
  );
}

function WayBack({ change }: { change: BulkChange }) {
  const cache = useQueryClient();
  const undoing = useMutation({
    mutationFn: () => undoBulkChange(change),
    onSuccess: (saved) => {
      const isLong = saved.state === "undoing";
      notifyDone(text(isLong ? "bulk.undoing" : "bulk.undone"), leftWords(saved));
      void cache.invalidateQueries();
    },
  });
  if (change.state === "running") return <Going change={change} />;
  if (change.state === "undoing") return <span className="meta">{text("bulk.undoing")}</span>;
  if (change.undone_at)
    return (
      <>
        {text("bulk.undone")} <span className="meta">{leftWords(change)}</span>
      </>
    );
  if (!change.can_undo) return <span className="meta">{endWords(change) ?? text("bulk.too_old")}</span>;
  return (
    <>
      <span className="meta">{endWords(change)}</span>{" "}
      <Button
        size="compact-sm"
        variant="default"
        loading={undoing.isPending}
        aria-label={text("bulk.undo_one", { what: whatOf(change) })}
        onClick={() => undoing.mutate()}
      >
        {text("bulk.undo")}
      </Button>
      <FormProblem error={undoing.error} />
    </>
  );
}

/** What stayed, because somebody changed it meanwhile. */
function leftWords(change: BulkChange): string | undefined {
  return change.left ? text("bulk.left", { count: change.left }) : undefined;
}

/** Why it did not get to its end. */
function endWords(change: BulkChange): string | undefined {
  const looked = { looked: formatNumber(change.looked), total: formatNumber(change.total) };
  if (change.state === "cancelled") return text("bulk.cancelled", looked);
  if (change.state === "failed") return text("bulk.failed", { ...looked, why: change.problem ?? "" });
  return change.problem ? text("bulk.undo_failed", { why: change.problem }) : undefined;
}
