import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { fieldMessages } from "../../api/problem";
import { eraseContact } from "../../api/writes";
import { text } from "../../text/text";
import { FormDialog } from "../../ui/FormDialog";
import { notifyDone } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import classes from "./AdvocatePage.module.css";

const REASON_MIN = 5;

/** Forgetting a person for good: names the person, says what goes and what stays, asks once. */
export function ErasePerson({ contact, name }: { contact: string; name: string }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const cache = useQueryClient();
  const erasing = useMutation({
    mutationFn: () => eraseContact(contact, reason.trim()),
    onSuccess: (left) => {
      notifyDone(text("advocates.erase.done", { name: left.pseudonym }));
      setOpen(false);
      // Every screen may have shown the person.
      void cache.invalidateQueries();
    },
  });
  const { reason: refused } = fieldMessages(erasing.error);
  const isLongEnough = reason.trim().length >= REASON_MIN;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {text("advocates.erase.open")}
      </Button>
      <FormDialog
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={text("advocates.erase.title", { name })}
      >
        <form
          noValidate
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (isLongEnough) erasing.mutate();
          }}
        >
          <p>{text("advocates.erase.why")}</p>
          <p>
            <strong>{text("advocates.erase.final")}</strong>
          </p>
          <Textarea
            data-autofocus
            autosize
            minRows={2}
            maxLength={1000}
            label={text("advocates.erase.reason")}
            description={text("advocates.erase.reason_hint")}
            value={reason}
            error={refused}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FormProblem error={erasing.error} />
          <Button type="submit" color="danger" disabled={!isLongEnough} loading={erasing.isPending}>
            {text("advocates.erase.send")}
          </Button>
        </form>
      </FormDialog>
    </>
  );
}
