import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useAttemptKey } from "../../api/attempt-key";
import { contentQuery } from "../../api/content-queries";
import { fieldMessages } from "../../api/problem";
import type { CreateContent } from "../../api/types";
import { createContent } from "../../api/writes";
import classes from "../../parts/form.module.css";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { notifyDone } from "../../ui/notify";
import { SidePanel } from "../../ui/SidePanel";
import { FormProblem } from "../../ui/states";
import { KINDS } from "./words";

/** Starts a draft; its page takes the story, the file and the tags. */
export function NewContentSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <SidePanel title={text("content.new_title")} opened={opened} onClose={onClose}>
      {opened ? <NewContentForm onClose={onClose} /> : null}
    </SidePanel>
  );
}

function NewContentForm({ onClose }: { onClose: () => void }) {
  const keyFor = useAttemptKey();
  const cache = useQueryClient();
  const router = useRouter();
  const form = useForm<CreateContent>({
    initialValues: { title: "", kind: "case_study" },
    validate: { title: (value) => (value.trim() ? null : text("content.title_missing")) },
  });
  const adding = useMutation({
    mutationFn: (input: CreateContent) => createContent(input, keyFor(input)),
    onSuccess: (made) => {
      notifyDone(text("content.created"), made.title);
      cache.setQueryData(contentQuery(made.id).queryKey, made);
      void cache.invalidateQueries({ queryKey: ["content", "list"] });
      void router.navigate({ href: `${paths.contentPiece(made.id)}?edit=yes` });
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const add = () => {
    if (!adding.isPending && !form.validate().hasErrors) adding.mutate(form.getValues());
  };
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <p className="soft">{text("content.new_lead")}</p>
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
      <FormProblem error={adding.error} onRetry={add} />
      <div className={classes.actions}>
        <Button type="submit" loading={adding.isPending}>
          {text("content.create")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {text("action.cancel")}
        </Button>
      </div>
    </form>
  );
}
