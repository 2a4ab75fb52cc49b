import { ActionIcon, Button, Checkbox, NumberInput, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ACTIVITIES } from "../../parts/ActivitySelect";
import { text } from "../../text/text";
import classes from "./ProfileInputs.module.css";
import type { Result, Willing } from "./profile-record";

interface Props<Value> {
  label: string;
  value?: Value;
  onChange?: (value: Value) => void;
  error?: ReactNode;
}

const USES_MAX = 100;
const RESULTS_MAX = 20;

/** Which activities somebody agrees to, each with the most per year where there is a limit. */
export function ActivitiesInput({ label, value = [], onChange, error }: Props<Willing[]>) {
  const set = (changed: Willing[]) =>
    onChange?.(ACTIVITIES.flatMap((activity) => changed.filter((one) => one.activity === activity)));
  return (
    <fieldset className={classes.group}>
      <legend className="visually-hidden">{label}</legend>
      {ACTIVITIES.map((activity) => {
        const willing = value.find((one) => one.activity === activity);
        const others = value.filter((one) => one.activity !== activity);
        const name = text(`activity.${activity}`);
        return (
          <div key={activity} className={classes.choice}>
            <Checkbox
              label={name}
              checked={willing !== undefined}
              onChange={(event) =>
                set(event.currentTarget.checked ? [...others, { activity, limit_per_year: null }] : others)
              }
            />
            {willing ? (
              <NumberInput
                size="xs"
                className={classes.limit}
                aria-label={text("advocates.limit_of", { activity: name })}
                placeholder={text("advocates.no_limit")}
                min={0}
                max={USES_MAX}
                allowDecimal={false}
                value={willing.limit_per_year ?? ""}
                onChange={(most) =>
                  set([...others, { activity, limit_per_year: typeof most === "number" ? most : null }])
                }
              />
            ) : null}
          </div>
        );
      })}
      <Problem words={error} />
    </fieldset>
  );
}

/** What came of it, a line each: the number, its unit, and what it says. */
export function OutcomesInput({ label, value = [], onChange, error }: Props<Result[]>) {
  const rows = value.length > 0 ? value : [{ statement: "", value: null, unit: null }];
  const put = (place: number, change: Partial<Result>) =>
    onChange?.(rows.map((row, index) => (index === place ? { ...row, ...change } : row)));
  return (
    <fieldset className={classes.group}>
      <legend className="visually-hidden">{label}</legend>
      {rows.map((row, place) => {
        const count = place + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a result is known by its place; it has no id
          <div key={place} className={classes.result}>
            <TextInput
              aria-label={text("advocates.outcome_value", { place: count })}
              placeholder={text("advocates.outcome_value_hint")}
              maxLength={40}
              value={row.value ?? ""}
              onChange={(event) => put(place, { value: event.currentTarget.value || null })}
            />
            <TextInput
              aria-label={text("advocates.outcome_unit", { place: count })}
              placeholder={text("advocates.outcome_unit_hint")}
              maxLength={40}
              value={row.unit ?? ""}
              onChange={(event) => put(place, { unit: event.currentTarget.value || null })}
            />
            <TextInput
              className={classes.statement}
              aria-label={text("advocates.outcome_statement", { place: count })}
              placeholder={text("advocates.outcome_statement_hint")}
              maxLength={500}
              value={row.statement}
              onChange={(event) => put(place, { statement: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              aria-label={text("advocates.outcome_remove", { place: count })}
              onClick={() => onChange?.(rows.filter((_, index) => index !== place))}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          </div>
        );
      })}
      <div>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          disabled={rows.length >= RESULTS_MAX}
          onClick={() => onChange?.([...rows, { statement: "", value: null, unit: null }])}
        >
          {text("advocates.outcome_add")}
        </Button>
      </div>
      <Problem words={error} />
    </fieldset>
  );
}

function Problem({ words }: { words: ReactNode }) {
  return words ? (
    <p role="alert" className={classes.problem}>
      {words}
    </p>
  ) : null;
}
