import "../../text/bulk";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { bulkChangesQuery, undoBulkChange } from "../../api/bulk-queries";
import type { BulkChange } from "../../api/types";
import { formatInstant } from "../../format/format";
import { whatOf } from "../../parts/bulk/words";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";

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

function WayBack({ change }: { change: BulkChange }) {
  const cache = useQueryClient();
  const undoing = useMutation({
    mutationFn: () => undoBulkChange(change),
    onSuccess: (saved) => {
      notifyDone(text("bulk.undone"), leftWords(saved));
      void cache.invalidateQueries();
    },
  });
  if (change.undone_at)
    return (
      <>
        {text("bulk.undone")} <span className="meta">{leftWords(change)}</span>
      </>
    );
  if (!change.can_undo) return <span className="meta">{text("bulk.too_old")}</span>;
  return (
    <>
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
