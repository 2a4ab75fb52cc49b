import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { accountQuery, usersQuery } from "../../api/queries";
import type { Account, EditAccount as Change } from "../../api/types";
import { changeAccount } from "../../api/writes";
import layout from "../../parts/form.module.css";
import { useVersionedForm } from "../../parts/use-versioned-form";
import { text } from "../../text/text";
import { notifyUndo } from "../../ui/notify";

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

/** Only what can be sent: an owner or a number that is absent stays as it is. */
function changeOf(changed: Partial<Fields>): Change {
  const { owner_id, employees, ...rest } = changed;
  return {
    ...rest,
    ...(owner_id ? { owner_id } : {}),
    ...(typeof employees === "number" ? { employees } : {}),
  };
}

/** The facts of a customer that people keep by hand. */
export function EditAccount({ account, onDone }: { account: Account; onDone: () => void }) {
  const cache = useQueryClient();
  const keep = (saved: Account) => {
    cache.setQueryData(accountQuery(account.id).queryKey, saved);
    for (const key of ["accounts", "timeline", "matches"]) void cache.invalidateQueries({ queryKey: [key] });
  };
  const [known, setKnown] = useState(account.owner);
  const edit = useVersionedForm<Account, Fields>({
    record: account,
    fieldsOf,
    labelOf: (field) => text(`accounts.field.${field}`),
    show: (field, value) =>
      field === "owner_id" && value === known?.id ? (known?.name ?? "") : String(value ?? ""),
    validate: ({ name }) => (name.trim() === "" ? { name: text("accounts.name_missing") } : {}),
    read: () => cache.fetchQuery({ ...accountQuery(account.id), staleTime: 0 }),
    save: (version, changed) => changeAccount({ id: account.id, version }, changeOf(changed)),
    onSaved: (saved, before) => {
      keep(saved);
      notifyUndo(text("accounts.saved"), saved.name, async () =>
        keep(await changeAccount(saved, changeOf(before))),
      );
      onDone();
    },
  });
  return (
    <form noValidate className={layout.form} onSubmit={edit.submit}>
      <TextInput
        data-autofocus
        label={text("accounts.field.name")}
        maxLength={200}
        {...edit.form.getInputProps("name")}
      />
      <OwnerSelect known={known} onKnown={setKnown} {...edit.form.getInputProps("owner_id")} />
      <TextInput
        label={text("accounts.field.domain")}
        maxLength={200}
        {...edit.form.getInputProps("domain")}
      />
      <NumberInput
        label={text("accounts.field.employees")}
        min={0}
        allowDecimal={false}
        thousandSeparator=","
        {...edit.form.getInputProps("employees")}
      />
      {edit.problem}
      <div className={layout.actions}>
        <Button type="submit" loading={edit.isSaving} disabled={!edit.isChanged || edit.isStale}>
          {text("action.save")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {text("action.cancel")}
        </Button>
      </div>
    </form>
  );
}

type Person = Account["owner"];

interface OwnerProps {
  known: Person;
  onKnown: (person: Person) => void;
  value?: string | null;
  onChange?: (owner: string | null) => void;
}

/** Relationship owners by what is typed; the one that holds is always among them. */
function OwnerSelect({ known, onKnown, onChange, ...input }: OwnerProps) {
  const [typed, setTyped] = useState("");
  const people = useInfiniteQuery(usersQuery({ q: typed === known?.name ? undefined : typed || undefined }));
  const found = people.data?.pages[0]?.items ?? [];
  const all = known && !found.some((one) => one.id === known.id) ? [known, ...found] : found;
  return (
    <Select
      label={text("accounts.field.owner_id")}
      searchable
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
