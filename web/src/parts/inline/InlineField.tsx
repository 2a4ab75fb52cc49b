//! One field of a record, read where it stands and changed there: Enter saves, Escape leaves it as it was.
//! Decides how a change begins, ends and is taken back; refuses to know which record it belongs to.

import { Button } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPencil } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { isCode } from "../../api/problem";
import { text } from "../../text/text";
import { AskBeforeLeaving } from "../../ui/AskBeforeLeaving";
import { notifyUndo } from "../../ui/notify";
import { changedFields, useVersionedForm } from "../use-versioned-form";
import classes from "./InlineField.module.css";

/** A record on its page, and how each of its fields is read and written. */
export interface InlineRecord<Kept extends { version: number }, Fields extends object> {
  record: Kept;
  canEdit: boolean;
  fieldsOf: (record: Kept) => Fields;
  labelOf: (field: keyof Fields & string) => string;
  /** How a value reads in the choice between two versions. */
  show?: (field: keyof Fields & string, value: unknown) => string;
  validate?: (fields: Fields) => Partial<Record<keyof Fields & string, string>>;
  /** The record as the server has it now. */
  read: () => Promise<Kept>;
  save: (version: number, changed: Partial<Fields>) => Promise<Kept>;
  /** Puts the saved record in place of the one that was shown. */
  keep: (saved: Kept) => void;
  nameOf: (saved: Kept) => string;
}

interface Props<Kept extends { version: number }, Fields extends object> {
  of: InlineRecord<Kept, Fields>;
  field: keyof Fields & string;
  /** The input; it takes its value from the form under the field's name. */
  input: (form: UseFormReturnType<Fields>, label: string) => ReactNode;
  /**
   * Several lines, which people also mark and copy: a pencil beside them begins, Enter makes a line,
   * Ctrl+Enter saves.
   */
  isLong?: boolean;
  /** How the value reads while nobody changes it. */
  children: ReactNode;
}

export function InlineField<Kept extends { version: number }, Fields extends object>(
  props: Props<Kept, Fields>,
) {
  const { of, field, isLong = false, children } = props;
  const [isEditing, setEditing] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !isEditing) opener.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  if (!of.canEdit) return <>{children}</>;
  if (isEditing) return <Editor {...props} onDone={() => setEditing(false)} />;
  const begin = { ref: opener, type: "button", onClick: () => setEditing(true) } as const;
  const what = <span className="visually-hidden">{text("inline.edit", { field: of.labelOf(field) })}</span>;
  const pencil = <IconPencil size={14} aria-hidden="true" className={classes.pencil} />;
  if (isLong)
    return (
      <div className={classes.long}>
        <div className={classes.words}>{children}</div>
        <button {...begin} className={classes.opener}>
          {what}
          {pencil}
        </button>
      </div>
    );
  return (
    <button {...begin} className={classes.value}>
      <span className={classes.words}>{children}</span>
      {what}
      {pencil}
    </button>
  );
}

function Editor<Kept extends { version: number }, Fields extends object>({
  of,
  field,
  input,
  isLong = false,
  onDone,
}: Props<Kept, Fields> & { onDone: () => void }) {
  const label = of.labelOf(field);
  const frame = useRef<HTMLFormElement>(null);
  const edit = useVersionedForm<Kept, Fields>({
    ...of,
    onSaved: (saved, before) => {
      of.keep(saved);
      notifyUndo(text("inline.saved", { field: label }), of.nameOf(saved), async () =>
        of.keep(await takeBack(of, saved, before)),
      );
      onDone();
    },
  });
  useEffect(() => {
    frame.current?.querySelector<HTMLElement>("input:not([type=hidden]), textarea")?.focus();
  }, []);
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onDone();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      frame.current?.requestSubmit();
    }
  };
  return (
    <form
      ref={frame}
      noValidate
      className={classes.form}
      data-conflict={edit.isStale || undefined}
      onKeyDown={press}
      onSubmit={(event) => {
        if (edit.isChanged) return edit.submit(event);
        event.preventDefault();
        onDone();
      }}
    >
      {edit.isChanged ? <AskBeforeLeaving /> : null}
      {input(edit.form, label)}
      {edit.isStale || !edit.form.errors[field] ? edit.problem : null}
      {edit.isStale ? null : (
        <div className={classes.actions}>
          <Button size="compact-sm" type="submit" loading={edit.isSaving}>
            {text("action.save")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onDone}>
            {text("action.cancel")}
          </Button>
          <span className={`meta ${classes.keys}`}>{text(isLong ? "inline.keys_long" : "inline.keys")}</span>
        </div>
      )}
    </form>
  );
}

/** Writes former values back; also after later changes, as long as none of them was about the same field. */
async function takeBack<Kept extends { version: number }, Fields extends object>(
  of: InlineRecord<Kept, Fields>,
  saved: Kept,
  before: Partial<Fields>,
): Promise<Kept> {
  try {
    return await of.save(saved.version, before);
  } catch (error) {
    if (!isCode(error, "stale_version")) throw error;
    const now = await of.read();
    const since = changedFields(of.fieldsOf(saved), of.fieldsOf(now));
    if (Object.keys(before).some((field) => field in since)) throw error;
    return of.save(now.version, before);
  }
}
