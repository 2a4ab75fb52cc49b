import "../../text/asks";
import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { recordConsent } from "../../api/fulfilment";
import { fieldMessages } from "../../api/problem";
import type { Advocate, RecordConsent as Entry } from "../../api/types";
import { ACTIVITIES } from "../../parts/ActivitySelect";
import layout from "../../parts/form.module.css";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { FormDialog } from "../../ui/FormDialog";
import { notifyDone } from "../../ui/notify";
import { FormProblem } from "../../ui/states";
import { type There, Whereabouts } from "./Whereabouts";

const KINDS: readonly Entry["kind"][] = ["given", "withdrawn"];
const SOURCES = ["call", "mail", "contract", "signed_link"] as const satisfies readonly Entry["source"][];

/** Adds to the record of what the customer agreed to. */
export function RecordConsent({ advocate }: { advocate: Advocate }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {text("asks.record.open")}
      </Button>
      {isOpen ? <ConsentDialog advocate={advocate} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ConsentDialog({ advocate, onClose }: { advocate: Advocate; onClose: () => void }) {
  const { today } = useSession();
  const cache = useQueryClient();
  const keyFor = useAttemptKey();
  const form = useForm({
    initialValues: {
      kind: "given" as Entry["kind"],
      activity: "",
      source: "call" as Entry["source"],
      there: { channel: undefined, region: "" } as There,
      text_version: "",
      valid_until: "",
      agrees_ahead: false,
    },
    validate: { text_version: (value) => (value.trim() ? null : text("asks.record.version_missing")) },
  });
  const sending = useMutation({
    mutationFn: (input: Entry) => recordConsent(advocate.id, input, keyFor(input)),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["advocate", advocate.id] });
      void cache.invalidateQueries({ queryKey: ["matches"] });
      notifyDone(text("asks.record.done"));
      onClose();
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const { values, errors, setFieldValue } = form;
  const isGiven = values.kind === "given";
  const activity = ACTIVITIES.find((one) => one === values.activity);
  const isLimited = values.there.channel !== undefined || values.there.region !== "";
  const save = () => {
    if (sending.isPending || form.validate().hasErrors) return;
    sending.mutate({
      kind: values.kind,
      activity,
      source: values.source,
      channel: values.there.channel,
      region_id: values.there.region || undefined,
      text_version: values.text_version.trim(),
      valid_until: (isGiven && values.valid_until) || undefined,
      agrees_ahead: isGiven && activity !== undefined && !isLimited && values.agrees_ahead,
    });
  };
  return (
    <FormDialog title={text("asks.record.title")} onClose={onClose}>
      <form
        noValidate
        className={layout.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p className="soft">{text("asks.record.why")}</p>
        <NativeSelect
          label={text("asks.record.kind")}
          value={values.kind}
          onChange={(event) =>
            setFieldValue("kind", KINDS.find((one) => one === event.currentTarget.value) ?? "given")
          }
          data={KINDS.map((one) => ({ value: one, label: text(`asks.record.kinds.${one}`) }))}
        />
        <NativeSelect
          label={text("asks.record.activity")}
          value={values.activity}
          onChange={(event) => setFieldValue("activity", event.currentTarget.value)}
          data={[
            { value: "", label: text("asks.record.everything") },
            ...ACTIVITIES.map((one) => ({ value: one, label: text(`activity.${one}`) })),
          ]}
        />
        <Whereabouts
          there={values.there}
          open={{ channel: text("asks.there.any_channel"), region: text("asks.there.any_region") }}
          error={errors.region_id as string | undefined}
          onChange={(there) => setFieldValue("there", there)}
        />
        <NativeSelect
          label={text("asks.record.source")}
          value={values.source}
          onChange={(event) =>
            setFieldValue("source", SOURCES.find((one) => one === event.currentTarget.value) ?? "call")
          }
          data={SOURCES.map((one) => ({ value: one, label: text(`asks.record.sources.${one}`) }))}
        />
        <TextInput
          label={text("asks.record.version")}
          description={text("asks.record.version_hint")}
          maxLength={100}
          value={values.text_version}
          error={errors.text_version}
          onChange={(event) => setFieldValue("text_version", event.currentTarget.value)}
        />
        {isGiven ? (
          <TextInput
            type="date"
            min={today}
            label={text("asks.record.until")}
            value={values.valid_until}
            error={errors.valid_until}
            onChange={(event) => setFieldValue("valid_until", event.currentTarget.value)}
          />
        ) : null}
        {isGiven && activity && !isLimited ? (
          <Checkbox
            label={text("asks.record.ahead")}
            description={text("asks.record.ahead_hint")}
            checked={values.agrees_ahead}
            error={errors.agrees_ahead}
            onChange={(event) => setFieldValue("agrees_ahead", event.currentTarget.checked)}
          />
        ) : null}
        <FormProblem error={sending.error} />
        <div className={layout.actions}>
          <Button type="submit" loading={sending.isPending}>
            {text("asks.record.save")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {text("action.cancel")}
          </Button>
        </div>
      </form>
    </FormDialog>
  );
}
