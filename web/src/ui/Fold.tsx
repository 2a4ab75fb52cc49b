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
  children?: ReactNode;
}

/** Shows and folds the rest; not there where nothing is folded. */
export function FoldButton({ fold, label = text("action.more"), children }: ButtonProps) {
  return (
    <ActionIcon
      variant={fold.isOpen ? "light" : "default"}
      size={44}
      className={classes.button}
      aria-label={label}
      aria-expanded={fold.isOpen}
      aria-controls={fold.id}
      onClick={fold.toggle}
    >
      {children ?? <IconDots size={20} aria-hidden="true" />}
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
