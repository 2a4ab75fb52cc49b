import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { needsQuery } from "../../api/plan-queries";
import type { PlanChanges, WhatIf } from "../../api/types";
import { formatDay } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import classes from "./plan.module.css";

type Moves = NonNullable<PlanChanges["move_needs"]>;

interface Props {
  moves: Moves;
  /** What the answer says of them: needs that are no longer in the calendar have their names there. */
  moved: WhatIf["moved"];
  onChange: (moves: Moves) => void;
}

/** Stakeholder needs on other days. */
export function MoveNeeds({ moves, moved, onChange }: Props) {
  const { today } = useSession();
  const query = useQuery(needsQuery());
  const open = (query.data?.needs ?? []).filter((one) => one.closed_at === null && one.need_on >= today);
  const named = (id: string) =>
    open.find((one) => one.id === id)?.title ??
    moved.find((one) => one.need_id === id)?.title ??
    text("plan.what_if.need_gone");
  const rest = open.filter((one) => !moves.some((move) => move.need === one.id));
  const add = (id: string) => {
    const need = open.find((one) => one.id === id);
    if (need) onChange([...moves, { need: id, to: need.need_on }]);
  };
  return (
    <>
      <Select
        label={text("plan.what_if.move")}
        placeholder={text("plan.what_if.move_which")}
        nothingFoundMessage={text("plan.what_if.move_none")}
        searchable
        value={null}
        data={rest.map((one) => ({
          value: one.id,
          label: `${one.title} · ${formatDay(one.need_on, today)}`,
        }))}
        onChange={(id) => id && add(id)}
      />
      {moves.map((move) => (
        <div key={move.need} className={classes.added}>
          <TextInput
            type="date"
            label={named(move.need)}
            value={move.to}
            onChange={(event) => {
              const to = event.currentTarget.value;
              if (to) onChange(moves.map((one) => (one.need === move.need ? { ...one, to } : one)));
            }}
          />
          <Button
            variant="default"
            aria-label={text("plan.what_if.remove_one", { segment: named(move.need) })}
            onClick={() => onChange(moves.filter((one) => one.need !== move.need))}
          >
            {text("plan.what_if.remove")}
          </Button>
        </div>
      ))}
    </>
  );
}
