import { NumberInput, Switch, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { settingsQuery } from "../../api/queries";
import type { EditPlanAssumptions, Settings } from "../../api/types";
import { changePlanAssumptions } from "../../api/writes";
import layout from "../../parts/form.module.css";
import { SaveChanges } from "../../parts/SaveChanges";
import { useVersionedForm } from "../../parts/use-versioned-form";
import { text } from "../../text/text";
import { notifyUndo } from "../../ui/notify";
import { SidePanel } from "../../ui/SidePanel";
import { Failed, Loading } from "../../ui/states";
import { readRates, writeRates } from "./rates";

type Kept = Settings["plan_assumptions"];

/** The assumptions as the form has them; rates in percent, exchange rates as one line. */
interface Fields {
  need_rate: number;
  reach_rate: number;
  acceptance_rate: number;
  yield_rate: number;
  references: number;
  lead_days: number;
  onboarding_days: number;
  verified_days: number;
  asks_per_week: number;
  is_fixed: boolean;
  exchange_rates: string;
}

const PERCENTS = ["need_rate", "reach_rate", "acceptance_rate", "yield_rate"] as const;
const DAYS = ["lead_days", "onboarding_days", "verified_days"] as const;

const percent = (rate: number) => Math.round(rate * 10_000) / 100;

function fieldsOf({ value }: Kept): Fields {
  return {
    ...value,
    need_rate: percent(value.need_rate),
    reach_rate: percent(value.reach_rate),
    acceptance_rate: percent(value.acceptance_rate),
    yield_rate: percent(value.yield_rate),
    exchange_rates: writeRates(value.exchange_rates),
  };
}

function toChange({ exchange_rates: rates, ...changed }: Partial<Fields>): EditPlanAssumptions {
  const change: EditPlanAssumptions = { ...changed };
  for (const name of PERCENTS) {
    const value = changed[name];
    if (value !== undefined) change[name] = value / 100;
  }
  return rates === undefined ? change : { ...change, exchange_rates: readRates(rates) };
}

/** What the plan takes for granted where the records do not say it. */
export function AssumptionsPanel({ onClose }: { onClose: () => void }) {
  const query = useQuery(settingsQuery());
  return (
    <SidePanel title={text("plan.assume.open")} opened onClose={onClose}>
      {query.isPending ? (
        <Loading rows={6} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Form kept={query.data.plan_assumptions} />
      )}
    </SidePanel>
  );
}

function Form({ kept }: { kept: Kept }) {
  const cache = useQueryClient();
  const keep = (saved: Kept) => {
    cache.setQueryData(settingsQuery().queryKey, (all) => (all ? { ...all, plan_assumptions: saved } : all));
    void cache.invalidateQueries({ queryKey: ["plan"] });
  };
  const edit = useVersionedForm<Kept, Fields>({
    record: kept,
    fieldsOf,
    labelOf: (field) => text(`plan.assume.${field}`),
    read: async () => (await cache.fetchQuery({ ...settingsQuery(), staleTime: 0 })).plan_assumptions,
    save: (version, changed) => changePlanAssumptions(version, toChange(changed)),
    onSaved: (saved, before) => {
      keep(saved);
      notifyUndo(text("plan.assume.saved"), "", async () =>
        keep(await changePlanAssumptions(saved.version, toChange(before))),
      );
    },
  });
  const { form } = edit;
  return (
    <form noValidate className={layout.form} onSubmit={edit.submit}>
      <p className="soft">{text("plan.assume.lead")}</p>
      {PERCENTS.map((name) => (
        <NumberInput
          key={name}
          label={text(`plan.assume.${name}`)}
          suffix=" %"
          min={0}
          max={100}
          decimalScale={1}
          {...form.getInputProps(name)}
        />
      ))}
      <NumberInput
        label={text("plan.assume.references")}
        min={0}
        max={100}
        decimalScale={2}
        {...form.getInputProps("references")}
      />
      {DAYS.map((name) => (
        <NumberInput
          key={name}
          label={text(`plan.assume.${name}`)}
          min={0}
          max={3650}
          allowDecimal={false}
          {...form.getInputProps(name)}
        />
      ))}
      <NumberInput
        label={text("plan.assume.asks_per_week")}
        min={0}
        max={100}
        allowDecimal={false}
        {...form.getInputProps("asks_per_week")}
      />
      <TextInput
        label={text("plan.assume.exchange_rates")}
        description={text("plan.assume.exchange_hint")}
        {...form.getInputProps("exchange_rates")}
      />
      <Switch
        label={text("plan.assume.is_fixed")}
        {...form.getInputProps("is_fixed", { type: "checkbox" })}
      />
      {edit.problem}
      <SaveChanges edit={edit} />
    </form>
  );
}
