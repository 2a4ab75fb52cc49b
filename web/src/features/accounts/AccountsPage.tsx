import { Checkbox, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { accountsQuery } from "../../api/queries";
import type { Account } from "../../api/types";
import { formatNumber } from "../../format/format";
import { EmptyList } from "../../parts/list/EmptyList";
import { ask, type Part, withQuick } from "../../parts/list/filter";
import { RecordPeek } from "../../parts/list/RecordPeek";
import { RecordList } from "../../parts/RecordList";
import { useSession } from "../../parts/session";
import { Tags } from "../../parts/Tags";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import type { RecordColumn } from "../../ui/RecordTable";
import { SearchField } from "../../ui/SearchField";
import { useSearchChange } from "../../ui/use-search-change";
import { LockMark } from "./LockMark";
import { RecordTabs } from "./RecordTabs";

export function AccountsPage() {
  const { today } = useSession();
  const search = useSearch({ from: "/signed-in/accounts" });
  const change = useSearchChange();
  const choice = {
    q: search.q,
    filter: withQuick(quick(search), search.filter),
    sort: search.sort,
    direction: search.direction,
  };
  const query = useInfiniteQuery(accountsQuery(choice));
  return (
    <Page title={text("accounts.title")}>
      <RecordTabs />
      <RecordList
        list="accounts"
        caption={text("accounts.title")}
        choice={choice}
        query={query}
        columns={columnsFor(today)}
        search={search}
        standard={{ by: "name", direction: "ascending" }}
        nameOf={(row) => row.name}
        hrefOf={(row) => paths.account(row.id)}
        canPeek
        empty={
          <EmptyList
            choice={choice}
            title={text("accounts.empty_title")}
            why={text("accounts.empty_why")}
            all={paths.accounts()}
          />
        }
        field={
          <SearchField
            label={text("accounts.search")}
            value={search.q ?? ""}
            onSearch={(q) => void change({ q }, { replace: true })}
          />
        }
        filtersOn={quick(search).length}
        filters={
          <>
            <Select
              aria-label={text("accounts.column.owner")}
              placeholder={text("accounts.any_owner")}
              clearable
              value={search.owner ?? null}
              onChange={(owner) => void change({ owner: owner ?? undefined }, { replace: true })}
              data={[
                { value: "me", label: text("accounts.mine") },
                { value: "nobody", label: text("accounts.unowned") },
              ]}
            />
            <Checkbox
              label={text("accounts.only_locked")}
              checked={search.locked === "yes"}
              onChange={(event) =>
                void change({ locked: event.currentTarget.checked ? "yes" : undefined }, { replace: true })
              }
            />
          </>
        }
      />
      <RecordPeek
        rows={query.data?.pages.flatMap((page) => page.items) ?? []}
        id={search.peek}
        columns={columnsFor(today)}
        nameOf={(row) => row.name}
        hrefOf={(row) => paths.account(row.id)}
        open={text("accounts.open")}
        onClose={() => void change({ peek: undefined })}
      >
        {(row) => <Tags tags={row.terms} />}
      </RecordPeek>
    </Page>
  );
}

/** What the switches over the list ask. */
function quick({ owner, locked }: { owner?: "me" | "nobody"; locked?: "yes" }): Part[] {
  const asked: Part[] = [];
  if (owner) asked.push(owner === "me" ? ask.anyOf("owner", "me") : ask.empty("owner"));
  if (locked) asked.push(ask.yes("locked"));
  return asked;
}

function columnsFor(today: string): RecordColumn<Account>[] {
  const number = (value: number | null) => (value === null ? text("state.none") : formatNumber(value));
  return [
    {
      key: "name",
      label: text("accounts.column.name"),
      sort: "name",
      cell: (row) => <AppLink href={paths.account(row.id)}>{row.name}</AppLink>,
    },
    {
      key: "owner",
      label: text("accounts.column.owner"),
      sort: "owner",
      cell: (row) => row.owner?.name ?? text("opportunities.no_owner"),
    },
    {
      key: "state",
      label: text("accounts.column.state"),
      sort: "locked",
      cell: (row) => <LockMark account={row} today={today} />,
    },
    {
      key: "advocates",
      label: text("accounts.column.advocates"),
      sort: "advocates",
      align: "right",
      cell: (row) => formatNumber(row.advocates_count),
    },
    {
      key: "employees",
      label: text("accounts.column.employees"),
      sort: "employees",
      align: "right",
      wide: true,
      cell: (row) => number(row.employees),
    },
    {
      key: "domain",
      label: text("accounts.domain"),
      sort: "domain",
      wide: true,
      isExtra: true,
      cell: (row) => row.domain ?? text("state.none"),
    },
    {
      key: "tags",
      label: text("accounts.facts"),
      wide: true,
      isExtra: true,
      cell: (row) => row.terms.map((tag) => tag.term_name ?? tag.raw).join(", ") || text("state.none"),
    },
    {
      key: "health",
      label: text("accounts.column.health"),
      sort: "health",
      align: "right",
      wide: true,
      cell: (row) => number(row.health),
    },
    {
      key: "nps",
      label: text("accounts.column.nps"),
      sort: "nps",
      align: "right",
      wide: true,
      cell: (row) => number(row.nps),
    },
  ];
}
