import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useEffect, useState } from "react";

const ASK_AFTER_MS = 150;

export interface Option {
  value: string;
  label: string;
}

interface Props {
  label: string;
  description?: string;
  placeholder?: string;
  /** What the server found for the words it was last asked for; the first ones where it was asked for none. */
  found: Option[];
  /** What was chosen before, where it may not be among what is found. */
  known?: Option;
  /** Takes the words to look for once somebody pauses; has to be the same function every time. */
  onAsk: (words: string) => void;
  value: string | null;
  onChange: (value: string | null) => void;
  nothing: string;
  clear: string;
  error?: ReactNode;
  isRequired?: boolean;
  isFirst?: boolean;
}

/** One of many records, looked for on the server while somebody types. */
export function SearchSelect(props: Props) {
  const { found, known, onAsk, value, onChange, nothing, clear, isRequired, isFirst, ...labels } = props;
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState<Option | null>(null);
  const chosen = [...found, picked, known].find((one) => one?.value === value);
  const kept = chosen && !found.some((one) => one.value === value) ? [chosen] : [];
  // The box shows the label of what was chosen; looking for that would find nothing else.
  const [asked] = useDebouncedValue(typed === chosen?.label ? "" : typed, ASK_AFTER_MS);
  useEffect(() => onAsk(asked), [asked, onAsk]);
  return (
    <Select
      {...labels}
      withAsterisk={isRequired}
      data-autofocus={isFirst ? true : undefined}
      searchable
      clearable
      clearButtonProps={{ "aria-label": clear }}
      data={[...kept, ...found]}
      // The server has filtered.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={(next, option) => {
        setPicked(next ? { value: next, label: option.label } : null);
        onChange(next);
      }}
      nothingFoundMessage={nothing}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
