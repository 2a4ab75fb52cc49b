import { Select } from "@mantine/core";
import { type ReactNode, useState } from "react";

export interface Option {
  value: string;
  label: string;
}

interface Props {
  label: string;
  description?: string;
  /** What the server found for what was typed. */
  found: Option[];
  typed: string;
  onType: (typed: string) => void;
  value: string | null;
  onChange: (value: string | null) => void;
  nothing: string;
  clear: string;
  error?: ReactNode;
  isFirst?: boolean;
}

/** One of many records, looked for on the server while somebody types. */
export function SearchSelect({ found, typed, onType, value, onChange, nothing, clear, ...rest }: Props) {
  const [chosen, setChosen] = useState<Option | null>(null);
  const { isFirst = false, ...labels } = rest;
  // The box shows the label of what was chosen; looking for that would find nothing else.
  const kept = chosen && chosen.value === value && !found.some((one) => one.value === value) ? [chosen] : [];
  return (
    <Select
      {...labels}
      data-autofocus={isFirst ? true : undefined}
      searchable
      clearable
      clearButtonProps={{ "aria-label": clear }}
      data={[...kept, ...found]}
      // The server has filtered.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={onType}
      value={value}
      onChange={(next, option) => {
        setChosen(next ? { value: next, label: option.label } : null);
        onChange(next);
      }}
      nothingFoundMessage={nothing}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
