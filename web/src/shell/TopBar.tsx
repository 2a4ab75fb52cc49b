import { ActionIcon, Button, Kbd, Menu } from "@mantine/core";
import { IconHelp, IconPlus, IconSearch } from "@tabler/icons-react";
import type { Session } from "../api/types";
import { canLogUse, canNominate, canReadInbox, canRequest } from "../parts/session";
import type { NewSheet } from "../paths/schemas";
import { text } from "../text/text";
import { useSearchChange } from "../ui/use-search-change";
import { Inbox } from "./Inbox";
import classes from "./Shell.module.css";
import { UserMenu } from "./UserMenu";

interface Props {
  session: Session;
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ session, onSearch, onHelp }: Props) {
  return (
    <header className={classes.bar}>
      <button type="button" className={classes.search} onClick={onSearch}>
        <IconSearch size={16} aria-hidden="true" />
        <span className="truncate">{text("shell.search")}</span>
        <Kbd size="xs" aria-hidden="true">
          Ctrl K
        </Kbd>
      </button>
      <span className={classes.spacer} />
      <NewMenu session={session} />
      {canReadInbox(session) ? <Inbox /> : null}
      <ActionIcon
        variant="subtle"
        size={36}
        onClick={onHelp}
        aria-label={text("shell.help")}
        className={classes.wide}
      >
        <IconHelp size={20} aria-hidden="true" />
      </ActionIcon>
      <UserMenu session={session} onHelp={onHelp} />
    </header>
  );
}

function NewMenu({ session }: { session: Session }) {
  const changeSearch = useSearchChange();
  const open = (sheet: NewSheet) => void changeSearch({ new: sheet });
  if (!canRequest(session) && !canLogUse(session) && !canNominate(session)) return null;
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} size="sm" px={12}>
          {text("shell.new")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {canRequest(session) ? (
          <Menu.Item onClick={() => open("request")}>{text("shell.new_request")}</Menu.Item>
        ) : null}
        {canLogUse(session) ? (
          <Menu.Item onClick={() => open("use")}>{text("shell.new_use")}</Menu.Item>
        ) : null}
        {canNominate(session) ? (
          <Menu.Item onClick={() => open("nomination")}>{text("shell.new_nomination")}</Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
