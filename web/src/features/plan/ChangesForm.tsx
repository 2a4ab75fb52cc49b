import { Button, Checkbox, MultiSelect, NumberInput, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type GapsAsk, gapsQuery } from "../../api/plan-queries";
import { fieldMessages } from "../../api/problem";
import { advocatesQuery } from "../../api/queries";
import type { PlanChanges, WhatIf } from "../../api/types";
import { canReadNeeds, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Section } from "../../ui/Section";
import { segmentName } from "./cut";
import { MoveNeeds } from "./MoveNeeds";
import classes from "./plan.module.css";

const LOSE_MAX = 200;
const COUNT_MAX = 1_000;
const PAUSE_MS = 250;

interface Props {
  cut: GapsAsk;
  changes: PlanChanges;
  answer: WhatIf | undefined;
  error: unknown;
  onChange: (changes: PlanChanges) => void;
  /** Growth goals compete with the deals for capacity. */
  goals: boolean;
  onGoals: (goals: boolean) => void;
}

/** What would be different: people, rules, rates, days. What is left empty stays as it is. */
export function ChangesForm({ cut, changes, answer, error, onChange, goals, onGoals }: Props) {
  const problems = fieldMessages(error);
  const session = useSession();
  const set = (next: Partial<PlanChanges>) => onChange({ ...changes, ...next });
  return (
    <Section title={text("plan.what_if.changes")}>
      <div className={classes.inputs}>
        <Lose chosen={changes.lose ?? []} lost={answer?.lost ?? []} onChange={(lose) => set({ lose })} />
        <Add cut={cut} added={changes.add ?? []} problems={problems} onChange={(add) => set({ add })} />
        {canReadNeeds(session) ? (
          <MoveNeeds
            moves={changes.move_needs ?? []}
            moved={answer?.moved ?? []}
            onChange={(move_needs) => set({ move_needs })}
          />
        ) : null}
        <div className={classes.fields}>
          {(["rest_days", "uses_per_advocate", "account_cap"] as const).map((name) => (
            <NumberInput
              key={name}
              label={text(`plan.what_if.${name}`)}
              placeholder={text("plan.what_if.as_is")}
              min={0}
              max={name === "rest_days" ? 365 : 100}
              allowDecimal={false}
              value={changes[name] ?? ""}
              error={problems[`changes.${name}`]}
              onChange={(value) => set({ [name]: typeof value === "number" ? value : undefined })}
            />
          ))}
          <NumberInput
            label={text("plan.what_if.references")}
            placeholder={text("plan.what_if.as_is")}
            min={0}
            max={100}
            decimalScale={2}
            value={changes.references ?? ""}
            error={problems["changes.references"]}
            onChange={(value) => set({ references: typeof value === "number" ? value : undefined })}
          />
          {(["need_rate", "reach_rate"] as const).map((name) => (
            <NumberInput
              key={name}
              label={text(`plan.what_if.${name}`)}
              placeholder={text("plan.what_if.as_is")}
              suffix=" %"
              min={0}
              max={100}
              decimalScale={1}
              value={percent(changes[name])}
              error={problems[`changes.${name}`]}
              onChange={(value) => set({ [name]: typeof value === "number" ? value / 100 : undefined })}
            />
          ))}
        </div>
        <Checkbox
          label={text("plan.what_if.goals")}
          checked={goals}
          onChange={(event) => onGoals(event.currentTarget.checked)}
        />
        {goals ? (
          <NumberInput
            label={text("plan.what_if.win_rate")}
            description={text("plan.what_if.win_rate_help")}
            placeholder={text("plan.what_if.as_is")}
            suffix=" %"
            min={0}
            max={100}
            decimalScale={1}
            value={percent(changes.win_rate)}
            error={problems["changes.win_rate"]}
            onChange={(value) => set({ win_rate: typeof value === "number" ? value / 100 : undefined })}
          />
        ) : null}
      </div>
    </Section>
  );
}

/** A share as the field shows it; what is not changed is empty. */
function percent(rate: number | null | undefined): number | string {
  return rate === null || rate === undefined ? "" : Math.round(rate * 1_000) / 10;
}

interface LoseProps {
  chosen: string[];
  lost: WhatIf["lost"];
  onChange: (chosen: string[]) => void;
}

/** Advocates to lose, found by what their profile says. */
function Lose({ chosen, lost, onChange }: LoseProps) {
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const query = useInfiniteQuery({
    ...advocatesQuery({ status: "active", q: q || undefined }),
    placeholderData: keepPreviousData,
  });
  const found = query.data?.pages.flatMap((page) => page.items) ?? [];
  const labels = new Map(lost.map((one) => [one.advocate_id, one.display_name ?? text("state.unknown")]));
  for (const row of found)
    labels.set(row.id, [row.display_name, row.account?.name].filter(Boolean).join(" · "));
  return (
    <MultiSelect
      label={text("plan.what_if.lose")}
      placeholder={chosen.length === 0 ? text("plan.what_if.lose_whom") : undefined}
      searchable
      hidePickedOptions
      maxValues={LOSE_MAX}
      nothingFoundMessage={text("plan.what_if.lose_none")}
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched already.
      filter={({ options }) => options}
      data={[...labels].map(([value, label]) => ({ value, label }))}
      value={chosen}
      onChange={onChange}
    />
  );
}

type Added = NonNullable<PlanChanges["add"]>;

interface AddProps {
  cut: GapsAsk;
  added: Added;
  problems: Record<string, string>;
  onChange: (added: Added) => void;
}

/** Advocates to win, by profile; the profiles that are worth the most come first. */
function Add({ cut, added, problems, onChange }: AddProps) {
  const query = useQuery(gapsQuery(cut));
  const segments = query.data?.segments.filter((one) => !one.is_unknown) ?? [];
  const open = segments.filter((one) => !added.some((other) => other.segment === one.key));
  const named = (key: string) => {
    const segment = segments.find((one) => one.key === key);
    return segment ? segmentName(segment) : text("state.unknown");
  };
  const change = (segment: string, count: number) =>
    onChange(added.map((one) => (one.segment === segment ? { segment, count } : one)));
  return (
    <>
      <Select
        label={text("plan.what_if.add")}
        placeholder={text("plan.what_if.add_which")}
        searchable
        value={null}
        data={open.map((one) => ({ value: one.key, label: segmentName(one) }))}
        onChange={(segment) => segment && onChange([...added, { segment, count: 1 }])}
      />
      {added.map((one, place) => (
        <div key={one.segment} className={classes.added}>
          <NumberInput
            label={named(one.segment)}
            min={1}
            max={COUNT_MAX}
            clampBehavior="strict"
            allowDecimal={false}
            value={one.count}
            error={problems[`changes.add.${place}.segment`] ?? problems[`changes.add.${place}.count`]}
            onChange={(count) => typeof count === "number" && change(one.segment, count)}
          />
          <Button
            variant="default"
            aria-label={text("plan.what_if.remove_one", { segment: named(one.segment) })}
            onClick={() => onChange(added.filter((other) => other.segment !== one.segment))}
          >
            {text("plan.what_if.remove")}
          </Button>
        </div>
      ))}
    </>
  );
}
