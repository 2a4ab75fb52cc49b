import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { text } from "../text/text";
import { useKeepTyped } from "./KeepTyped";

interface Props {
  title: string;
  opened?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog in the middle that asks before it gives up what was typed in it. */
export function FormDialog({ title, opened = true, onClose, children }: Props) {
  const typed = useKeepTyped(onClose);
  return (
    <Modal
      opened={opened}
      onClose={typed.close}
      title={title}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      {typed.wrap(children)}
    </Modal>
  );
}
