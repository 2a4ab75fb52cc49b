import { Button, Combobox, Textarea, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { useAttemptKey } from "../api/attempt-key";
import { type Commented, removeComment, writeComment } from "../api/comments";
import { fieldMessages } from "../api/problem";
import { usersQuery } from "../api/queries";
import type { WriteComment } from "../api/types";
import { text } from "../text/text";
import { AskBeforeLeaving } from "../ui/AskBeforeLeaving";
import { notifyUndo } from "../ui/notify";
import { FormProblem } from "../ui/states";
import classes from "./Comments.module.css";
import { type Mention, mentionAt, withName } from "./mention-at";

const ASK_AFTER_MS = 150;
const NAMES_MAX = 6;
const LONGEST = 5_000;

interface Props {
  kind: Commented;
  id: string;
  onChanged: () => Promise<unknown>;
}

/** Writes a comment; what was typed stays until the server has it. */
export function CommentWriter({ kind, id, onChanged }: Props) {
  const keyFor = useAttemptKey();
  const [typed, setTyped] = useState("");
  const sending = useMutation({
    mutationFn: (input: WriteComment) => writeComment(input, keyFor(input)),
    onSuccess: (written) => {
      setTyped("");
      notifyUndo(text("comments.sent"), "", () => removeComment(written).then(onChanged));
      return onChanged();
    },
  });
  const isEmpty = typed.trim() === "";
  const send = () => {
    if (!isEmpty && !sending.isPending) sending.mutate({ record_kind: kind, record_id: id, body: typed });
  };
  const refused = fieldMessages(sending.error).body;
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {isEmpty ? null : <AskBeforeLeaving />}
      <Field typed={typed} onTyped={setTyped} onSend={send} error={refused} />
      {refused ? null : <FormProblem error={sending.error} onRetry={send} />}
      {isEmpty ? null : (
        <div className={classes.actions}>
          <Button size="compact-sm" type="submit" loading={sending.isPending}>
            {text("comments.send")}
          </Button>
          <span className="meta">{text("comments.keys")}</span>
          <span className="meta">{text("comments.readers")}</span>
        </div>
      )}
    </form>
  );
}

interface FieldProps {
  typed: string;
  onTyped: (typed: string) => void;
  onSend: () => void;
  error: string | undefined;
}

/** The text, with colleagues to choose from after an `@`. */
function Field({ typed, onTyped, onSend, error }: FieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const [mention, setMention] = useState<Mention | null>(null);
  const [asked] = useDebouncedValue(mention?.words.trim() ?? "", ASK_AFTER_MS);
  const people = useInfiniteQuery({ ...usersQuery({ q: asked || undefined }), enabled: mention !== null });
  const found = (people.data?.pages[0]?.items ?? []).filter((one) => one.is_active).slice(0, NAMES_MAX);
  const isOpen = mention !== null && found.length > 0;
  const combobox = useCombobox({ opened: isOpen, onDropdownClose: () => setMention(null) });
  // A name that was put in moves the caret behind it, once the text holds it.
  useLayoutEffect(() => {
    if (caret.current === null) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const look = (area: HTMLTextAreaElement) => {
    const isPlain = area.selectionStart === area.selectionEnd;
    setMention(isPlain ? mentionAt(area.value, area.selectionStart) : null);
    combobox.resetSelectedOption();
  };
  const take = (name: string) => {
    if (!mention || !field.current) return;
    const next = withName(typed, field.current.selectionStart, mention, name);
    caret.current = next.caret;
    setMention(null);
    onTyped(next.typed);
    field.current.focus();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={take} position="bottom-start" withinPortal={false}>
      <Combobox.Target withKeyboardNavigation={isOpen}>
        <Textarea
          ref={field}
          aria-label={text("comments.field")}
          placeholder={text("comments.placeholder")}
          autosize
          minRows={1}
          maxRows={12}
          maxLength={LONGEST}
          value={typed}
          error={error}
          onChange={(event) => {
            onTyped(event.currentTarget.value);
            look(event.currentTarget);
          }}
          onClick={(event) => look(event.currentTarget)}
          onBlur={() => setMention(null)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              onSend();
            } else if (isOpen && event.key === "Escape") {
              event.stopPropagation();
              setMention(null);
            } else if (isOpen && event.key === "Enter" && combobox.getSelectedOptionIndex() < 0) {
              event.preventDefault();
              if (found[0]) take(found[0].name);
            }
          }}
        />
      </Combobox.Target>
      <span role="status" className="visually-hidden">
        {isOpen ? text("comments.found_count", { count: found.length }) : ""}
      </span>
      <Combobox.Dropdown hidden={!isOpen}>
        <Combobox.Options aria-label={text("comments.found")}>
          {found.map((one) => (
            <Combobox.Option key={one.id} value={one.name} onMouseDown={(event) => event.preventDefault()}>
              <bdi>{one.name}</bdi>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
