import { Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import type { Opportunity } from "../../api/types";
import { changeOpportunity } from "../../api/writes";
import { InlineField, type InlineRecord } from "../../parts/inline/InlineField";
import { InlineTags } from "../../parts/inline/InlineTags";
import { AccountSelect, PersonSelect } from "../../parts/inline/NamedSelect";
import { text } from "../../text/text";
import { Details } from "../../ui/Details";
import { Section } from "../../ui/Section";
import { changeOf, type DealFields, fieldsOf, useDealEdits, wordsOf } from "./deal-record";
import { MoneyInput } from "./MoneyInput";

const FIELDS = [
  "name",
  "account",
  "owner",
  "status",
  "stage",
  "kind",
  "amount",
  "close_on",
  "reference_stage_on",
  "budget_confirmed",
  "not_needed_reason",
] as const;
type Field = (typeof FIELDS)[number];

const STATUSES = ["open", "won", "lost"] as const;
const KINDS = ["new", "expansion", "renewal"] as const;
const YES_NO = ["yes", "no"] as const;
const STAGES = ["early", "middle", "late"] as const;

/** The facts of a deal, each changed where it stands. */
export function DealDetails({ deal }: { deal: Opportunity }) {
  const of: InlineRecord<Opportunity, DealFields> = {
    ...useDealEdits(deal),
    record: deal,
    canEdit: deal.can_edit,
    fieldsOf,
    labelOf: (field) => text(`opportunities.field.${field}`),
    show: (field, value) => wordsOf({ ...fieldsOf(deal), [field]: value }, field),
    validate: ({ name }) => (name.trim() === "" ? { name: text("opportunities.name_missing") } : {}),
    save: (version, changed) => changeOpportunity({ id: deal.id, version }, changeOf(changed)),
  };
  const rows = FIELDS.map((field) => ({
    label: of.labelOf(field),
    value: (
      <InlineField of={of} field={field} input={(form, label) => inputOf(field, form, label)}>
        <bdi>{shown(deal, field)}</bdi>
      </InlineField>
    ),
  }));
  return (
    <Section title={text("opportunities.details")}>
      <Details rows={rows} />
    </Section>
  );
}

/** What a deal is tagged with; its stage has a field of its own. */
export function DealTags({ deal }: { deal: Opportunity }) {
  return (
    <Section title={text("opportunities.tags")}>
      <InlineTags
        {...useDealEdits(deal)}
        record={deal}
        without="deal_stage"
        save={(version, changed) => changeOpportunity({ id: deal.id, version }, changed)}
      />
    </Section>
  );
}

/** A value, with what a file or the CRM calls it where that is all there is, or where both say something. */
function shown(deal: Opportunity, field: Field): string {
  const words = wordsOf(fieldsOf(deal), field);
  switch (field) {
    case "account":
      return words || (deal.account_raw ? unmatched(deal.account_raw) : text("state.none"));
    case "owner":
      return words || (deal.owner_raw ? unmatched(deal.owner_raw) : text("opportunities.no_owner"));
    case "stage":
      if (words && deal.stage_raw && words !== deal.stage_raw)
        return text("opportunities.crm_stage", { stage: words, written: deal.stage_raw });
      return words || deal.stage_raw || text("state.none");
    default:
      return words || text("state.none");
  }
}

const unmatched = (written: string) => `${written} (${text("opportunities.account_unmatched")})`;

function inputOf(field: Field, form: UseFormReturnType<DealFields>, label: string): ReactNode {
  const input = { "aria-label": label, ...form.getInputProps(field) };
  switch (field) {
    case "account":
      return <AccountSelect label={label} {...form.getInputProps(field)} />;
    case "owner":
      return <PersonSelect label={label} {...form.getInputProps(field)} />;
    case "amount":
      return <MoneyInput label={label} {...form.getInputProps(field)} />;
    case "status":
      return (
        <Select
          allowDeselect={false}
          data={STATUSES.map((value) => ({ value, label: text(`opportunity_status.${value}`) }))}
          {...input}
        />
      );
    case "kind":
      return (
        <Select
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: text(`opportunity_kind.${value}`) }))}
          {...input}
        />
      );
    case "budget_confirmed":
      return (
        <Select
          allowDeselect={false}
          data={YES_NO.map((value) => ({ value, label: text(`opportunities.budget.${value}`) }))}
          {...input}
        />
      );
    case "stage":
      return (
        <Select
          clearable
          clearButtonProps={{ "aria-label": text("action.clear") }}
          data={STAGES.map((value) => ({ value, label: text(`deal_stage.${value}`) }))}
          {...input}
        />
      );
    case "close_on":
    case "reference_stage_on":
      return <TextInput type="date" {...input} />;
    default:
      return <TextInput maxLength={field === "name" ? 300 : 500} {...input} />;
  }
}
