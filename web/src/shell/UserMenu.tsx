import { Menu, UnstyledButton } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { LooksControls } from "../parts/LooksControls";
import type { Session } from "../api/types";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { Initials, initialsOf } from "../ui/Initials";
import { useLeave } from "../parts/use-leave";

export function UserMenu({ session }: { session: Session }) {
  const router = useRouter();
  const leave = useLeave();
  return (
    <Menu position="bottom-end" width={264} closeOnItemClick>
      <Menu.Target>
        <UnstyledButton aria-label={text("shell.user_menu", { name: session.user.name })} p={4}>
          <Initials text={initialsOf(session.user.name)} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.user.name}
          <br />
          {session.user.email}
        </Menu.Label>
        <LooksControls />
        <Menu.Divider />
        <Menu.Item onClick={() => void router.navigate({ href: paths.settings() })}>{text("shell.settings")}</Menu.Item>
        <Menu.Item onClick={() => leave.mutate("here")}>{text("shell.sign_out")}</Menu.Item>
        <Menu.Item onClick={() => leave.mutate("everywhere")}>{text("shell.sign_out_everywhere")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
