import { Button } from "@mantine/core";
import type { Session } from "../api/types";
import { LooksControls } from "../parts/LooksControls";
import { useLeave } from "../parts/use-leave";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import classes from "./UserMenu.module.css";

interface Props {
  session: Session;
  /** Opens the help; the bar of a phone has no room for its button. */
  onHelp: () => void;
  onLeave: () => void;
}

/** Who is signed in, how it looks, and the ways out. */
export function UserMenuItems({ session, onHelp, onLeave }: Props) {
  const leave = useLeave();
  const { name, email } = session.user;
  return (
    <>
      <div className={classes.who}>
        <strong>{name}</strong>
        <span className="meta truncate">{email}</span>
      </div>
      <LooksControls />
      <div className={classes.ways}>
        <AppLink href={paths.settings()} className={classes.way} onClick={onLeave}>
          {text("shell.settings")}
        </AppLink>
        <Button
          variant="subtle"
          justify="flex-start"
          size="sm"
          px={8}
          onClick={() => {
            onLeave();
            onHelp();
          }}
        >
          {text("shell.help")}
        </Button>
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
    </>
  );
}
