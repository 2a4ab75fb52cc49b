import "../../text/administration";
import { NumberInput } from "@mantine/core";
import type { Protection, Settings } from "../../api/types";
import { changeProtection } from "../../api/writes";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import { Save } from "./ProgramForm";
import { ProtectionPreview } from "./ProtectionPreview";
import { LastChange, Rule } from "./Rule";
import { lastChangeOf, type ProtectionRule } from "./rules";
import { useSettingForm } from "./use-setting-form";

interface Props {
  setting: Settings["protection"];
  shown: readonly ProtectionRule[];
  isReadOnly: boolean;
}

type Numbers = Pick<Protection, ProtectionRule>;

const numbersOf = (value: Protection): Numbers => ({
  uses_per_advocate: value.uses_per_advocate,
  uses_window_days: value.uses_window_days,
  rest_days: value.rest_days,
  heavy_rest_days: value.heavy_rest_days,
  heavy_effort_points: value.heavy_effort_points,
});

/** What keeps a customer from being asked too much, whatever is asked. */
export function ProtectionForm({ setting, shown, isReadOnly }: Props) {
  const edit = useSettingForm<"protection", Numbers>({
    name: "protection",
    setting,
    fieldsOf: numbersOf,
    labelOf: (field) => text(`settings.rule.${field}`),
    change: changeProtection,
  });
  if (shown.length === 0) return null;
  return (
    <Section
      title={text("settings.group.protection")}
      aside={<LastChange at={setting.changed_at} by={setting.changed_by} />}
    >
      <form noValidate onSubmit={edit.submit}>
        {shown.map((rule) => (
          <Rule
            key={rule}
            label={text(`settings.rule.${rule}`)}
            hint={text(`settings.hint.${rule}`)}
            standard={String(setting.default[rule])}
            isChanged={setting.default[rule] !== edit.form.values[rule]}
            last={lastChangeOf(setting.changes, rule)}
          >
            <NumberInput
              aria-label={text(`settings.rule.${rule}`)}
              disabled={isReadOnly}
              min={0}
              allowDecimal={false}
              {...edit.form.getInputProps(rule)}
            />
          </Rule>
        ))}
        {edit.problem}
        <Save edit={edit} isReadOnly={isReadOnly} />
      </form>
      {isReadOnly ? null : (
        <ProtectionPreview held={setting.value} tried={{ ...setting.value, ...edit.form.values }} />
      )}
    </Section>
  );
}
