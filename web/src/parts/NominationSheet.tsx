import { Button, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import * as z from "zod/mini";
import { useAttemptKey } from "../api/attempt-key";
import { fieldMessages } from "../api/problem";
import type { Nominate } from "../api/types";
import { nominate } from "../api/writes";
import { text } from "../text/text";
import { notifyDone } from "../ui/notify";
import { SidePanel } from "../ui/SidePanel";
import { FormProblem } from "../ui/states";
import classes from "./RequestSheet.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
  /** Known when nominated from an account's page. */
  account?: { id: string; name: string };
  /** The recruiting target that it counts for. */
  target?: { id: string; name: string } | undefined;
}

/** Proposing a customer as an advocate, in half a minute. */
export function NominationSheet({ opened, onClose, account, target }: Props) {
  return (
    <SidePanel title={text("advocates.nomination.title")} opened={opened} onClose={onClose}>
      {opened ? <NominationForm account={account} target={target} onClose={onClose} /> : null}
    </SidePanel>
  );
}

const schema = z.object({
  account_name: z.string().check(z.trim(), z.minLength(1, text("advocates.nomination.account_missing"))),
  name: z.string().check(z.trim(), z.minLength(1, text("advocates.nomination.name_missing"))),
  title: z.string(),
  email: z.union([z.literal(""), z.email(text("session.email_wrong"))]),
  why: z.string(),
});

function NominationForm({ account, target, onClose }: Omit<Props, "opened">) {
  const keyFor = useAttemptKey();
  const cache = useQueryClient();
  const form = useForm({
    initialValues: { account_name: account?.name ?? "", name: "", title: "", email: "", why: "" },
    validate: schemaResolver(schema, { sync: true }),
  });
  const sending = useMutation({
    mutationFn: (input: Nominate) => nominate(input, keyFor(input)),
    onSuccess: (_, input) => {
      notifyDone(
        text("advocates.nomination.sent"),
        text("advocates.nomination.sent_detail", { name: input.name }),
      );
      void cache.invalidateQueries({ queryKey: ["advocates"] });
      void cache.invalidateQueries({ queryKey: ["contacts"] });
      void cache.invalidateQueries({ queryKey: ["plan"] });
      onClose();
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const send = () => {
    if (sending.isPending || form.validate().hasErrors) return;
    const values = form.getValues();
    const optional = (value: string) => value.trim() || undefined;
    const where = account ? { account_id: account.id } : { account_name: values.account_name.trim() };
    sending.mutate({
      ...where,
      name: values.name.trim(),
      title: optional(values.title),
      email: optional(values.email),
      why: optional(values.why),
      target_id: target?.id,
    });
  };
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          send();
        }
      }}
    >
      <p className="soft">{text("advocates.nomination.lead")}</p>
      {target ? <p>{text("advocates.nomination.target", { target: target.name })}</p> : null}
      <TextInput
        label={text("advocates.nomination.account")}
        description={account ? undefined : text("advocates.nomination.account_hint")}
        withAsterisk
        readOnly={account !== undefined}
        data-autofocus={account ? undefined : true}
        {...form.getInputProps("account_name")}
      />
      <TextInput
        label={text("advocates.nomination.name")}
        withAsterisk
        data-autofocus={account ? true : undefined}
        {...form.getInputProps("name")}
      />
      <TextInput label={text("advocates.nomination.job")} {...form.getInputProps("title")} />
      <TextInput type="email" label={text("advocates.nomination.email")} {...form.getInputProps("email")} />
      <Textarea
        label={text("advocates.nomination.why")}
        description={text("advocates.nomination.why_hint")}
        autosize
        minRows={3}
        {...form.getInputProps("why")}
      />
      <FormProblem error={sending.error} onRetry={send} />
      <div className={classes.send}>
        <Button type="submit" loading={sending.isPending}>
          {text("advocates.nomination.send")}
        </Button>
        <span className="meta">{text("requests.send_keys")}</span>
      </div>
    </form>
  );
}
