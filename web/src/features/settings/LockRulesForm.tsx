import "../../text/administration";
import { NumberInput, Switch } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { changeLockRules, lockPreviewQuery } from "../../api/lock-rules";
import type { LockedByRule, LockRules, Settings } from "../../api/types";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Failed, Loading } from "../../ui/states";
import { Save } from "./ProgramForm";
import { LastChange, Rule, valueWords } from "./Rule";
import { type LockRule, lastChangeOf } from "./rules";
import { useSettingForm } from "./use-setting-form";

interface Props {
  setting: Settings["lock_rules"];
  shown: readonly LockRule[];
  isReadOnly: boolean;
}

const fieldsOf = ({
  nps_min,
  health_min,
  renewal_days,
  on_escalation,
  on_dispute,
}: LockRules): LockRules => ({
  nps_min,
  health_min,
  renewal_days,
  on_escalation,
  on_dispute,
});

const isSet = (value: LockRules[LockRule]) => value !== null && value !== undefined && value !== false;

const isFlag = (rule: LockRule): rule is "on_escalation" | "on_dispute" =>
  rule === "on_escalation" || rule === "on_dispute";

/** What locks a customer by itself, with a look at whom it would have stopped. */
export function LockRulesForm({ setting, shown, isReadOnly }: Props) {
  const edit = useSettingForm<"lock_rules", LockRules>({
    name: "lock_rules",
    setting,
    fieldsOf,
    labelOf: (field) => text(`settings.rule.${field}`),
    change: changeLockRules,
  });
  const [tried] = useDebouncedValue(edit.form.values, 400);
  if (shown.length === 0) return null;
  return (
    <Section
      title={text("settings.group.lock_rules")}
      aside={<LastChange at={setting.changed_at} by={setting.changed_by} />}
    >
      <form noValidate onSubmit={edit.submit}>
        {shown.map((rule) => (
          <Rule
            key={rule}
            label={text(`settings.rule.${rule}`)}
            hint={text(`settings.hint.${rule}`)}
            standard={isFlag(rule) ? valueWords(false) : text("settings.no_cap")}
            isChanged={isSet(edit.form.values[rule])}
            last={lastChangeOf(setting.changes, rule)}
          >
            {isFlag(rule) ? (
              <Switch
                aria-label={text(`settings.rule.${rule}`)}
                disabled={isReadOnly}
                checked={edit.form.values[rule] ?? false}
                label={valueWords(edit.form.values[rule] ?? false)}
                onChange={(event) => edit.form.setFieldValue(rule, event.currentTarget.checked)}
              />
            ) : (
              <NumberInput
                aria-label={text(`settings.rule.${rule}`)}
                placeholder={text("settings.no_cap")}
                disabled={isReadOnly}
                allowDecimal={false}
                error={edit.form.errors[rule]}
                value={edit.form.values[rule] ?? ""}
                onChange={(value) => edit.form.setFieldValue(rule, value === "" ? null : Number(value))}
              />
            )}
          </Rule>
        ))}
        {edit.problem}
        <Save edit={edit} isReadOnly={isReadOnly} />
      </form>
      {isReadOnly ? null : <Preview rules={fieldsOf(tried)} />}
    </Section>
  );
}

function Preview({ rules }: { rules: LockRules }) {
  const isAny = Object.values(rules).some(isSet);
  const query = useQuery({ ...lockPreviewQuery(rules), enabled: isAny });
  if (!isAny) return null;
  if (query.isPending) return <Loading rows={3} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { accounts, uses, open_asks, rows } = query.data;
  return (
    <>
      <p className="soft" aria-live="polite">
        {text("settings.lock_preview.sentence", { accounts, uses, asks: open_asks })}
      </p>
      {rows.length > 0 ? (
        <DataTable
          caption={text("settings.lock_preview.caption")}
          isCards
          columns={columns()}
          rows={rows}
          rowKey={(row) => row.account.id}
        />
      ) : null}
    </>
  );
}

const columns = (): Column<LockedByRule>[] => [
  {
    key: "account",
    label: text("settings.lock_preview.account"),
    cell: (row) => <AppLink href={paths.account(row.account.id)}>{row.account.name}</AppLink>,
  },
  {
    key: "reasons",
    label: text("settings.lock_preview.reasons"),
    cell: (row) => row.reasons.map((reason) => text(`lock_reason.${reason}`)).join(" · "),
  },
  { key: "uses", label: text("settings.lock_preview.uses"), align: "right", cell: (row) => row.uses },
  {
    key: "open_asks",
    label: text("settings.lock_preview.asks"),
    align: "right",
    cell: (row) => row.open_asks,
  },
];
