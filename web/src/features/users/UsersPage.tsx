import "../../text/administration";
import { Button, Menu, Select } from "@mantine/core";
import { IconChevronDown, IconCircleCheck, IconCircleOff, IconEye, IconKeyOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { usersQuery } from "../../api/queries";
import type { Session, User } from "../../api/types";
import { ROLES } from "../../parts/roles";
import { SettingsTabs } from "../../parts/SettingsTabs";
import { canEditUsers, canViewAs, useSession } from "../../parts/session";
import { isViewable, isViewableUser, useViewAs } from "../../parts/use-viewing";
import { text } from "../../text/text";
import { type Column, DataTable } from "../../ui/DataTable";
import { Filters } from "../../ui/Filters";
import { Mark } from "../../ui/Mark";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { SearchField } from "../../ui/SearchField";
import { Empty } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { UserSheet } from "./UserSheet";
import classes from "./UsersPage.module.css";

/** Who works here and what each may do. */
export function UsersPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/settings/users" });
  const change = useSearchChange();
  const query = useInfiniteQuery(usersQuery({ q: search.q, role: search.role }));
  const isEditor = canEditUsers(session);
  const add = isEditor ? (
    <Button onClick={() => void change({ user: "new" })}>{text("users.add")}</Button>
  ) : undefined;
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={text("users.title")}
      lead={text(isEditor ? "users.lead" : "users.lead_read")}
      actions={
        <>
          {canViewAs(session) ? <ViewAsRole session={session} /> : null}
          {add}
        </>
      }
    >
      <SettingsTabs />
      <Filters>
        <SearchField
          label={text("users.search")}
          value={search.q ?? ""}
          onSearch={(q) => void change({ q: q || undefined }, { replace: true })}
        />
        <Select
          aria-label={text("users.role")}
          placeholder={text("users.any_role")}
          clearable
          value={search.role ?? null}
          onChange={(role) => void change({ role: role ?? undefined }, { replace: true })}
          data={ROLES.map((one) => ({ value: one, label: text(`role.${one}`) }))}
        />
      </Filters>
      <PagedList
        query={query}
        skeletonRows={10}
        empty={<Empty title={text("users.empty_title")} why={text("users.empty_why")} next={add} />}
      >
        {(listed) => (
          <DataTable
            caption={text("users.title")}
            rows={listed}
            rowKey={(row) => row.id}
            isMuted={(row) => !row.is_active}
            columns={[
              ...columnsFor(isEditor ? (id) => void change({ user: id }) : null),
              ...(canViewAs(session) ? [viewColumn(session)] : []),
            ]}
          />
        )}
      </PagedList>
      {isEditor ? <UserSheet rows={rows} /> : null}
    </Page>
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

function viewColumn(session: Session): Column<User> {
  return {
    key: "view",
    label: text("viewing.as_person"),
    cell: (row) => (isViewableUser(session, row) ? <ViewAsUser user={row} /> : null),
  };
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

function columnsFor(open: ((id: string) => void) | null): Column<User>[] {
  return [
    {
      key: "name",
      label: text("users.column.name"),
      cell: (row) => (
        <>
          {open ? (
            <button type="button" className={classes.name} onClick={() => open(row.id)}>
              <bdi>{row.name}</bdi>
            </button>
          ) : (
            <bdi>{row.name}</bdi>
          )}
          <div className="meta">{row.email ?? text("users.no_email")}</div>
        </>
      ),
    },
    {
      key: "roles",
      label: text("users.column.roles"),
      cell: (row) => row.roles.map((role) => text(`role.${role}`)).join(", ") || text("users.no_role"),
    },
    { key: "state", label: text("users.column.state"), cell: (row) => <UserState user={row} /> },
    {
      key: "team",
      label: text("users.column.team"),
      wide: true,
      cell: (row) => row.team ?? text("state.none"),
    },
    {
      key: "manager",
      label: text("users.column.manager"),
      wide: true,
      cell: (row) => row.manager_name ?? text("state.none"),
    },
  ];
}

function UserState({ user }: { user: User }) {
  if (!user.is_active)
    return (
      <Mark tone="blocked" icon={<IconCircleOff />}>
        {text("users.state.off")}
      </Mark>
    );
  if (!user.can_sign_in)
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
