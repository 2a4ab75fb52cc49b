import { Button, PasswordInput, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import * as z from "zod/mini";
import { fieldMessages } from "../../api/problem";
import { sessionQuery, setupQuery } from "../../api/queries";
import { setUp } from "../../api/writes";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";
import { Doorway } from "./Doorway";
import classes from "./Doorway.module.css";

const PASSWORD_MIN = 12;

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, { error: () => text("session.name_missing") })),
  email: z.email({ error: () => text("session.email_wrong") }),
  password: z.string().check(z.minLength(PASSWORD_MIN, { error: () => text("session.password_short") })),
  code: z.string(),
});

export function FirstRunPage() {
  const setup = useQuery(setupQuery());
  return (
    <Doorway title={text("session.first_run")} lead={text("session.first_run_lead")}>
      {setup.isPending ? (
        <Loading rows={3} />
      ) : setup.isError ? (
        <Failed error={setup.error} onRetry={() => void setup.refetch()} />
      ) : setup.data.needed ? (
        <FirstRunForm needsCode={setup.data.code_needed} />
      ) : (
        <Empty
          title={text("session.set_up_done")}
          why={text("session.set_up_done_detail")}
          next={<AppLink href={paths.signIn()}>{text("session.sign_in")}</AppLink>}
        />
      )}
    </Doorway>
  );
}

function FirstRunForm({ needsCode }: { needsCode: boolean }) {
  const router = useRouter();
  const cache = useQueryClient();
  const form = useForm({
    initialValues: { name: "", email: "", password: "", code: "" },
    validate: schemaResolver(schema, { sync: true }),
  });
  const sending = useMutation({
    mutationFn: setUp,
    onSuccess: (session) => {
      cache.setQueryData(sessionQuery().queryKey, session);
      cache.setQueryData(setupQuery().queryKey, { needed: false, code_needed: needsCode });
      void router.navigate({ href: paths.home(), replace: true });
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  return (
    <form noValidate className={classes.form} onSubmit={form.onSubmit((values) => sending.mutate(values))}>
      <TextInput autoComplete="name" label={text("session.name")} {...form.getInputProps("name")} />
      <TextInput
        type="email"
        autoComplete="username"
        label={text("session.email")}
        {...form.getInputProps("email")}
      />
      <PasswordInput
        autoComplete="new-password"
        label={text("session.password")}
        description={text("session.password_hint")}
        {...form.getInputProps("password")}
      />
      {needsCode && (
        <TextInput
          autoComplete="one-time-code"
          label={text("session.setup_code")}
          description={text("session.setup_code_hint")}
          {...form.getInputProps("code")}
        />
      )}
      <FormProblem error={sending.error} />
      <Button type="submit" loading={sending.isPending} fullWidth>
        {text("session.create")}
      </Button>
      <p className="meta">{text("session.after_setup")}</p>
    </form>
  );
}
