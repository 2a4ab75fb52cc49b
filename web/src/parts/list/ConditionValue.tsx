import { MultiSelect, NumberInput, TextInput } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usersQuery } from "../../api/queries";
import { termsQuery } from "../../api/taxonomy-queries";
import type { ListField, ListKind } from "../../api/types";
import { typedNumbers } from "../../format/format";
import { text } from "../../text/text";
import { wordLabel } from "./field-words";
import { type Condition, VALUELESS } from "./filter";

interface Props {
  list: ListKind;
  field: ListField | undefined;
  /** What the field is called. */
  name: string;
  condition: Condition;
  error: string | undefined;
  onChange: (value: Condition["value"]) => void;
}

/** What a condition compares with, in the shape that the field and the question take. */
export function ConditionValue({ list, field, name, condition, error, onChange }: Props) {
  const { is, value } = condition;
  const label = text("filter.value", { name });
  if (!field || VALUELESS.includes(is)) return null;
  if (is === "any_of" || is === "none_of") {
    const chosen = Array.isArray(value) ? value : value === undefined ? [] : [String(value)];
    const shared = { label, value: chosen, error, onChange };
    if (field.kind === "person") return <PeopleValue {...shared} />;
    if (field.kind === "facet") return <TermsValue {...shared} facet={field.key.replace(/^facet:/, "")} />;
    return (
      <MultiSelect
        aria-label={label}
        searchable
        data={field.words.map((word) => ({ value: word, label: wordLabel(list, field.key, word) }))}
        value={chosen}
        error={error}
        onChange={onChange}
      />
    );
  }
  if (is === "from" || is === "until") {
    return (
      <TextInput
        type="date"
        aria-label={label}
        value={String(value ?? "")}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (field.kind === "number" || field.kind === "money" || field.kind === "day") {
    return (
      <NumberInput
        aria-label={label}
        allowDecimal={false}
        {...typedNumbers}
        suffix={field.kind === "day" ? text("filter.days") : undefined}
        min={field.kind === "day" ? 0 : undefined}
        max={field.kind === "day" ? 36_500 : undefined}
        value={value === undefined || Array.isArray(value) ? "" : value}
        error={error}
        onChange={onChange}
      />
    );
  }
  return (
    <TextInput
      aria-label={label}
      value={String(value ?? "")}
      maxLength={300}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface ListedProps {
  label: string;
  value: string[];
  error: string | undefined;
  onChange: (value: string[]) => void;
}

/** Colleagues by what is typed; the reader and their team come first. */
function PeopleValue({ label, value, error, onChange }: ListedProps) {
  const [typed, setTyped] = useState("");
  const people = useInfiniteQuery(usersQuery({ q: typed || undefined }));
  const found = people.data?.pages[0]?.items ?? [];
  const [known, setKnown] = useState<Record<string, string>>({});
  const named = { ...known, ...Object.fromEntries(found.map((one) => [one.id, one.name])) };
  const fixed = ["me", "my_team"];
  const all = [...new Set([...value, ...found.map((one) => one.id)])].filter((id) => !fixed.includes(id));
  return (
    <MultiSelect
      aria-label={label}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      data={[
        { value: "me", label: text("filter.me") },
        { value: "my_team", label: text("filter.my_team") },
        ...all.map((id) => ({ value: id, label: named[id] ?? text("filter.colleague") })),
      ]}
      value={value}
      error={error}
      onChange={(next) => {
        setKnown(named);
        onChange(next);
      }}
    />
  );
}

function TermsValue({ label, value, error, onChange, facet }: ListedProps & { facet: string }) {
  const terms = useQuery(termsQuery(facet));
  return (
    <MultiSelect
      aria-label={label}
      searchable
      limit={60}
      data={(terms.data ?? [])
        .filter((term) => !term.retired || value.includes(term.id))
        .map((term) => ({ value: term.id, label: term.name }))}
      value={terms.data ? value : []}
      error={error}
      onChange={onChange}
    />
  );
}
