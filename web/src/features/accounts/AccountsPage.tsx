import { Checkbox } from "@mantine/core";
import { IconBan, IconCircleCheck } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { accountsQuery } from "../../api/queries";
import type { Account } from "../../api/types";
import { formatDay, formatNumber } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { Filters } from "../../ui/Filters";
import { Mark } from "../../ui/Mark";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { SearchField } from "../../ui/SearchField";
import { Empty } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";

export function AccountsPage() {
  const { today } = useSession();
  const search = useSearch({ from: "/signed-in/accounts" });
  const change = useSearchChange();
  const query = useInfiniteQuery(accountsQuery({ q: search.q, owner: search.owner }));
  const columns = columnsFor(today);
  return (
    <Page title={text("accounts.title")}>
      <Filters>
        <SearchField
          label={text("accounts.search")}
          value={search.q ?? ""}
          onSearch={(q) => void change({ q }, { replace: true })}
        />
        <Checkbox
          label={text("accounts.mine")}
          checked={search.owner === "me"}
          onChange={(event) =>
            void change({ owner: event.currentTarget.checked ? "me" : undefined }, { replace: true })
          }
        />
      </Filters>
      <PagedList
        query={query}
        skeletonRows={10}
        empty={<Empty title={text("accounts.empty_title")} why={text("accounts.empty_why")} />}
      >
        {(rows) => (
          <DataTable
            caption={text("accounts.title")}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
          />
        )}
      </PagedList>
    </Page>
  );
}

/** Whether the account may be used at all. */
export function LockMark({ account, today }: { account: Account; today: string }) {
  const lock = account.locks[0];
  if (!lock) {
    return (
      <Mark tone="free" icon={<IconCircleCheck />}>
        {text("accounts.usable")}
      </Mark>
    );
  }
  return (
    <Mark
      tone="blocked"
      icon={<IconBan />}
      title={text("accounts.lock_reason", {
        reason: text(lock.reason ? `lock_reason.${lock.reason}` : "accounts.lock_hidden"),
        from: formatDay(lock.from, today),
      })}
    >
      {lock.until
        ? text("accounts.locked_until", { day: formatDay(lock.until, today) })
        : text("accounts.locked")}
    </Mark>
  );
}

function columnsFor(today: string): Column<Account>[] {
  const number = (value: number | null) => (value === null ? text("state.none") : formatNumber(value));
  return [
    {
      key: "name",
      label: text("accounts.column.name"),
      cell: (row) => <AppLink href={paths.account(row.id)}>{row.name}</AppLink>,
    },
    {
      key: "owner",
      label: text("accounts.column.owner"),
      cell: (row) => row.owner?.name ?? text("opportunities.no_owner"),
    },
    {
      key: "state",
      label: text("accounts.column.state"),
      cell: (row) => <LockMark account={row} today={today} />,
    },
    {
      key: "advocates",
      label: text("accounts.column.advocates"),
      align: "right",
      cell: (row) => formatNumber(row.advocates_count),
    },
    {
      key: "employees",
      label: text("accounts.column.employees"),
      align: "right",
      wide: true,
      cell: (row) => number(row.employees),
    },
    {
      key: "health",
      label: text("accounts.column.health"),
      align: "right",
      wide: true,
      cell: (row) => number(row.health),
    },
    {
      key: "nps",
      label: text("accounts.column.nps"),
      align: "right",
      wide: true,
      cell: (row) => number(row.nps),
    },
  ];
}
