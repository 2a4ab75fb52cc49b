import "../../text/administration";
import { Button, Checkbox, CopyButton, SegmentedControl, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { fieldMessages } from "../../api/problem";
import type { NewToken, Permission } from "../../api/types";
import { makeToken } from "../../api/writes";
import { addDays, formatDay } from "../../format/format";
import layout from "../../parts/form.module.css";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { SidePanel } from "../../ui/SidePanel";
import { FormProblem, Notice } from "../../ui/states";
import classes from "./TokensPage.module.css";

/** How long a token lives, in days; the shortest that does the job is the safest. */
const LIVES = ["30", "90", "365"];
const LIFE_DEFAULT = "90";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function NewTokenSheet({ opened, onClose }: Props) {
  return (
    <SidePanel title={text("tokens.add")} opened={opened} onClose={onClose}>
      {opened ? <Making onClose={onClose} /> : null}
    </SidePanel>
  );
}

function Making({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const cache = useQueryClient();
  const keyFor = useAttemptKey();
  const [secret, setSecret] = useState<string | null>(null);
  const form = useForm({
    initialValues: { name: "", life: LIFE_DEFAULT, scopes: [] as Permission[] },
    validate: {
      name: (name) => (name.trim() === "" ? text("tokens.name_missing") : null),
      scopes: (scopes) => (scopes.length === 0 ? text("tokens.scopes_missing") : null),
    },
  });
  const making = useMutation({
    mutationFn: (input: NewToken) => makeToken(input, keyFor(input)),
    onSuccess: (made) => {
      setSecret(made.token);
      void cache.invalidateQueries({ queryKey: ["tokens"] });
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const expiresOn = addDays(session.today, Number(form.values.life));
  const send = form.onSubmit(({ name, scopes }) =>
    making.mutate({ name: name.trim(), scopes, expires_on: expiresOn }),
  );
  if (making.isSuccess) return <Made secret={secret} onClose={onClose} />;
  return (
    <form noValidate className={layout.form} onSubmit={send}>
      <TextInput
        data-autofocus
        label={text("tokens.name")}
        description={text("tokens.name_hint")}
        maxLength={100}
        {...form.getInputProps("name")}
      />
      <div className={classes.life}>
        <span>{text("tokens.life")}</span>
        <SegmentedControl
          size="xs"
          aria-label={text("tokens.life")}
          data={LIVES.map((days) => ({ value: days, label: text("tokens.days", { days }) }))}
          {...form.getInputProps("life")}
        />
        <span className="meta">{text("tokens.until", { day: formatDay(expiresOn) })}</span>
      </div>
      <Checkbox.Group
        label={text("tokens.scopes")}
        description={text("tokens.scopes_hint")}
        {...form.getInputProps("scopes")}
      >
        <div className={classes.scopes}>
          {session.permissions.map((scope) => (
            <Checkbox key={scope} value={scope} label={text(`permission.${scope}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <FormProblem error={making.error} onRetry={() => send()} />
      <div className={layout.actions}>
        <Button type="submit" loading={making.isPending}>
          {text("tokens.add")}
        </Button>
      </div>
    </form>
  );
}

/** The only moment in which the token can be read. */
function Made({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  if (secret === null) return <Notice title={text("tokens.lost")}>{text("tokens.lost_why")}</Notice>;
  return (
    <div className={layout.form}>
      <Notice tone="ask" title={text("tokens.made")}>
        {text("tokens.made_why")}
      </Notice>
      <TextInput
        label={text("tokens.token")}
        readOnly
        value={secret}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={layout.actions}>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button onClick={copy}>{text(copied ? "action.copied" : "action.copy")}</Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {text("tokens.kept")}
        </Button>
      </div>
    </div>
  );
}
