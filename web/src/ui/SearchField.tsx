import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { text } from "../text/text";

interface Props {
  label: string;
  value: string;
  onSearch: (value: string) => void;
  placeholder?: string;
  delayMs?: number;
  /** Enter, with what is typed; asked before that. */
  onEnter?: (value: string) => void;
}

/** A search box that asks after a short pause; the asked text lives with the caller (in the address). */
export function SearchField({ label, value, onSearch, placeholder, delayMs = 250, onEnter }: Props) {
  const [typed, setTyped] = useState(value);
  const asked = useRef(value);
  useEffect(() => {
    if (value !== asked.current) {
      asked.current = value;
      setTyped(value);
    }
  }, [value]);
  const ask = (next: string) => {
    if (next === asked.current) return;
    asked.current = next;
    onSearch(next);
  };
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    const timer = setTimeout(() => latest.current(typed.trim()), delayMs);
    return () => clearTimeout(timer);
  }, [typed, delayMs]);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder ?? label}
      value={typed}
      maxLength={300}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        ask(typed.trim());
        onEnter?.(typed.trim());
      }}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={
        typed ? (
          <CloseButton size="sm" aria-label={text("action.clear")} onClick={() => setTyped("")} />
        ) : null
      }
    />
  );
}
