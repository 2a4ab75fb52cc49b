//! One record of many in place of another: looked for on the server while somebody types, the one that
//! holds always among those found.

import { Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { accountsQuery, usersQuery } from "../../api/queries";
import { text } from "../../text/text";

/** A record as another one names it. */
export interface Named {
  id: string;
  name: string;
}

interface Props {
  label: string;
  value?: Named | null;
  onChange?: (value: Named | null) => void;
  error?: ReactNode;
  /** Stands in the empty box, where no other label is in sight. */
  placeholder?: string;
}

/** A colleague. */
export function PersonSelect(props: Props) {
  const [typed, setTyped] = useState("");
  const people = useInfiniteQuery(usersQuery({ q: asked(typed, props.value) }));
  return <NamedSelect {...props} found={people.data?.pages[0]?.items ?? []} onType={setTyped} />;
}

/** A customer. */
export function AccountSelect(props: Props) {
  const [typed, setTyped] = useState("");
  const accounts = useInfiniteQuery(accountsQuery({ q: asked(typed, props.value) }));
  return <NamedSelect {...props} found={accounts.data?.pages[0]?.items ?? []} onType={setTyped} />;
}

/** The box shows the name that holds; asking for that would find nobody else. */
const asked = (typed: string, value: Named | null | undefined) =>
  typed === value?.name ? undefined : typed || undefined;

interface NamedProps extends Props {
  found: Named[];
  onType: (typed: string) => void;
}

function NamedSelect({ label, value = null, onChange, error, placeholder, found, onType }: NamedProps) {
  const all = value && !found.some((one) => one.id === value.id) ? [value, ...found] : found;
  return (
    <Select
      aria-label={label}
      placeholder={placeholder}
      searchable
      clearable
      clearButtonProps={{ "aria-label": text("action.clear") }}
      onSearchChange={onType}
      // The server has filtered.
      filter={({ options }) => options}
      data={all.map((one) => ({ value: one.id, label: one.name }))}
      value={value?.id ?? null}
      error={error}
      onChange={(id) => {
        const chosen = all.find((one) => one.id === id);
        onChange?.(chosen ? { id: chosen.id, name: chosen.name } : null);
      }}
    />
  );
}
