import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { text } from "../text/text";
import classes from "./SidePanel.module.css";

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
  size?: number;
}

/** A sheet from the right; on a phone it fills the screen. Focus returns to where it came from. */
export function SidePanel({ title, opened, onClose, children, size = 480 }: Props) {
  return (
    <Drawer.Root
      lockScroll={false}
      position="right"
      opened={opened}
      onClose={onClose}
      size={size}
      classNames={{ content: classes.content, body: classes.body }}
    >
      <Drawer.Overlay className="mantine-Drawer-overlay" backgroundOpacity={0.35} />
      <Drawer.Content aria-label={title}>
        <Drawer.Header className={classes.header} role="presentation">
          <Drawer.Title component="h2" className="mantine-Drawer-title">
            {title}
          </Drawer.Title>
          <Drawer.CloseButton aria-label={text("action.close")} />
        </Drawer.Header>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
