import { Button, Popover, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { Session } from "../api/types";
import { LooksControls } from "../parts/LooksControls";
import { useLeave } from "../parts/use-leave";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { Initials, initialsOf } from "../ui/Initials";
import classes from "./UserMenu.module.css";

/** Who is signed in, how it looks, and the ways out. */
export function UserMenu({ session }: { session: Session }) {
  const [open, setOpen] = useState(false);
  const leave = useLeave();
  const { name, email } = session.user;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={264} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.target}
          aria-label={text("shell.user_menu", { name })}
          onClick={() => setOpen(!open)}
        >
          <Initials text={initialsOf(name)} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={text("shell.user_menu", { name })}>
        <div className={classes.who}>
          <strong>{name}</strong>
          <span className="meta truncate">{email}</span>
        </div>
        <LooksControls />
        <div className={classes.ways}>
          <AppLink href={paths.settings()} className={classes.way} onClick={() => setOpen(false)}>
            {text("shell.settings")}
          </AppLink>
          <Button
            variant="subtle"
            justify="flex-start"
            size="sm"
            px={8}
            loading={leave.isPending && leave.variables === "here"}
            onClick={() => leave.mutate("here")}
          >
            {text("shell.sign_out")}
          </Button>
          <Button
            variant="subtle"
            justify="flex-start"
            size="sm"
            px={8}
            loading={leave.isPending && leave.variables === "everywhere"}
            onClick={() => leave.mutate("everywhere")}
          >
            {text("shell.sign_out_everywhere")}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
