import "../text/trash";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type Deletable, deleteRecord, restoreRecord } from "../api/trash-queries";
import { text } from "../text/text";
import { ConfirmButton } from "../ui/ConfirmButton";
import { notifyUndo } from "../ui/notify";
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
  const put = async () => {
    const gone = await deleteRecord(record);
    await router.navigate({ href: next });
    notifyUndo(text("trash.done", { name: gone.name }), text("trash.done_why"), async () => {
      await restoreRecord(gone.id);
      await cache.invalidateQueries();
    });
    void cache.invalidateQueries();
  };
  if (!canDelete(session)) return null;
  return (
    <ConfirmButton
      label={text("trash.open")}
      title={text("trash.ask", { name: record.name })}
      confirm={text("trash.send", { name: record.name })}
      onConfirm={put}
    >
      <p>{text(`trash.ask_${record.kind}`)}</p>
      <p className="soft">{text("trash.ask_days")}</p>
    </ConfirmButton>
  );
}
