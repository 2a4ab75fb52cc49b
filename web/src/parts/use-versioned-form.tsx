//! A form over a versioned record: sends only what changed, and when somebody else was faster it keeps
//! what was typed and lets the person choose.

import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { fieldMessages, isCode } from "../api/problem";
import { type Difference, StaleChoice } from "../ui/StaleChoice";
import { FormProblem } from "../ui/states";

interface Versioned {
  version: number;
}

interface Options<Kept extends Versioned, Fields extends object> {
  record: Kept;
  fieldsOf: (record: Kept) => Fields;
  labelOf: (field: keyof Fields & string) => string;
  /** How a value reads in the choice between two versions; as it is written when absent. */
  show?: (field: keyof Fields & string, value: unknown) => string;
  validate?: (fields: Fields) => Partial<Record<keyof Fields & string, string>>;
  read: () => Promise<Kept>;
  save: (version: number, changed: Partial<Fields>) => Promise<Kept>;
  /**
   * `before` holds what the changed fields were, and those that changed with them: sent again, it takes
   * the change back.
   */
  onSaved: (saved: Kept, before: Partial<Fields>) => void;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

export function changedFields<Fields extends object>(before: Fields, now: Fields): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(now).filter(([field, value]) => !same(before[field as keyof Fields], value)),
  ) as Partial<Fields>;
}

export function useVersionedForm<Kept extends Versioned, Fields extends object>(
  options: Options<Kept, Fields>,
) {
  const { record, fieldsOf, labelOf, show = (_, value) => String(value ?? "") } = options;
  // The version the person started from: a newer one in the cache must not slip under their words.
  const [base, setBase] = useState(record);
  const [theirs, setTheirs] = useState<Kept | null>(null);
  const form = useForm<Fields>({
    initialValues: fieldsOf(record),
    validate: (fields) => ({ ...options.validate?.(fields) }),
  });
  const changed = () => changedFields(fieldsOf(base), form.getValues());
  const saving = useMutation({
    mutationFn: (over: Kept) => options.save(over.version, changed()),
    onSuccess: (saved, over) => {
      const was = fieldsOf(base);
      const own = Object.keys(changed()).map((field) => [field, was[field as keyof Fields]]);
      // What the server changed along with it goes back with it.
      const along = changedFields(fieldsOf(saved), fieldsOf(over));
      const before: Partial<Fields> = { ...along, ...Object.fromEntries(own) };
      setBase(saved);
      setTheirs(null);
      form.setValues(fieldsOf(saved));
      options.onSaved(saved, before);
    },
    onError: async (error) => {
      form.setErrors(fieldMessages(error));
      if (!isCode(error, "stale_version")) return;
      const now = await options.read();
      // Both changes hold when they touch different fields.
      if (changedByBoth(fieldsOf(now), fieldsOf(base), form.getValues()).length === 0) saving.mutate(now);
      else setTheirs(now);
    },
  });
  const isChanged = Object.keys(changedFields(fieldsOf(base), form.values)).length > 0;
  const latest = useRef({ fieldsOf, form });
  useEffect(() => {
    latest.current = { fieldsOf, form };
  });
  useEffect(() => {
    if (isChanged || record.version <= base.version) return;
    setBase(record);
    latest.current.form.setValues(latest.current.fieldsOf(record));
  }, [isChanged, record, base.version]);
  const takeTheirs = () => {
    if (!theirs) return;
    form.setValues(fieldsOf(theirs));
    setBase(theirs);
    setTheirs(null);
    saving.reset();
  };
  const problem: ReactNode = theirs ? (
    <StaleChoice
      differences={changedByBoth(fieldsOf(theirs), fieldsOf(base), form.values).map(
        (field): Difference => ({
          label: labelOf(field),
          theirs: show(field, fieldsOf(theirs)[field]),
          mine: show(field, form.values[field]),
        }),
      )}
      onKeepMine={() => saving.mutate(theirs)}
      onTakeTheirs={takeTheirs}
      isSaving={saving.isPending}
    />
  ) : (
    <FormProblem error={saving.error} onRetry={() => saving.mutate(base)} />
  );
  return {
    form,
    problem,
    submit: form.onSubmit(() => saving.mutate(base)),
    isSaving: saving.isPending,
    isChanged,
    isStale: theirs !== null,
    reset: () => form.setValues(fieldsOf(base)),
  };
}

/** The fields that both sides changed, to different values. */
export function changedByBoth<Fields extends object>(
  theirs: Fields,
  base: Fields,
  mine: Fields,
): (keyof Fields & string)[] {
  const fields = Object.keys(mine) as (keyof Fields & string)[];
  return fields.filter(
    (field) =>
      !same(base[field], mine[field]) &&
      !same(base[field], theirs[field]) &&
      !same(theirs[field], mine[field]),
  );
}
