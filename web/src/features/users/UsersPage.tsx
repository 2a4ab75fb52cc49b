import "../../text/administration";
import { Button, Menu, Select } from "@mantine/core";
import { IconChevronDown, IconCircleCheck, IconCircleOff, IconEye, IconKeyOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { usersQuery } from "../../api/queries";
import type { Role, Session, User } from "../../api/types";
import { EmptyList } from "../../parts/list/EmptyList";
import { ask, type Part, withQuick } from "../../parts/list/filter";
import { RecordList } from "../../parts/RecordList";
import { ROLES } from "../../parts/roles";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { canEditUsers, canViewAs, useSession } from "../../parts/session";
import { isViewable, isViewableUser, useViewAs } from "../../parts/use-viewing";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { Mark } from "../../ui/Mark";
import { Page } from "../../ui/Page";
import type { RecordColumn } from "../../ui/RecordTable";
import { SearchField } from "../../ui/SearchField";
import { useSearchChange } from "../../ui/use-search-change";
import { STATES, stateOf, type UserState } from "./access";
import { UserSheet } from "./UserSheet";
import classes from "./UsersPage.module.css";

/** Who works here and what each may do. */
export function UsersPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/settings/users" });
  const change = useSearchChange();
  const choice = {
    q: search.q,
    filter: withQuick(quick(search), search.filter),
    sort: search.sort,
    direction: search.direction,
  };
  const query = useInfiniteQuery(usersQuery(choice));
  const isEditor = canEditUsers(session);
  const add = isEditor ? (
    <Button onClick={() => void change({ user: "new" })}>{text("users.add")}</Button>
  ) : undefined;
  const viewAs = canViewAs(session) ? <ViewAsRole session={session} /> : undefined;
  const open = isEditor ? (id: string) => void change({ user: id }) : null;
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={text("users.title")}
      lead={text(isEditor ? "users.lead" : "users.lead_read")}
      more={add && viewAs}
      actions={add ?? viewAs}
    >
      <SettingsTabs />
      <RecordList
        list="users"
        caption={text("users.title")}
        choice={choice}
        query={query}
        columns={columnsFor(session, open)}
        search={search}
        standard={{ by: "name", direction: "ascending" }}
        nameOf={(row) => row.name}
        hrefOf={isEditor ? (row) => paths.users({ ...search, user: row.id }) : undefined}
        empty={
          <EmptyList
            choice={choice}
            title={text("users.empty_title")}
            why={text("users.empty_why")}
            all={paths.users()}
          />
        }
        field={
          <SearchField
            label={text("users.search")}
            value={search.q ?? ""}
            onSearch={(q) => void change({ q: q || undefined }, { replace: true })}
          />
        }
        filtersOn={quick(search).length}
        filters={
          <>
            <Select
              aria-label={text("users.role")}
              placeholder={text("users.any_role")}
              clearable
              value={search.role ?? null}
              onChange={(role) => void change({ role: role ?? undefined }, { replace: true })}
              data={ROLES.map((one) => ({ value: one, label: text(`role.${one}`) }))}
            />
            <Select
              aria-label={text("users.column.state")}
              placeholder={text("users.any_state")}
              clearable
              value={search.access ?? null}
              onChange={(access) => void change({ access: access ?? undefined }, { replace: true })}
              data={STATES.map((one) => ({ value: one, label: text(`users.state.${one}`) }))}
            />
          </>
        }
      />
      {isEditor ? <UserSheet rows={rows} /> : null}
    </Page>
  );
}

/** What the switches over the list ask. */
function quick({ role, access }: { role?: Role; access?: UserState }): Part[] {
  const asked: Part[] = [];
  if (role) asked.push(ask.anyOf("roles", role));
  if (access) asked.push(ask.anyOf("access", access));
  return asked;
}

/** The eyes of a role, with no records of anybody's own. */
function ViewAsRole({ session }: { session: Session }) {
  const view = useViewAs();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="default"
          loading={view.isPending}
          leftSection={<IconEye size={16} aria-hidden="true" />}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          {text("viewing.as_role")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ROLES.filter((role) => isViewable(session, [role])).map((role) => (
          <Menu.Item key={role} onClick={() => view.mutate({ role })}>
            {text(`role.${role}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ViewAsUser({ user }: { user: User }) {
  const view = useViewAs();
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={view.isPending}
      leftSection={<IconEye size={14} aria-hidden="true" />}
      aria-label={text("viewing.as_named", { name: user.name })}
      title={text("viewing.why")}
      onClick={() => view.mutate({ user_id: user.id })}
    >
      {text("viewing.as_person")}
    </Button>
  );
}

function columnsFor(session: Session, open: ((id: string) => void) | null): RecordColumn<User>[] {
  const columns: RecordColumn<User>[] = [
    {
      key: "name",
      label: text("users.column.name"),
      sort: "name",
      cell: (row) =>
        open ? (
          <button type="button" className={classes.name} onClick={() => open(row.id)}>
            <bdi>{row.name}</bdi>
          </button>
        ) : (
          <bdi>{row.name}</bdi>
        ),
    },
    {
      key: "email",
      label: text("users.column.email"),
      sort: "email",
      cell: (row) => row.email ?? text("users.no_email"),
    },
    {
      key: "roles",
      label: text("users.column.roles"),
      cell: (row) => row.roles.map((role) => text(`role.${role}`)).join(", ") || text("users.no_role"),
    },
    {
      key: "state",
      label: text("users.column.state"),
      sort: "access",
      cell: (row) => <AccessMark user={row} />,
    },
    {
      key: "team",
      label: text("users.column.team"),
      sort: "team",
      wide: true,
      cell: (row) => row.team ?? text("state.none"),
    },
    {
      key: "manager",
      label: text("users.column.manager"),
      sort: "manager",
      wide: true,
      cell: (row) => row.manager_name ?? text("state.none"),
    },
  ];
  if (canViewAs(session))
    columns.push({
      key: "view",
      label: text("viewing.as_person"),
      cell: (row) => (isViewableUser(session, row) ? <ViewAsUser user={row} /> : null),
    });
  return columns;
}

function AccessMark({ user }: { user: User }) {
  const state = stateOf(user);
  if (state === "off")
    return (
      <Mark tone="blocked" icon={<IconCircleOff />}>
        {text("users.state.off")}
      </Mark>
    );
  if (state === "no_password")
    return (
      <Mark tone="plain" icon={<IconKeyOff />} title={text("users.state.no_password_why")}>
        {text("users.state.no_password")}
      </Mark>
    );
  return (
    <Mark tone="free" icon={<IconCircleCheck />}>
      {text("users.state.on")}
    </Mark>
  );
}
