import { ActionIcon, Drawer } from "@mantine/core";
import { IconHelp } from "@tabler/icons-react";
import { type ReactNode, useContext } from "react";
import { text } from "../text/text";
import { OpenHelp } from "./help";
import { useKeepTyped } from "./KeepTyped";
import classes from "./SidePanel.module.css";

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
  size?: number;
}

/**
 * A sheet from the right; on a phone it fills the screen. It asks before it gives up what was typed in it,
 * and focus returns to where it came from.
 */
export function SidePanel({ title, opened, onClose, children, size = 480 }: Props) {
  const typed = useKeepTyped(onClose);
  const help = useContext(OpenHelp);
  return (
    <Drawer.Root
      lockScroll={false}
      position="right"
      opened={opened}
      onClose={typed.close}
      size={size}
      classNames={{ content: classes.content, body: classes.body }}
    >
      <Drawer.Overlay className="mantine-Drawer-overlay" backgroundOpacity={0.35} />
      <Drawer.Content aria-label={title}>
        <Drawer.Header className={classes.header} role="presentation">
          <Drawer.Title component="h2" className="mantine-Drawer-title">
            {title}
          </Drawer.Title>
          {help ? (
            <ActionIcon
              variant="subtle"
              size={36}
              className={classes.help}
              aria-label={text("action.help")}
              onClick={help}
            >
              <IconHelp size={20} aria-hidden="true" />
            </ActionIcon>
          ) : null}
          <Drawer.CloseButton aria-label={text("action.close")} />
        </Drawer.Header>
        <Drawer.Body>{typed.wrap(children)}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
