import { Button, CopyButton, TextInput } from "@mantine/core";
import { type GetInputPropsReturnType, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../api/attempt-key";
import { fieldMessages } from "../api/problem";
import type { ShareContent } from "../api/types";
import { shareContent } from "../api/writes";
import { addDays } from "../format/format";
import { text } from "../text/text";
import { SidePanel } from "../ui/SidePanel";
import { FormProblem, Notice } from "../ui/states";
import { DealSelect } from "./DealSelect";
import classes from "./form.module.css";
import { useSession } from "./session";

/** How long a link works when nobody says otherwise, as on the server. */
export const DAYS_DEFAULT = 30;

interface Props {
  content: { id: string; title: string } | null;
  /** Known when it is sent from a deal's page. */
  deal?: { id: string; name: string };
  onClose: () => void;
}

/** Makes a link to content for one deal and shows it once. */
export function ShareSheet({ content, deal, onClose }: Props) {
  return (
    <SidePanel title={text("content.shared.title")} opened={content !== null} onClose={onClose}>
      {content ? <ShareForm content={content} deal={deal} onClose={onClose} /> : null}
    </SidePanel>
  );
}

interface FormProps extends Props {
  content: { id: string; title: string };
}

function ShareForm({ content, deal, onClose }: FormProps) {
  const { today } = useSession();
  const keyFor = useAttemptKey();
  const cache = useQueryClient();
  const [made, setMade] = useState<{ url: string | null } | null>(null);
  const form = useForm({
    initialValues: { opportunity_id: deal?.id ?? "", expires_on: addDays(today, DAYS_DEFAULT) },
    validate: { opportunity_id: (value) => (value ? null : text("content.shared.deal_missing")) },
  });
  const sending = useMutation({
    mutationFn: (input: ShareContent) => shareContent(content.id, input, keyFor(input)),
    onSuccess: ({ url, share }) => {
      setMade({ url });
      void cache.invalidateQueries({ queryKey: ["shares", share.opportunity_id] });
      void cache.invalidateQueries({ queryKey: ["timeline", "opportunities", share.opportunity_id] });
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  if (made) return <Made title={content.title} url={made.url} onClose={onClose} />;
  const send = () => {
    if (!sending.isPending && !form.validate().hasErrors) sending.mutate(form.getValues());
  };
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h3>{content.title}</h3>
      <p className="soft">{text("content.shared.lead")}</p>
      {deal ? (
        <TextInput label={text("content.shared.deal")} readOnly value={deal.name} />
      ) : (
        <DealSelect
          label={text("content.shared.deal")}
          value={form.values.opportunity_id || null}
          onChange={(chosen) => form.setFieldValue("opportunity_id", chosen ?? "")}
          error={form.errors.opportunity_id}
        />
      )}
      <LinkFields
        until={form.getInputProps("expires_on")}
        sending={sending}
        onRetry={send}
        onClose={onClose}
      />
    </form>
  );
}

interface LinkProps {
  until: GetInputPropsReturnType;
  sending: { error: unknown; isPending: boolean };
  onRetry: () => void;
  onClose: () => void;
}

/** The end of every form that makes a link: how long it works, what went wrong, and the buttons. */
export function LinkFields({ until, sending, onRetry, onClose }: LinkProps) {
  const { today } = useSession();
  return (
    <>
      <TextInput type="date" label={text("content.shared.until")} min={today} {...until} />
      <FormProblem error={sending.error} onRetry={onRetry} />
      <div className={classes.actions}>
        <Button type="submit" loading={sending.isPending}>
          {text("content.shared.make")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {text("action.cancel")}
        </Button>
      </div>
    </>
  );
}

/** The link, shown this once. */
export function Made({ title, url, onClose }: { title: string; url: string | null; onClose: () => void }) {
  if (url === null) return <Notice tone="ask" title={text("content.shared.again")} />;
  return (
    <div className={classes.form} role="status">
      <h3>{title}</h3>
      <Notice tone="free" title={text("content.shared.made")}>
        {text("content.shared.made_why")}
      </Notice>
      <TextInput
        label={text("content.shared.link")}
        readOnly
        value={url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={classes.actions}>
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button onClick={copy} data-autofocus>
              {text(copied ? "content.shared.copied" : "content.shared.copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {text("action.close")}
        </Button>
      </div>
    </div>
  );
}
