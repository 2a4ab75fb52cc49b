import "../../text/administration";
import { NumberInput, Switch, TextInput } from "@mantine/core";
import type { ProgramSetting, Settings } from "../../api/types";
import { changeProgram } from "../../api/writes";
import { type Editing, SaveChanges } from "../../parts/SaveChanges";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import { LastChange, Rule, valueWords } from "./Rule";
import classes from "./Rules.module.css";
import { lastChangeOf, type ProgramRule } from "./rules";
import { useSettingForm } from "./use-setting-form";

interface Props {
  setting: Settings["program"];
  shown: readonly ProgramRule[];
  isReadOnly: boolean;
}

/** What the program is called, counts in and shows. */
export function ProgramForm({ setting, shown, isReadOnly }: Props) {
  const edit = useSettingForm<"program", ProgramSetting>({
    name: "program",
    setting,
    fieldsOf: (value) => value,
    labelOf: (field) => text(`settings.rule.${field}`),
    change: changeProgram,
  });
  if (shown.length === 0) return null;
  const field = (rule: ProgramRule) => {
    const input = edit.form.getInputProps(rule);
    const common = { "aria-label": text(`settings.rule.${rule}`), disabled: isReadOnly };
    if (rule === "shows_names" || rule === "allows_self_approval") {
      const { value, ...rest } = input;
      return <Switch {...common} {...rest} checked={value} label={valueWords(Boolean(value))} />;
    }
    if (rule.endsWith("_days"))
      return <NumberInput {...common} {...input} min={1} max={60} allowDecimal={false} />;
    return <TextInput {...common} {...input} maxLength={rule === "currency" ? 3 : 200} />;
  };
  return (
    <Section
      title={text("settings.group.program")}
      aside={<LastChange at={setting.changed_at} by={setting.changed_by} />}
    >
      <form noValidate onSubmit={edit.submit}>
        {shown.map((rule) => (
          <Rule
            key={rule}
            label={text(`settings.rule.${rule}`)}
            hint={text(`settings.hint.${rule}`)}
            standard={setting.default[rule] === "" ? null : valueWords(setting.default[rule])}
            isChanged={setting.default[rule] !== edit.form.values[rule]}
            last={lastChangeOf(setting.changes, rule)}
          >
            {field(rule)}
          </Rule>
        ))}
        {edit.problem}
        <Save edit={edit} isReadOnly={isReadOnly} />
      </form>
    </Section>
  );
}

/** Nothing to press until something changed. */
export function Save({ edit, isReadOnly }: { edit: Editing; isReadOnly: boolean }) {
  return isReadOnly ? null : <SaveChanges edit={edit} className={classes.actions} />;
}
