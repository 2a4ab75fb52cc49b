//! "I used X on deal Y", in ten seconds: prefilled from the page it is opened over.

import "../text/uses";
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useAttemptKey } from "../api/attempt-key";
import { fieldMessages } from "../api/problem";
import { advocateQuery, opportunityQuery } from "../api/queries";
import type { LogUse } from "../api/types";
import { logUse, takeBackUse } from "../api/writes";
import { formatDay } from "../format/format";
import { text } from "../text/text";
import { Grade } from "../ui/Grade";
import { notifyUndo } from "../ui/notify";
import { SidePanel } from "../ui/SidePanel";
import { FormProblem } from "../ui/states";
import { ActivitySelect, DEFAULT_ACTIVITY } from "./ActivitySelect";
import { AdvocateSearch } from "./AdvocateSearch";
import { DealSelect } from "./DealSelect";
import classes from "./form.module.css";
import { hasRole, useSession } from "./session";
import { useUsesChanged } from "./use-uses-changed";

/** What the page it is opened over already says. */
export interface UseStart {
  advocate?: string;
  deal?: string;
}

interface Props {
  start: UseStart | null;
  onClose: () => void;
}

export function LogUseSheet({ start, onClose }: Props) {
  return (
    <SidePanel title={text("uses.title")} opened={start !== null} onClose={onClose}>
      {start ? <LogUseForm start={start} onClose={onClose} /> : null}
    </SidePanel>
  );
}

function LogUseForm({ start, onClose }: { start: UseStart; onClose: () => void }) {
  const session = useSession();
  const { today } = session;
  // Press, analysts and events have no deal; neither has an owner's own customer.
  const needsDeal = !hasRole(session, "stakeholder", "program", "owner");
  const keyFor = useAttemptKey();
  const changed = useUsesChanged();
  const form = useForm({
    initialValues: {
      advocate_id: start.advocate ?? null,
      opportunity_id: start.deal ?? null,
      activity: DEFAULT_ACTIVITY,
      used_on: today,
      grade: null as number | null,
    },
    validate: {
      advocate_id: (value) => (value ? null : text("uses.advocate_missing")),
      opportunity_id: (value) => (value || !needsDeal ? null : text("uses.deal_missing")),
      used_on: (value) =>
        value === "" ? text("uses.day_missing") : value > today ? text("uses.day_future") : null,
    },
  });
  const logging = useMutation({
    mutationFn: (input: LogUse) => logUse(input, keyFor(input)),
    onSuccess: ({ use, went_past }) => {
      changed(use);
      const who = text("uses.logged_detail", { who: use.display_name, day: formatDay(use.used_on, today) });
      const past = went_past.length > 0 ? text("uses.logged_past", { why: went_past.join(" ") }) : "";
      notifyUndo(text("uses.logged"), [who, past].filter(Boolean).join(" "), async () => {
        await takeBackUse(use);
        changed(use);
      });
      onClose();
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const save = () => {
    if (logging.isPending || form.validate().hasErrors) return;
    const { advocate_id, opportunity_id, grade, ...rest } = form.getValues();
    if (advocate_id)
      logging.mutate({
        ...rest,
        advocate_id,
        opportunity_id: opportunity_id ?? undefined,
        grade: grade ?? undefined,
      });
  };
  const { values, errors, setFieldValue } = form;
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className="soft">{text("uses.lead")}</p>
      {start.advocate ? (
        <KnownAdvocate id={start.advocate} />
      ) : (
        <AdvocateSearch
          isFirst
          label={text("uses.advocate")}
          description={text("uses.advocate_hint")}
          value={values.advocate_id}
          error={errors.advocate_id}
          onChange={(next) => setFieldValue("advocate_id", next)}
        />
      )}
      {start.deal ? (
        <KnownDeal id={start.deal} />
      ) : (
        <AnyDeal
          value={values.opportunity_id}
          error={errors.opportunity_id}
          onChange={(next) => setFieldValue("opportunity_id", next)}
        />
      )}
      <ActivitySelect
        label={text("uses.activity")}
        value={values.activity}
        onChange={(activity) => setFieldValue("activity", activity)}
      />
      <TextInput type="date" max={today} label={text("uses.used_on")} {...form.getInputProps("used_on")} />
      <Grade
        name="grade"
        legend={text("uses.grade")}
        low={text("uses.grade_low")}
        high={text("uses.grade_high")}
        value={values.grade}
        onChange={(grade) => setFieldValue("grade", grade)}
      />
      <FormProblem error={logging.error} onRetry={save} />
      <div className={classes.actions}>
        <Button type="submit" loading={logging.isPending}>
          {text("uses.save")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {text("action.cancel")}
        </Button>
      </div>
    </form>
  );
}

function KnownAdvocate({ id }: { id: string }) {
  const name = useQuery(advocateQuery(id)).data?.display_name ?? text("state.loading");
  return <TextInput label={text("uses.advocate")} readOnly value={name} />;
}

function KnownDeal({ id }: { id: string }) {
  const name = useQuery(opportunityQuery(id)).data?.name ?? text("state.loading");
  return <TextInput label={text("uses.deal")} readOnly value={name} />;
}

interface SearchProps {
  value: string | null;
  onChange: (value: string | null) => void;
  error?: ReactNode;
}

function AnyDeal(props: SearchProps) {
  const scope = hasRole(useSession(), "program") ? "all" : "mine";
  return <DealSelect {...props} label={text("uses.deal")} among={{ scope }} />;
}
