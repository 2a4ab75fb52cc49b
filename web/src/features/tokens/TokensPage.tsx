import "../../text/administration";
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { tokensQuery } from "../../api/queries";
import type { Token } from "../../api/types";
import { revokeToken } from "../../api/writes";
import { formatAgo, formatDay, formatInstant } from "../../format/format";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { type Column, DataTable } from "../../ui/DataTable";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { NewTokenSheet } from "./NewTokenSheet";

/** Keys for programs that act for the person: what they may do, until when, when last used. */
export function TokensPage() {
  const cache = useQueryClient();
  const session = useSession();
  const query = useQuery(tokensQuery());
  const { token } = useSearch({ from: "/signed-in/settings/tokens" });
  const change = useSearchChange();
  const revoke = async (row: Token) => {
    await revokeToken(row.id);
    notifyDone(text("tokens.revoked"), row.name);
    void cache.invalidateQueries({ queryKey: ["tokens"] });
  };
  const add = <Button onClick={() => void change({ token: "new" })}>{text("tokens.add")}</Button>;
  return (
    <Page title={text("tokens.title")} lead={text("tokens.lead")} actions={add}>
      <SettingsTabs />
      {query.isPending ? (
        <Loading rows={4} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <Empty title={text("tokens.empty_title")} why={text("tokens.empty_why")} next={add} />
      ) : (
        <DataTable
          caption={text("tokens.title")}
          rows={query.data}
          rowKey={(row) => row.id}
          isMuted={(row) => row.expires_on < session.today}
          columns={columnsFor(session.today, revoke)}
        />
      )}
      <NewTokenSheet opened={token === "new"} onClose={() => void change({ token: undefined })} />
    </Page>
  );
}

function columnsFor(today: string, revoke: (row: Token) => Promise<void>): Column<Token>[] {
  const now = new Date();
  return [
    { key: "name", label: text("tokens.column.name"), cell: (row) => <bdi>{row.name}</bdi> },
    {
      key: "scopes",
      label: text("tokens.column.scopes"),
      wide: true,
      cell: (row) => row.scopes.map((scope) => text(`permission.${scope}`)).join(", "),
    },
    {
      key: "expires",
      label: text("tokens.column.expires"),
      cell: (row) =>
        row.expires_on < today
          ? text("tokens.expired", { day: formatDay(row.expires_on, today) })
          : formatDay(row.expires_on, today),
    },
    {
      key: "seen",
      label: text("tokens.column.seen"),
      cell: (row) =>
        row.seen_at ? (
          <span title={formatInstant(row.seen_at)}>{formatAgo(row.seen_at, now)}</span>
        ) : (
          text("tokens.never")
        ),
    },
    {
      key: "revoke",
      label: text("tokens.column.end"),
      align: "right",
      cell: (row) => (
        <ConfirmButton
          size="compact-sm"
          label={text("tokens.revoke")}
          name={text("tokens.revoke_one", { name: row.name })}
          title={text("tokens.revoke_ask", { name: row.name })}
          confirm={text("tokens.revoke")}
          onConfirm={() => revoke(row)}
        >
          <p>{text("tokens.revoke_why")}</p>
        </ConfirmButton>
      ),
    },
  ];
}
