import "../../text/administration";
import { Button, Menu, Select } from "@mantine/core";
import { IconChevronDown, IconCircleCheck, IconCircleOff, IconEye, IconKeyOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { Session, User } from "../../api/types";
import { everyUserQuery } from "../../api/user-queries";
import { formatNumber } from "../../format/format";
import { ROLES } from "../../parts/roles";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { canEditUsers, canViewAs, useSession } from "../../parts/session";
import { isViewable, isViewableUser, useViewAs } from "../../parts/use-viewing";
import { text } from "../../text/text";
import { Filters } from "../../ui/Filters";
import { Mark } from "../../ui/Mark";
import { Page } from "../../ui/Page";
import { ColumnChooser, type RecordColumn, RecordTable, shownColumns } from "../../ui/RecordTable";
import { SearchField } from "../../ui/SearchField";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { listed, STATES, stateOf, teamsOf } from "./listing";
import { UserSheet } from "./UserSheet";
import classes from "./UsersPage.module.css";

/** Who works here and what each may do. */
export function UsersPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/settings/users" });
  const change = useSearchChange();
  const query = useQuery(everyUserQuery({ q: search.q, role: search.role }));
  const isEditor = canEditUsers(session);
  const add = isEditor ? (
    <Button onClick={() => void change({ user: "new" })}>{text("users.add")}</Button>
  ) : undefined;
  const viewAs = canViewAs(session) ? <ViewAsRole session={session} /> : undefined;
  const open = isEditor ? (id: string) => void change({ user: id }) : null;
  const columns = columnsFor(session, open);
  const rows = listed(query.data ?? [], search, (role) => text(`role.${role}`));
  return (
    <Page
      title={text("users.title")}
      lead={text(isEditor ? "users.lead" : "users.lead_read")}
      more={add && viewAs}
      actions={add ?? viewAs}
    >
      <SettingsTabs />
      <Narrow columns={columns} teams={teamsOf(query.data ?? [])} />
      {query.isPending ? (
        <Loading rows={10} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <Empty title={text("users.empty_title")} why={text("users.empty_why")} next={add} />
      ) : (
        <>
          <RecordTable
            caption={text("users.title")}
            columns={shownColumns(columns, search.cols)}
            rows={rows}
            total={rows.length}
            rowKey={(row) => row.id}
            nameOf={(row) => row.name}
            sort={{ by: search.sort ?? "name", direction: search.direction ?? "ascending" }}
            onSort={(sort, direction) => void change({ sort, direction }, { replace: true })}
            onOpen={(row) => open?.(row.id)}
            onEnd={() => undefined}
          />
          <span className="meta numbers" role="status">
            {text("users.shown", {
              shown: formatNumber(rows.length),
              total: formatNumber(query.data.length),
            })}
          </span>
        </>
      )}
      {isEditor ? <UserSheet rows={rows} /> : null}
    </Page>
  );
}

/** Looks for a colleague, and narrows the list by role, access and team. */
function Narrow({ columns, teams }: { columns: RecordColumn<User>[]; teams: string[] }) {
  const search = useSearch({ from: "/signed-in/settings/users" });
  const change = useSearchChange();
  return (
    <Filters
      folded={
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
            value={search.state ?? null}
            onChange={(state) => void change({ state: state ?? undefined }, { replace: true })}
            data={STATES.map((one) => ({ value: one, label: text(`users.state.${one}`) }))}
          />
          <Select
            aria-label={text("users.column.team")}
            placeholder={text("users.any_team")}
            clearable
            searchable
            value={search.team ?? null}
            onChange={(team) => void change({ team: team ?? undefined }, { replace: true })}
            data={teams}
          />
          <ColumnChooser
            columns={columns}
            shown={shownColumns(columns, search.cols).map((column) => column.key)}
            onChange={(cols) => void change({ cols }, { replace: true })}
          />
        </>
      }
    >
      <SearchField
        label={text("users.search")}
        value={search.q ?? ""}
        onSearch={(q) => void change({ q: q || undefined }, { replace: true })}
      />
    </Filters>
  );
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
      sort: "roles",
      cell: (row) => row.roles.map((role) => text(`role.${role}`)).join(", ") || text("users.no_role"),
    },
    {
      key: "state",
      label: text("users.column.state"),
      sort: "state",
      cell: (row) => <UserState user={row} />,
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

function UserState({ user }: { user: User }) {
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
