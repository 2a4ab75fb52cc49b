//! What somebody planned and keeps under a name: saved, opened by its own address, removed, each with its way back.

import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { newKey, useAttemptKey } from "../../api/attempt-key";
import { fieldMessages } from "../../api/problem";
import { formatInstant } from "../../format/format";
import { canEditPlan, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { FormProblem } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import classes from "./plan.module.css";

export interface Kept {
  id: string;
  version: number;
  name: string;
  saved_by: string;
  saved_at: string;
}

/** One sort of kept thing: what it is called, what is kept of it, and how the server keeps it. */
export interface KeptSort<One extends Kept, What> {
  words: "goals" | "what_if";
  nameMax: number;
  /** What is read anew when one changed. */
  queryKey: string[];
  /** Where the address names the one that is opened. */
  param: "goal" | "scenario";
  hrefOf: (one: One) => string;
  whatOf: (one: One) => What;
  save: (name: string, what: What, key: string) => Promise<One>;
  change: (one: One, name: string, what: What) => Promise<One>;
  remove: (one: One) => Promise<unknown>;
}

interface SaveProps<One extends Kept, What> {
  sort: KeptSort<One, What>;
  what: What;
  /** The one that is opened, to be saved again. */
  kept: One | undefined;
  /** The name that is offered for a new one. */
  name?: string;
  isReady?: boolean;
}

/** Keeps it under a name; its address opens it for everybody who may. */
export function SaveKept<One extends Kept, What>(props: SaveProps<One, What>) {
  const { sort, what, kept, name = "", isReady = true } = props;
  const words = `plan.${sort.words}` as const;
  const cache = useQueryClient();
  const change = useSearchChange();
  const keyFor = useAttemptKey();
  const form = useForm({
    initialValues: { name: kept?.name ?? name },
    validate: { name: (typed) => (typed.trim() === "" ? text(`${words}.name_missing`) : null) },
  });
  const saving = useMutation({
    mutationFn: ({ as, over }: { as: string; over?: One | undefined }) =>
      over ? sort.change(over, as, what) : sort.save(as, what, keyFor([as, what])),
    onSuccess: async (saved, { over }) => {
      if (over)
        notifyUndo(text(`${words}.saved`), saved.name, async () => {
          await sort.change(saved, over.name, sort.whatOf(over));
          await cache.invalidateQueries({ queryKey: sort.queryKey });
        });
      else notifyDone(text(`${words}.saved`), saved.name);
      await cache.invalidateQueries({ queryKey: sort.queryKey });
      await change({ [sort.param]: saved.id });
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  const save = (over?: One) => form.onSubmit((typed) => saving.mutate({ as: typed.name.trim(), over }));
  return (
    <form noValidate className={classes.save} onSubmit={save(kept)}>
      <TextInput label={text(`${words}.name`)} maxLength={sort.nameMax} {...form.getInputProps("name")} />
      <FormProblem error={saving.error} />
      <div className={classes.actions}>
        <Button type="submit" loading={saving.isPending} disabled={!isReady}>
          {text(kept ? `${words}.save_changes` : `${words}.save`)}
        </Button>
        {kept ? (
          <Button variant="default" disabled={!isReady || saving.isPending} onClick={() => save()()}>
            {text(`${words}.save_new`)}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

interface TableProps<One extends Kept, What> {
  sort: KeptSort<One, What>;
  rows: One[];
  opened: string | undefined;
  /** What to know about all of them. */
  why?: string;
  /** What each says of itself between its name and who saved it. */
  columns?: Column<One>[];
}

/** All that were kept; each opens by its own address. Nothing while there is none. */
export function KeptTable<One extends Kept, What>(props: TableProps<One, What>) {
  const { sort, rows, opened, why, columns = [] } = props;
  const words = `plan.${sort.words}` as const;
  const session = useSession();
  const cache = useQueryClient();
  const change = useSearchChange();
  const removing = useMutation({
    mutationFn: sort.remove,
    onSuccess: async (_, one) => {
      const key = newKey();
      notifyUndo(text(`${words}.removed`), one.name, async () => {
        await sort.save(one.name, sort.whatOf(one), key);
        await cache.invalidateQueries({ queryKey: sort.queryKey });
      });
      if (one.id === opened) await change({ [sort.param]: undefined });
      await cache.invalidateQueries({ queryKey: sort.queryKey });
    },
  });
  if (rows.length === 0) return null;
  return (
    <Section plain title={text(`${words}.kept`)}>
      {why ? <p className="meta measure">{why}</p> : null}
      <FormProblem error={removing.error} />
      <DataTable
        caption={text(`${words}.kept`)}
        rows={rows}
        rowKey={(one) => one.id}
        columns={[
          {
            key: "name",
            label: text(`${words}.name`),
            cell: (one) => (
              <AppLink href={sort.hrefOf(one)} aria-current={one.id === opened || undefined}>
                {one.name}
              </AppLink>
            ),
          },
          ...columns,
          { key: "by", label: text("plan.calculator.by"), wide: true, cell: (one) => one.saved_by },
          {
            key: "at",
            label: text("plan.calculator.at"),
            wide: true,
            cell: (one) => formatInstant(one.saved_at),
          },
          {
            key: "remove",
            label: text("plan.kept.remove"),
            align: "right",
            cell: (one) =>
              canEditPlan(session) ? (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  loading={removing.isPending && removing.variables.id === one.id}
                  aria-label={text("plan.kept.remove_one", { name: one.name })}
                  onClick={() => removing.mutate(one)}
                >
                  {text("plan.kept.remove")}
                </Button>
              ) : null,
          },
        ]}
      />
    </Section>
  );
}
