import { NumberInput, TextInput } from "@mantine/core";
import type { Account, EditAccount } from "../../api/types";
import { changeAccount } from "../../api/writes";
import { formatNumber, typedNumbers } from "../../format/format";
import { InlineField, type InlineRecord } from "../../parts/inline/InlineField";
import { InlineTags } from "../../parts/inline/InlineTags";
import { type Named, PersonSelect } from "../../parts/inline/NamedSelect";
import { text } from "../../text/text";
import { Details } from "../../ui/Details";
import { useAccountEdits } from "./account-edits";

interface Fields {
  name: string;
  owner_id: Named | null;
  domain: string;
  employees: number | "";
}

const fieldsOf = (account: Account): Fields => ({
  name: account.name,
  owner_id: account.owner ?? null,
  domain: account.domain ?? "",
  employees: account.employees ?? "",
});

/** An emptied field is taken away. */
function changeOf({ owner_id, domain, employees, ...rest }: Partial<Fields>): EditAccount {
  return {
    ...rest,
    ...(owner_id === undefined ? {} : { owner_id: owner_id?.id ?? null }),
    ...(domain === undefined ? {} : { domain: domain || null }),
    ...(employees === undefined ? {} : { employees: employees === "" ? null : employees }),
  };
}

/** What a customer is tagged with. */
export function AccountTags({ account }: { account: Account }) {
  return (
    <InlineTags
      {...useAccountEdits(account)}
      record={account}
      save={(version, changed) => changeAccount({ id: account.id, version }, changed)}
    />
  );
}

/** The facts of a customer that people keep by hand, each changed where it stands. */
export function AccountDetails({ account }: { account: Account }) {
  const of: InlineRecord<Account, Fields> = {
    ...useAccountEdits(account),
    record: account,
    canEdit: account.can_edit,
    fieldsOf,
    labelOf: (field) => text(`accounts.field.${field}`),
    show: (field, value) =>
      field === "owner_id" ? ((value as Fields["owner_id"])?.name ?? "") : String(value ?? ""),
    validate: ({ name }) => (name.trim() === "" ? { name: text("accounts.name_missing") } : {}),
    save: (version, changed) => changeAccount({ id: account.id, version }, changeOf(changed)),
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
              input={(form, label) => <PersonSelect label={label} {...form.getInputProps("owner_id")} />}
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
                  {...typedNumbers}
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
