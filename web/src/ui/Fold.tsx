//! What has no room on a phone: folded behind one button there, in its place on a wider screen.

import { ActionIcon } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import { text } from "../text/text";
import classes from "./Fold.module.css";

export interface Fold {
  id: string;
  isOpen: boolean;
  toggle: () => void;
}

export function useFold(): Fold {
  const id = useId();
  const [isOpen, { toggle }] = useDisclosure(false);
  return { id, isOpen, toggle };
}

interface ButtonProps {
  fold: Fold;
  label?: string;
  /** How many of the folded switches are on: they show although they are out of sight. */
  on?: number;
  /** Something is folded on a desk, too. */
  isEverywhere?: boolean;
  children?: ReactNode;
}

/** Shows and folds the rest; not there where nothing is folded. */
export function FoldButton({
  fold,
  label = text("action.more"),
  on = 0,
  isEverywhere,
  children,
}: ButtonProps) {
  return (
    <ActionIcon
      variant={fold.isOpen || on > 0 ? "light" : "default"}
      size={44}
      className={classes.button}
      data-everywhere={isEverywhere || undefined}
      aria-label={on > 0 ? text("action.more_on", { label, count: on }) : label}
      aria-expanded={fold.isOpen}
      aria-controls={fold.id}
      onClick={fold.toggle}
    >
      {children ?? <IconDots size={20} aria-hidden="true" />}
      {on > 0 ? (
        <span className={classes.on} aria-hidden="true">
          {on}
        </span>
      ) : null}
    </ActionIcon>
  );
}

export function Folded({ fold, children }: { fold: Fold; children: ReactNode }) {
  return (
    <div id={fold.id} className={classes.folded} data-open={fold.isOpen || undefined}>
      {children}
    </div>
  );
}
