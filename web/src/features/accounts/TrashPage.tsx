import "../../text/trash";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { removeRecord, restoreRecord, trashQuery } from "../../api/trash-queries";
import type { Trashed } from "../../api/types";
import { formatInstant } from "../../format/format";
import { canForget, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { DataTable } from "../../ui/DataTable";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";
import { RecordTabs } from "./RecordTabs";
import classes from "./TrashPage.module.css";

/** What was deleted in the last 30 days, each with its way back. */
export function TrashPage() {
  return (
    <Page title={text("trash.title")} lead={text("trash.lead")}>
      <RecordTabs />
      <Deleted />
    </Page>
  );
}

function Deleted() {
  const query = useQuery(trashQuery());
  if (query.isPending) return <Loading rows={6} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0)
    return (
      <Empty
        title={text("trash.empty_title")}
        why={text("trash.empty_why")}
        next={<AppLink href={paths.accounts()}>{text("accounts.title")}</AppLink>}
      />
    );
  return (
    <DataTable
      caption={text("trash.title")}
      rows={query.data}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "name",
          label: text("trash.name"),
          cell: (row) => (
            <>
              <bdi>{row.name}</bdi> <span className="meta">{along(row)}</span>
            </>
          ),
        },
        { key: "kind", label: text("trash.kind"), wide: true, cell: kindOf },
        {
          key: "who",
          label: text("trash.who"),
          wide: true,
          cell: (row) => row.trashed_by ?? text("trash.operator"),
        },
        { key: "when", label: text("trash.when"), wide: true, cell: (row) => formatInstant(row.trashed_at) },
        { key: "until", label: text("trash.until"), wide: true, cell: (row) => formatInstant(row.until) },
        { key: "back", label: text("trash.way_back"), cell: (row) => <WayBack row={row} /> },
      ]}
    />
  );
}

const KINDS = ["account", "contact", "advocate", "content"] as const;

function kindOf(row: Trashed): string {
  const kind = KINDS.find((one) => one === row.kind);
  return kind ? text(`trash.kinds.${kind}`) : row.kind;
}

/** "with 2 contacts, 1 reference profile". */
function along(row: Trashed): string {
  const parts = [
    ...(row.contacts > 0 ? [text("trash.contacts", { count: row.contacts })] : []),
    ...(row.profiles > 0 ? [text("trash.profiles", { count: row.profiles })] : []),
  ];
  return parts.length > 0 ? text("trash.with", { what: parts.join(", ") }) : "";
}

function WayBack({ row }: { row: Trashed }) {
  const session = useSession();
  return (
    <div className={classes.ways}>
      <Restore row={row} />
      {canForget(session) ? <DeleteForGood row={row} /> : null}
    </div>
  );
}

function DeleteForGood({ row }: { row: Trashed }) {
  const cache = useQueryClient();
  const remove = async () => {
    await removeRecord(row.id);
    notifyDone(text("trash.removed"), row.name);
    await cache.invalidateQueries({ queryKey: trashQuery().queryKey });
  };
  return (
    <ConfirmButton
      size="compact-sm"
      label={text("trash.remove")}
      name={text("trash.remove_one", { name: row.name })}
      title={text("trash.remove_ask", { name: row.name })}
      confirm={text("trash.remove_one", { name: row.name })}
      onConfirm={remove}
    >
      <p>{text("trash.remove_why")}</p>
    </ConfirmButton>
  );
}

function Restore({ row }: { row: Trashed }) {
  const cache = useQueryClient();
  const restoring = useMutation({
    mutationFn: () => restoreRecord(row.id),
    onSuccess: () => {
      notifyDone(text("trash.restored"), row.name);
      void cache.invalidateQueries();
    },
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={restoring.isPending}
        aria-label={text("trash.restore_one", { name: row.name })}
        onClick={() => restoring.mutate()}
      >
        {text("trash.restore")}
      </Button>
      <FormProblem error={restoring.error} />
    </>
  );
}
