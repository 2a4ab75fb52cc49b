import "../text/holds";
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useAttemptKey } from "../api/attempt-key";
import { putBy } from "../api/holds";
import { fieldMessages } from "../api/problem";
import type { PutBy } from "../api/types";
import { formatDay } from "../format/format";
import { text } from "../text/text";
import { FormDialog } from "../ui/FormDialog";
import { notifyDone } from "../ui/notify";
import { FormProblem } from "../ui/states";
import { ActivitySelect, DEFAULT_ACTIVITY } from "./ActivitySelect";
import { AdvocateSearch } from "./AdvocateSearch";
import { DealSelect } from "./DealSelect";
import classes from "./form.module.css";
import { useSession } from "./session";
import { useHoldsChanged } from "./use-holds-changed";

interface Props {
  /** What the page it is opened over already says. */
  advocate?: string;
  deal?: string;
  onClose: () => void;
}

/** Keeps a use for a deal in the forecast, or waits for one. */
export function HoldDialog({ advocate, deal, onClose }: Props) {
  const { today } = useSession();
  const keyFor = useAttemptKey();
  const changed = useHoldsChanged();
  const form = useForm({
    initialValues: {
      advocate_id: advocate ?? null,
      opportunity_id: deal ?? null,
      activity: DEFAULT_ACTIVITY,
      planned_on: "",
      expires_on: "",
    },
    validate: {
      advocate_id: (value) => (value ? null : text("holds.advocate_missing")),
      opportunity_id: (value) => (value ? null : text("holds.deal_missing")),
      planned_on: (value) => (value ? null : text("holds.planned_missing")),
    },
  });
  const sending = useMutation({
    mutationFn: (input: PutBy) => putBy(input, keyFor(input)),
    onSuccess: (hold) => {
      changed(hold);
      notifyDone(
        hold.state === "waiting"
          ? text("holds.done_waiting", { count: hold.ahead })
          : text("holds.done_held", { day: formatDay(hold.expires_on, today) }),
      );
      onClose();
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const save = () => {
    if (sending.isPending || form.validate().hasErrors) return;
    const { advocate_id, opportunity_id, expires_on, ...rest } = form.getValues();
    if (advocate_id && opportunity_id)
      sending.mutate({ ...rest, advocate_id, opportunity_id, expires_on: expires_on || undefined });
  };
  const { values, errors, setFieldValue } = form;
  return (
    <FormDialog title={text(advocate ? "holds.put_by_deal" : "holds.put_by")} onClose={onClose}>
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p className="soft">{text("holds.why")}</p>
        {advocate ? null : (
          <AdvocateSearch
            isFirst
            label={text("holds.advocate")}
            description={text("holds.advocate_hint")}
            among={{ status: "active" }}
            value={values.advocate_id}
            error={errors.advocate_id}
            onChange={(next) => setFieldValue("advocate_id", next)}
          />
        )}
        {deal ? null : (
          <DealSelect
            isFirst
            label={text("holds.deal")}
            value={values.opportunity_id}
            error={errors.opportunity_id}
            onChange={(next) => setFieldValue("opportunity_id", next)}
          />
        )}
        <ActivitySelect
          label={text("holds.activity")}
          value={values.activity}
          onChange={(activity) => setFieldValue("activity", activity)}
        />
        <TextInput
          type="date"
          min={today}
          label={text("holds.planned_on")}
          {...form.getInputProps("planned_on")}
        />
        <TextInput
          type="date"
          min={today}
          label={text("holds.expires_on")}
          description={text("holds.expires_hint")}
          {...form.getInputProps("expires_on")}
        />
        <FormProblem error={sending.error} onRetry={save} />
        <Button type="submit" loading={sending.isPending}>
          {text("holds.save")}
        </Button>
      </form>
    </FormDialog>
  );
}
