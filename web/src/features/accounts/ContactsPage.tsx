import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { contactsQuery } from "../../api/queries";
import type { Contact } from "../../api/types";
import { formatDay } from "../../format/format";
import { EmptyList } from "../../parts/list/EmptyList";
import { RecordPeek } from "../../parts/list/RecordPeek";
import { RecordList } from "../../parts/RecordList";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import type { RecordColumn } from "../../ui/RecordTable";
import { SearchField } from "../../ui/SearchField";
import { useSearchChange } from "../../ui/use-search-change";
import { RecordTabs } from "./RecordTabs";

/** The people at customers, for those who may know them. */
export function ContactsPage() {
  const search = useSearch({ from: "/signed-in/accounts/contacts" });
  const change = useSearchChange();
  const choice = { q: search.q, filter: search.filter, sort: search.sort, direction: search.direction };
  const query = useInfiniteQuery(contactsQuery(choice));
  return (
    <Page title={text("accounts.people")}>
      <RecordTabs />
      <RecordList
        list="contacts"
        caption={text("accounts.people")}
        choice={choice}
        query={query}
        columns={columns()}
        search={search}
        standard={{ by: "name", direction: "ascending" }}
        nameOf={(row) => row.name}
        hrefOf={(row) => paths.contact(row.id)}
        canPeek
        empty={
          <EmptyList
            choice={choice}
            title={text("accounts.no_people")}
            why={text("accounts.people_empty_why")}
            all={paths.contacts()}
          />
        }
        field={
          <SearchField
            label={text("accounts.people_search")}
            value={search.q ?? ""}
            onSearch={(q) => void change({ q }, { replace: true })}
          />
        }
      />
      <RecordPeek
        rows={query.data?.pages.flatMap((page) => page.items) ?? []}
        id={search.peek}
        columns={columns()}
        nameOf={(row) => row.name}
        hrefOf={(row) => paths.contact(row.id)}
        open={text("accounts.open_contact")}
        onClose={() => void change({ peek: undefined })}
      />
    </Page>
  );
}

const columns = (): RecordColumn<Contact>[] => [
  {
    key: "name",
    label: text("accounts.person"),
    sort: "name",
    cell: (row) => (
      <AppLink href={paths.contact(row.id)}>
        <bdi>{row.name}</bdi>
      </AppLink>
    ),
  },
  {
    key: "title",
    label: text("advocates.persona"),
    sort: "title",
    cell: (row) => row.title ?? text("state.none"),
  },
  {
    key: "account",
    label: text("accounts.column.name"),
    sort: "account",
    cell: (row) =>
      row.account ? (
        <AppLink href={paths.account(row.account.id)}>{row.account.name}</AppLink>
      ) : (
        (row.account_raw ?? text("state.none"))
      ),
  },
  {
    key: "email",
    label: text("session.email"),
    sort: "email",
    wide: true,
    cell: (row) => row.email ?? text("state.none"),
  },
  {
    key: "email_refused_on",
    label: text("accounts.refused.on"),
    sort: "email_refused_on",
    wide: true,
    isExtra: true,
    cell: (row) => (row.email_refused_on ? formatDay(row.email_refused_on) : text("state.none")),
  },
  {
    key: "phone",
    label: text("accounts.phone"),
    sort: "phone",
    wide: true,
    isExtra: true,
    cell: (row) => row.phone ?? text("state.none"),
  },
  {
    key: "left_on",
    label: text("accounts.contact_field.left_on"),
    sort: "left_on",
    wide: true,
    isExtra: true,
    cell: (row) => (row.left_on ? formatDay(row.left_on) : text("state.none")),
  },
  {
    key: "tags",
    label: text("accounts.facts"),
    wide: true,
    isExtra: true,
    cell: (row) => row.terms.map((tag) => tag.term_name ?? tag.raw).join(", ") || text("state.none"),
  },
];
