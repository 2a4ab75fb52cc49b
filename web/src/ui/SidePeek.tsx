import { CloseButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { text } from "../text/text";
import { SidePanel } from "./SidePanel";
import classes from "./SidePeek.module.css";
import { useKeys } from "./use-keys";

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A closer look beside the page, which stays as it is and can be worked on: the keys of the list go on.
 * On a phone there is no beside, so it is a sheet.
 */
export function SidePeek({ title, opened, onClose, children }: Props) {
  const isBeside = useMediaQuery("(min-width: 1000px)", true, { getInitialValueInEffect: false });
  if (!isBeside) {
    return (
      <SidePanel title={title} opened={opened} onClose={onClose}>
        {children}
      </SidePanel>
    );
  }
  if (!opened) return null;
  return (
    <Beside title={title} onClose={onClose}>
      {children}
    </Beside>
  );
}

function Beside({ title, onClose, children }: Omit<Props, "opened">) {
  useKeys({ Escape: onClose });
  return (
    <aside className={classes.peek} data-peek aria-label={title}>
      <div className={classes.head}>
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <CloseButton aria-label={text("action.close")} onClick={onClose} />
      </div>
      <div className={classes.body}>{children}</div>
    </aside>
  );
}
