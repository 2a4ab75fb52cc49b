//! A button for what cannot be taken back, or takes much along: names the thing, says what follows, asks once.

import { Button, type ButtonProps, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { text } from "../text/text";
import classes from "./ConfirmButton.module.css";
import { FormProblem } from "./states";

interface Props extends Pick<ButtonProps, "size" | "variant" | "disabled"> {
  label: string;
  /** What the button is called where many stand under each other. */
  name?: string;
  /** The question, with the thing in it. */
  title: string;
  /** What follows. */
  children: ReactNode;
  /** The verb that does it, and the thing. */
  confirm: string;
  onConfirm: () => Promise<unknown>;
}

export function ConfirmButton({ label, name, title, children, confirm, onConfirm, ...look }: Props) {
  const [isOpen, setOpen] = useState(false);
  const doing = useMutation({ mutationFn: onConfirm, onSuccess: () => setOpen(false) });
  const close = () => {
    setOpen(false);
    doing.reset();
  };
  return (
    <>
      <Button variant="default" {...look} aria-label={name} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={title}
        closeButtonProps={{ "aria-label": text("action.close") }}
      >
        <form
          noValidate
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            doing.mutate();
          }}
        >
          {children}
          <FormProblem error={doing.error} />
          <div className={classes.actions}>
            <Button type="submit" color="danger" data-autofocus loading={doing.isPending}>
              {confirm}
            </Button>
            <Button variant="default" onClick={close}>
              {text("action.cancel")}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
