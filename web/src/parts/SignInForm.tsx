import { Button, PasswordInput, TextInput } from "@mantine/core";
import { schemaResolver, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import * as z from "zod/mini";
import { fieldMessages } from "../api/problem";
import { sessionQuery } from "../api/queries";
import type { Session } from "../api/types";
import { signIn } from "../api/writes";
import { text } from "../text/text";
import { FormProblem } from "../ui/states";
import classes from "./SignInForm.module.css";

const schema = z.object({
  email: z.email({ error: () => text("session.email_wrong") }),
  password: z.string().check(z.minLength(1, { error: () => text("session.password_missing") })),
});

interface Props {
  email?: string;
  onSignedIn: (session: Session) => void;
}

export function SignInForm({ email = "", onSignedIn }: Props) {
  const cache = useQueryClient();
  const form = useForm({
    initialValues: { email, password: "" },
    validate: schemaResolver(schema, { sync: true }),
  });
  const sending = useMutation({
    mutationFn: signIn,
    onSuccess: (session) => {
      cache.setQueryData(sessionQuery().queryKey, session);
      onSignedIn(session);
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  return (
    <form noValidate className={classes.form} onSubmit={form.onSubmit((values) => sending.mutate(values))}>
      <TextInput
        type="email"
        autoComplete="username"
        label={text("session.email")}
        data-autofocus={email ? undefined : true}
        {...form.getInputProps("email")}
      />
      <PasswordInput
        autoComplete="current-password"
        label={text("session.password")}
        data-autofocus={email ? true : undefined}
        {...form.getInputProps("password")}
      />
      <FormProblem error={sending.error} />
      <Button type="submit" loading={sending.isPending} fullWidth>
        {text("session.sign_in")}
      </Button>
    </form>
  );
}
