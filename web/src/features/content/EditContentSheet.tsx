import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { contentQuery } from "../../api/content-queries";
import type { Content, EditContent } from "../../api/types";
import { changeContent } from "../../api/writes";
import classes from "../../parts/form.module.css";
import { TermsField } from "../../parts/TermsField";
import { useVersionedForm } from "../../parts/use-versioned-form";
import { text } from "../../text/text";
import { notifyUndo } from "../../ui/notify";
import { SidePanel } from "../../ui/SidePanel";
import { useKeepContent } from "./keep";
import { AUDIENCES, KINDS, STAGES } from "./words";

/** Changes what a story says about itself. */
export function EditContentSheet({ content, onClose }: { content: Content | null; onClose: () => void }) {
  return (
    <SidePanel title={text("content.edit")} opened={content !== null} onClose={onClose}>
      {content ? <EditForm content={content} onClose={onClose} /> : null}
    </SidePanel>
  );
}

function fieldsOf(content: Content) {
  return {
    title: content.title,
    kind: content.kind,
    stage: content.stage,
    audience: content.audience,
    url: content.url ?? "",
    body: content.body ?? "",
    embargo_until: content.embargo_until ?? "",
    expires_on: content.expires_on ?? "",
    terms: content.terms.flatMap((tag) => (tag.term_id ? [tag.term_id] : [])),
  };
}

type Fields = ReturnType<typeof fieldsOf>;

/** An emptied day is taken away. */
function asChange({ embargo_until, expires_on, ...others }: Partial<Fields>): EditContent {
  return {
    ...others,
    ...(embargo_until === undefined ? {} : { embargo_until: embargo_until || null }),
    ...(expires_on === undefined ? {} : { expires_on: expires_on || null }),
  };
}

function EditForm({ content, onClose }: { content: Content; onClose: () => void }) {
  const cache = useQueryClient();
  const keep = useKeepContent();
  const editing = useVersionedForm<Content, Fields>({
    record: content,
    fieldsOf,
    labelOf: (field) => text(`content.field.${field}`),
    validate: (fields) => (fields.title.trim() ? {} : { title: text("content.title_missing") }),
    read: () => cache.fetchQuery({ ...contentQuery(content.id), staleTime: 0 }),
    save: (version, changed) => changeContent({ id: content.id, version }, asChange(changed)),
    onSaved: (saved, before) => {
      keep(saved);
      notifyUndo(text("content.saved"), saved.title, async () =>
        keep(await changeContent(saved, asChange(before))),
      );
      onClose();
    },
  });
  const { form } = editing;
  return (
    <form noValidate className={classes.form} onSubmit={editing.submit}>
      <TextInput
        label={text("content.field.title")}
        withAsterisk
        data-autofocus
        {...form.getInputProps("title")}
      />
      <Select
        label={text("content.field.kind")}
        allowDeselect={false}
        data={KINDS.map((one) => ({ value: one, label: text(`content_kind.${one}`) }))}
        {...form.getInputProps("kind")}
      />
      <Select
        label={text("content.field.stage")}
        clearable
        clearButtonProps={{ "aria-label": text("action.clear") }}
        data={STAGES.map((one) => ({ value: one, label: text(`deal_stage.${one}`) }))}
        {...form.getInputProps("stage")}
      />
      <Select
        label={text("content.field.audience")}
        allowDeselect={false}
        data={AUDIENCES.map((one) => ({ value: one, label: text(`audience.${one}`) }))}
        {...form.getInputProps("audience")}
      />
      <TextInput
        type="url"
        label={text("content.field.url")}
        description={text("content.field.url_hint")}
        {...form.getInputProps("url")}
      />
      <Textarea
        label={text("content.field.body")}
        autosize
        minRows={4}
        maxRows={16}
        {...form.getInputProps("body")}
      />
      <TextInput
        type="date"
        label={text("content.field.embargo_until")}
        {...form.getInputProps("embargo_until")}
      />
      <TextInput type="date" label={text("content.field.expires_on")} {...form.getInputProps("expires_on")} />
      <TermsField
        label={text("content.field.terms")}
        description={text("content.field.terms_hint")}
        {...form.getInputProps("terms")}
      />
      {editing.problem}
      <div className={classes.actions}>
        <Button type="submit" loading={editing.isSaving} disabled={editing.isStale}>
          {text("action.save")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {text("action.cancel")}
        </Button>
      </div>
    </form>
  );
}
