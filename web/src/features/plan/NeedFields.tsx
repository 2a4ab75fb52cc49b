import {
  NumberInput,
  type NumberInputProps,
  Select,
  type SelectProps,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accountsQuery } from "../../api/queries";
import type { Activity, Need } from "../../api/types";
import { ACTIVITIES } from "../../parts/ActivitySelect";
import { TermsField } from "../../parts/TermsField";
import { text } from "../../text/text";
import { SearchSelect } from "../../ui/SearchSelect";
import { NEED_KINDS } from "./needs";

const WANTED_MAX = 100;

/** A need as its form has it. */
export interface NeedForm {
  title: string;
  kind: Need["kind"];
  activity: Activity;
  wanted: number | string;
  need_on: string;
  account_id: string | null;
  terms: string[];
  note: string;
}

export function needProblems(fields: NeedForm): Partial<Record<keyof NeedForm, string>> {
  return {
    ...(fields.title.trim() === "" ? { title: text("plan.needs.title_missing") } : {}),
    ...(fields.need_on === "" ? { need_on: text("plan.needs.day_missing") } : {}),
    ...(typeof fields.wanted === "number" ? {} : { wanted: text("plan.needs.wanted_missing") }),
  };
}

interface Props {
  form: UseFormReturnType<NeedForm>;
  /** The customer that the need names already. */
  account?: Need["account"];
}

/** The fields of a need: who needs what, on which day, of which profile. */
export function NeedFields({ form, account }: Props) {
  return (
    <>
      <TextInput
        label={text("plan.needs.field.title")}
        withAsterisk
        data-autofocus
        maxLength={200}
        {...form.getInputProps("title")}
      />
      <KindField {...form.getInputProps("kind")} />
      <ActivityField {...form.getInputProps("activity")} />
      <TextInput
        type="date"
        label={text("plan.needs.field.need_on")}
        withAsterisk
        {...form.getInputProps("need_on")}
      />
      <WantedField label={text("plan.needs.field.wanted")} {...form.getInputProps("wanted")} />
      <TermsField
        label={text("plan.needs.field.terms")}
        description={text("plan.needs.terms_hint")}
        {...form.getInputProps("terms")}
      />
      <AccountSearch kept={account ?? null} {...form.getInputProps("account_id")} />
      <Textarea
        label={text("plan.needs.field.note")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        {...form.getInputProps("note")}
      />
    </>
  );
}

/** Of which kind a need is, such as press or an event. */
export function KindField(props: Omit<SelectProps, "label" | "data" | "allowDeselect">) {
  return (
    <Select
      label={text("plan.needs.field.kind")}
      allowDeselect={false}
      data={NEED_KINDS.map((one) => ({ value: one, label: text(`plan.needs.kind.${one}`) }))}
      {...props}
    />
  );
}

/** What the advocates of a need are asked for. */
export function ActivityField(props: Omit<SelectProps, "label" | "data" | "allowDeselect">) {
  return (
    <Select
      label={text("plan.needs.field.activity")}
      allowDeselect={false}
      data={ACTIVITIES.map((one) => ({ value: one, label: text(`activity.${one}`) }))}
      {...props}
    />
  );
}

/** How many advocates are wanted. */
export function WantedField(props: Omit<NumberInputProps, "min" | "max" | "allowDecimal">) {
  return <NumberInput min={1} max={WANTED_MAX} allowDecimal={false} {...props} />;
}

interface AccountProps {
  kept: Need["account"];
  value?: string | null;
  onChange?: (value: string | null) => void;
  error?: React.ReactNode;
}

function AccountSearch({ kept, value = null, onChange, error }: AccountProps) {
  const [asked, setAsked] = useState("");
  const query = useInfiniteQuery(accountsQuery({ q: asked || undefined }));
  const rows = query.data?.pages[0]?.items ?? [];
  return (
    <SearchSelect
      label={text("plan.needs.field.account_id")}
      description={text("plan.needs.account_hint")}
      found={rows.map((row) => ({ value: row.id, label: row.name }))}
      known={kept ? { value: kept.id, label: kept.name } : undefined}
      onAsk={setAsked}
      value={value}
      onChange={(next) => onChange?.(next)}
      nothing={text(query.isPending ? "state.loading" : "plan.needs.account_none")}
      clear={text("action.clear")}
      error={error}
    />
  );
}
