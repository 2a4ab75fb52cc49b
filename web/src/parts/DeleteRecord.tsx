import "../text/trash";
import { Button, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { type Deletable, deleteRecord, restoreRecord } from "../api/trash-queries";
import { text } from "../text/text";
import { notifyUndo } from "../ui/notify";
import { FormProblem } from "../ui/states";
import layout from "./form.module.css";
import { canDelete, useSession } from "./session";

interface Props {
  record: Deletable;
  /** Where the reader is taken, because the page of the record is gone. */
  next: string;
}

/** Puts a record into the trash: names it, says what goes along, asks once, and takes it back. */
export function DeleteRecord({ record, next }: Props) {
  const session = useSession();
  const cache = useQueryClient();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const deleting = useMutation({
    mutationFn: () => deleteRecord(record),
    onSuccess: async (gone) => {
      await router.navigate({ href: next });
      notifyUndo(text("trash.done", { name: gone.name }), text("trash.done_why"), async () => {
        await restoreRecord(gone.id);
        await cache.invalidateQueries();
      });
      void cache.invalidateQueries();
    },
  });
  if (!canDelete(session)) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {text("trash.open")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={text("trash.ask", { name: record.name })}
        closeButtonProps={{ "aria-label": text("action.close") }}
      >
        <form
          noValidate
          className={layout.form}
          onSubmit={(event) => {
            event.preventDefault();
            deleting.mutate();
          }}
        >
          <p>{text(`trash.ask_${record.kind}`)}</p>
          <p className="soft">{text("trash.ask_days")}</p>
          <FormProblem error={deleting.error} />
          <div className={layout.actions}>
            <Button type="submit" color="danger" data-autofocus loading={deleting.isPending}>
              {text("trash.send", { name: record.name })}
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              {text("action.cancel")}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
