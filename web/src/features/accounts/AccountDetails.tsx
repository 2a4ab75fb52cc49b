import { NumberInput, Select, TextInput } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { accountQuery, usersQuery } from "../../api/queries";
import type { Account, EditAccount } from "../../api/types";
import { changeAccount } from "../../api/writes";
import { formatNumber } from "../../format/format";
import { InlineField, type InlineRecord } from "../../parts/inline/InlineField";
import { text } from "../../text/text";
import { Details } from "../../ui/Details";

interface Fields {
  name: string;
  owner_id: string | null;
  domain: string;
  employees: number | "";
}

const fieldsOf = (account: Account): Fields => ({
  name: account.name,
  owner_id: account.owner?.id ?? null,
  domain: account.domain ?? "",
  employees: account.employees ?? "",
});

/** An emptied field is taken away. */
function changeOf({ domain, employees, ...rest }: Partial<Fields>): EditAccount {
  return {
    ...rest,
    ...(domain === undefined ? {} : { domain: domain || null }),
    ...(employees === undefined ? {} : { employees: employees === "" ? null : employees }),
  };
}

/** The facts of a customer that people keep by hand, each changed where it stands. */
export function AccountDetails({ account }: { account: Account }) {
  const cache = useQueryClient();
  const [known, setKnown] = useState(account.owner);
  const of: InlineRecord<Account, Fields> = {
    record: account,
    canEdit: account.can_edit,
    fieldsOf,
    labelOf: (field) => text(`accounts.field.${field}`),
    show: (field, value) =>
      field === "owner_id"
        ? ([known, account.owner].find((one) => one?.id === value)?.name ?? "")
        : String(value ?? ""),
    validate: ({ name }) => (name.trim() === "" ? { name: text("accounts.name_missing") } : {}),
    read: () => cache.fetchQuery({ ...accountQuery(account.id), staleTime: 0 }),
    save: (version, changed) => changeAccount({ id: account.id, version }, changeOf(changed)),
    keep: (saved) => {
      cache.setQueryData(accountQuery(account.id).queryKey, saved);
      for (const key of ["accounts", "timeline", "matches"])
        void cache.invalidateQueries({ queryKey: [key] });
    },
    nameOf: (saved) => saved.name,
  };
  return (
    <Details
      rows={[
        {
          label: text("accounts.field.name"),
          value: (
            <InlineField
              of={of}
              field="name"
              input={(form, label) => (
                <TextInput aria-label={label} maxLength={200} {...form.getInputProps("name")} />
              )}
            >
              <bdi>{account.name}</bdi>
            </InlineField>
          ),
        },
        {
          label: text("accounts.field.owner_id"),
          value: (
            <InlineField
              of={of}
              field="owner_id"
              input={(form, label) => (
                <OwnerSelect
                  label={label}
                  known={known}
                  onKnown={setKnown}
                  {...form.getInputProps("owner_id")}
                />
              )}
            >
              {account.owner?.name ?? text("opportunities.no_owner")}
            </InlineField>
          ),
        },
        {
          label: text("accounts.field.domain"),
          value: (
            <InlineField
              of={of}
              field="domain"
              input={(form, label) => (
                <TextInput aria-label={label} maxLength={300} {...form.getInputProps("domain")} />
              )}
            >
              {account.domain ?? text("state.none")}
            </InlineField>
          ),
        },
        {
          label: text("accounts.field.employees"),
          value: (
            <InlineField
              of={of}
              field="employees"
              input={(form, label) => (
                <NumberInput
                  aria-label={label}
                  min={0}
                  allowDecimal={false}
                  thousandSeparator=","
                  {...form.getInputProps("employees")}
                />
              )}
            >
              {account.employees === null ? text("state.none") : formatNumber(account.employees)}
            </InlineField>
          ),
        },
      ]}
    />
  );
}

type Person = Account["owner"];

interface OwnerProps {
  label: string;
  known: Person;
  onKnown: (person: Person) => void;
  value?: string | null;
  onChange?: (owner: string | null) => void;
}

/** Relationship owners by what is typed; the one that holds is always among them. */
function OwnerSelect({ label, known, onKnown, onChange, ...input }: OwnerProps) {
  const [typed, setTyped] = useState("");
  const people = useInfiniteQuery(usersQuery({ q: typed === known?.name ? undefined : typed || undefined }));
  const found = people.data?.pages[0]?.items ?? [];
  const all = known && !found.some((one) => one.id === known.id) ? [known, ...found] : found;
  return (
    <Select
      aria-label={label}
      searchable
      clearable
      clearButtonProps={{ "aria-label": text("action.clear") }}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      data={all.map((one) => ({ value: one.id, label: one.name }))}
      {...input}
      onChange={(id) => {
        onKnown(all.find((one) => one.id === id) ?? known);
        onChange?.(id);
      }}
    />
  );
}
