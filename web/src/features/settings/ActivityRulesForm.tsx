import "../../text/administration";
import { Checkbox, NativeSelect, NumberInput } from "@mantine/core";
import type { DealStage, Protection, RuleChange, Settings } from "../../api/types";
import { changeProtection } from "../../api/writes";
import { ACTIVITIES } from "../../parts/ActivitySelect";
import { text } from "../../text/text";
import { type Column, DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Save } from "./ProgramForm";
import { ProtectionPreview } from "./ProtectionPreview";
import { LastChange, RuleHistory } from "./Rule";
import classes from "./Rules.module.css";
import { useSettingForm } from "./use-setting-form";

type Rules = Protection["activities"][number];
type Field = "effort_points" | "notice" | "account_cap" | "account_cap_days" | "amount_min";
/** Numbers that may be left out. */
const OPTIONAL: readonly Field[] = ["account_cap", "amount_min"];
const FIELDS = [
  "effort_points",
  "notice",
  "notice_unit",
  "account_cap",
  "account_cap_days",
  "stage_min",
  "amount_min",
  "needs_budget",
] as const;
const STAGES: readonly DealStage[] = ["early", "middle", "late"];

interface Props {
  setting: Settings["protection"];
  isShown: boolean;
  isReadOnly: boolean;
}

/** What each kind of activity costs a customer, how early it must be asked for, and how often it may be. */
export function ActivityRulesForm({ setting, isShown, isReadOnly }: Props) {
  const edit = useSettingForm<"protection", Pick<Protection, "activities">>({
    name: "protection",
    setting,
    fieldsOf: ({ activities }) => ({ activities }),
    labelOf: () => text("settings.group.activities"),
    change: changeProtection,
  });
  if (!isShown) return null;
  const rows = edit.form.values.activities;
  const set = (row: Rules, change: Partial<Rules>) =>
    edit.form.setFieldValue(
      "activities",
      rows.map((one) => (one.activity === row.activity ? { ...one, ...change } : one)),
    );
  return (
    <Section
      title={text("settings.group.activities")}
      aside={<LastChange at={setting.changed_at} by={setting.changed_by} />}
    >
      <form noValidate onSubmit={edit.submit}>
        <p className={`soft ${classes.hint}`}>{text("settings.hint.activities")}</p>
        <DataTable
          caption={text("settings.group.activities")}
          rows={rows}
          rowKey={(row) => row.activity}
          isCards
          columns={columnsFor(setting.default.activities, set, isReadOnly, edit.form.errors)}
        />
        <LastChanges changes={setting.changes} />
        {edit.problem}
        <Save edit={edit} isReadOnly={isReadOnly} />
      </form>
      {isReadOnly ? null : (
        <ProtectionPreview held={setting.value} tried={{ ...setting.value, activities: rows }} />
      )}
    </Section>
  );
}

/** What was changed last in each rule of an activity, the newest first. */
function LastChanges({ changes }: { changes: readonly RuleChange[] }) {
  const words = (rule: string): string | null => {
    const [, name, part] = rule.split(".");
    const activity = ACTIVITIES.find((one) => one === name);
    const field = FIELDS.find((one) => one === part);
    if (!activity || !field) return null;
    const label = text(`settings.activity.${field === "notice_unit" ? "unit" : field}`);
    return text("settings.activity_field", { activity: text(`activity.${activity}`), field: label });
  };
  const told = changes
    .map((last) => ({ last, rule: words(last.rule) }))
    .filter(({ rule }) => rule !== null)
    .sort((one, other) => other.last.at.localeCompare(one.last.at));
  if (told.length === 0) return null;
  return (
    <details>
      <summary className="meta">{text("settings.last_changes")}</summary>
      <ul className={classes.changes}>
        {told.map(({ last, rule }) => (
          <li key={last.rule}>
            {rule} <RuleHistory last={last} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function columnsFor(
  standard: Rules[],
  set: (row: Rules, change: Partial<Rules>) => void,
  isReadOnly: boolean,
  errors: Record<string, unknown>,
): Column<Rules>[] {
  const standardOf = (row: Rules) => standard.find((one) => one.activity === row.activity);
  const number = (row: Rules, field: Field) => (
    <NumberInput
      size="xs"
      className={classes.number}
      aria-label={text("settings.activity_field", {
        activity: text(`activity.${row.activity}`),
        field: text(`settings.activity.${field}`),
      })}
      title={text("settings.default_same", { value: standardOf(row)?.[field] ?? text("settings.no_cap") })}
      min={0}
      allowDecimal={false}
      hideControls
      disabled={isReadOnly}
      error={errors[`activities.${row.activity}.${field}`] as string | undefined}
      placeholder={OPTIONAL.includes(field) ? text("settings.no_cap") : undefined}
      value={row[field] ?? ""}
      onChange={(value) =>
        set(row, { [field]: value === "" ? (OPTIONAL.includes(field) ? null : 0) : Number(value) })
      }
    />
  );
  return [
    {
      key: "activity",
      label: text("settings.activity.name"),
      cell: (row) => text(`activity.${row.activity}`),
    },
    {
      key: "effort_points",
      label: text("settings.activity.effort_points"),
      align: "right",
      cell: (row) => number(row, "effort_points"),
    },
    {
      key: "notice",
      label: text("settings.activity.notice"),
      align: "right",
      cell: (row) => (
        <div className={classes.notice}>
          {number(row, "notice")}
          <NativeSelect
            size="xs"
            className={classes.unit}
            aria-label={text("settings.activity_field", {
              activity: text(`activity.${row.activity}`),
              field: text("settings.activity.unit"),
            })}
            disabled={isReadOnly}
            value={row.notice_unit}
            onChange={(event) =>
              set(row, { notice_unit: event.currentTarget.value === "days" ? "days" : "working_days" })
            }
            data={[
              { value: "days", label: text("settings.activity.days") },
              { value: "working_days", label: text("settings.activity.working_days") },
            ]}
          />
        </div>
      ),
    },
    {
      key: "account_cap",
      label: text("settings.activity.account_cap"),
      align: "right",
      cell: (row) => number(row, "account_cap"),
    },
    {
      key: "account_cap_days",
      label: text("settings.activity.account_cap_days"),
      align: "right",
      cell: (row) => number(row, "account_cap_days"),
    },
    {
      key: "stage_min",
      label: text("settings.activity.stage_min"),
      cell: (row) => (
        <NativeSelect
          size="xs"
          aria-label={text("settings.activity_field", {
            activity: text(`activity.${row.activity}`),
            field: text("settings.activity.stage_min"),
          })}
          disabled={isReadOnly}
          value={row.stage_min ?? ""}
          onChange={(event) =>
            set(row, { stage_min: STAGES.find((one) => one === event.currentTarget.value) ?? null })
          }
          data={[
            { value: "", label: text("settings.activity.any_stage") },
            ...STAGES.map((one) => ({ value: one, label: text(`deal_stage.${one}`) })),
          ]}
        />
      ),
    },
    {
      key: "amount_min",
      label: text("settings.activity.amount_min"),
      align: "right",
      cell: (row) => number(row, "amount_min"),
    },
    {
      key: "needs_budget",
      label: text("settings.activity.needs_budget"),
      cell: (row) => (
        <Checkbox
          aria-label={text("settings.activity_field", {
            activity: text(`activity.${row.activity}`),
            field: text("settings.activity.needs_budget"),
          })}
          disabled={isReadOnly}
          checked={row.needs_budget}
          onChange={(event) => set(row, { needs_budget: event.currentTarget.checked })}
        />
      ),
    },
  ];
}
