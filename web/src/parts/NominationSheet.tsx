import "../text/nomination";
import { Autocomplete, Button, Textarea, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { useAttemptKey } from "../api/attempt-key";
import { knownNomineeQuery } from "../api/nomination-queries";
import { fieldMessages } from "../api/problem";
import type { AskKnown, Nominate } from "../api/types";
import { nominate } from "../api/writes";
import { text } from "../text/text";
import { notifyDone } from "../ui/notify";
import { SidePanel } from "../ui/SidePanel";
import { FormProblem } from "../ui/states";
import { AlreadyAdvocate } from "./nomination/AlreadyAdvocate";
import { NeededNow } from "./nomination/NeededNow";
import { OwnNominations } from "./nomination/OwnNominations";
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
    <SidePanel title={text("nomination.title")} opened={opened} onClose={onClose}>
      {opened ? (
        <div className={classes.sheet}>
          <NominationForm account={account} target={target} onClose={onClose} />
          <OwnNominations />
        </div>
      ) : null}
    </SidePanel>
  );
}

const schema = z.object({
  account_name: z
    .string()
    .check(z.trim(), z.minLength(1, { error: () => text("nomination.account_missing") })),
  name: z.string().check(z.trim(), z.minLength(1, { error: () => text("nomination.name_missing") })),
  title: z.string(),
  email: z.union([z.literal(""), z.email({ error: () => text("session.email_wrong") })]),
  why: z.string(),
});

/** How long nobody types before the server is asked what it knows. */
const REST_MS = 300;

/** What is known of the company and the person that the form names so far. */
function useKnown(account: Props["account"], fields: { account_name: string; name: string; email: string }) {
  const company = fields.account_name.trim();
  const typed: AskKnown = {
    ...(account ? { account_id: account.id } : { account_name: company }),
    name: fields.name.trim(),
    email: fields.email.trim(),
  };
  const [ask] = useDebouncedValue(JSON.stringify(typed), REST_MS);
  const isAsking = typed.email !== "" || typed.name !== "" || company.length > 1;
  const query = useQuery({ ...knownNomineeQuery(JSON.parse(ask)), enabled: isAsking });
  return isAsking ? query.data : undefined;
}

function NominationForm({ account, target, onClose }: Omit<Props, "opened">) {
  const keyFor = useAttemptKey();
  const cache = useQueryClient();
  const [chosen, setChosen] = useState<string | undefined>();
  const form = useForm({
    initialValues: { account_name: account?.name ?? "", name: "", title: "", email: "", why: "" },
    validate: schemaResolver(schema, { sync: true }),
  });
  const known = useKnown(account, form.getValues());
  const sending = useMutation({
    mutationFn: (input: Nominate) => nominate(input, keyFor(input)),
    onSuccess: (_, input) => {
      notifyDone(text("nomination.sent"), text("nomination.sent_detail", { name: input.name }));
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
      target_id: target?.id ?? chosen,
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
      <p className="soft">{text("nomination.lead")}</p>
      {target ? <p>{text("nomination.target", { target: target.name })}</p> : null}
      {account ? (
        <TextInput label={text("nomination.account")} withAsterisk readOnly value={account.name} />
      ) : (
        <Autocomplete
          label={text("nomination.account")}
          description={text("nomination.account_hint")}
          withAsterisk
          data-autofocus
          data={[...new Set(known?.accounts.map((one) => one.name))]}
          // The server has looked.
          filter={({ options }) => options}
          {...form.getInputProps("account_name")}
        />
      )}
      <TextInput
        label={text("nomination.name")}
        withAsterisk
        data-autofocus={account ? true : undefined}
        {...form.getInputProps("name")}
      />
      <TextInput label={text("nomination.job")} {...form.getInputProps("title")} />
      <TextInput type="email" label={text("nomination.email")} {...form.getInputProps("email")} />
      <AlreadyAdvocate advocate={known?.advocate ?? null} />
      <Textarea
        label={text("nomination.why")}
        description={text("nomination.why_hint")}
        autosize
        minRows={3}
        {...form.getInputProps("why")}
      />
      {target ? null : <NeededNow target={chosen} onChange={setChosen} />}
      <FormProblem error={sending.error} onRetry={send} />
      <div className={classes.send}>
        <Button type="submit" loading={sending.isPending}>
          {text("nomination.send")}
        </Button>
        <span className="meta for-keys">{text("requests.send_keys")}</span>
      </div>
    </form>
  );
}
