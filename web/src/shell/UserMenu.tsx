import { Popover, UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import type { Session } from "../api/types";
import { spoken } from "../text/catalogue";
import { text } from "../text/text";
import { Initials, initialsOf } from "../ui/Initials";
import { Loading } from "../ui/states";
import classes from "./UserMenu.module.css";

const read = () => spoken(import("./UserMenuItems"));
const UserMenuItems = lazy(() => read().then((module) => ({ default: module.UserMenuItems })));
/** Whoever comes near the menu has it by the time it opens; a failure is told when it opens. */
const prepare = () => void read().catch(() => undefined);

/** The initials of who is signed in; behind them the looks and the ways out. */
export function UserMenu({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const [open, setOpen] = useState(false);
  const { name } = session.user;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={264} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.target}
          aria-label={text("shell.user_menu", { name })}
          onPointerEnter={prepare}
          onFocus={prepare}
          onClick={() => setOpen(!open)}
        >
          <Initials text={initialsOf(name)} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={text("shell.user_menu", { name })}>
        {open ? (
          <Suspense fallback={<Loading rows={4} />}>
            <UserMenuItems session={session} onHelp={onHelp} onLeave={() => setOpen(false)} />
          </Suspense>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}
