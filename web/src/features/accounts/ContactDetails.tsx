import { Autocomplete, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { contactQuery } from "../../api/queries";
import type { Contact, EditContact } from "../../api/types";
import { changeContact } from "../../api/writes";
import { formatDay } from "../../format/format";
import { InlineField, type InlineRecord } from "../../parts/inline/InlineField";
import { InlineTags } from "../../parts/inline/InlineTags";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Details } from "../../ui/Details";
import { AddressState } from "./AddressState";

const FIELDS = ["name", "title", "email", "phone", "time_zone", "left_on"] as const;
type Field = (typeof FIELDS)[number];
type Fields = Record<Field, string>;

/** Zones beyond these are typed. */
const ZONES_SHOWN = 30;

const fieldsOf = (contact: Contact): Fields => ({
  name: contact.name,
  title: contact.title ?? "",
  email: contact.email ?? "",
  phone: contact.phone ?? "",
  time_zone: contact.time_zone ?? "",
  left_on: contact.left_on ?? "",
});

const TYPES: Partial<Record<Field, string>> = { email: "email", left_on: "date" };

function shown(contact: Contact, field: Field, today: string): string {
  const value = contact[field];
  if (!value) return text("state.none");
  return field === "left_on" ? formatDay(value, today) : value;
}

/** An emptied field is taken away; a name cannot be. */
function changeOf({ name, ...rest }: Partial<Fields>): EditContact {
  const emptied = Object.entries(rest).map(([field, value]) => [field, value || null]);
  return { ...(name === undefined ? {} : { name }), ...Object.fromEntries(emptied) };
}

/** How a person is read again and kept, whatever was changed. */
function useContactEdits(contact: Contact) {
  const cache = useQueryClient();
  return {
    read: () => cache.fetchQuery({ ...contactQuery(contact.id), staleTime: 0 }),
    keep: (saved: Contact) => {
      cache.setQueryData(contactQuery(contact.id).queryKey, saved);
      for (const key of ["contacts", "advocates", "advocate", "timeline", "matches"])
        void cache.invalidateQueries({ queryKey: [key] });
    },
    nameOf: (saved: Contact) => saved.name,
  };
}

/** What a person is tagged with. */
export function ContactTags({ contact }: { contact: Contact }) {
  return (
    <InlineTags
      {...useContactEdits(contact)}
      record={contact}
      save={(version, changed) => changeContact({ id: contact.id, version }, changed)}
    />
  );
}

/** What is known of a person, each field changed where it stands. */
export function ContactDetails({ contact }: { contact: Contact }) {
  const { today } = useSession();
  const of: InlineRecord<Contact, Fields> = {
    ...useContactEdits(contact),
    record: contact,
    canEdit: contact.can_edit,
    fieldsOf,
    labelOf: (field) => text(`accounts.contact_field.${field}`),
    validate: ({ name }) => (name.trim() === "" ? { name: text("accounts.contact_name_missing") } : {}),
    save: (version, changed) => changeContact({ id: contact.id, version }, changeOf(changed)),
  };
  const rows = FIELDS.map((field) => ({
    label: of.labelOf(field),
    value: (
      <InlineField
        of={of}
        field={field}
        input={(form, label) => {
          const input = { "aria-label": label, maxLength: 200, ...form.getInputProps(field) };
          if (field === "time_zone")
            return <Autocomplete limit={ZONES_SHOWN} data={Intl.supportedValuesOf("timeZone")} {...input} />;
          return <TextInput type={TYPES[field] ?? "text"} {...input} />;
        }}
      >
        <bdi>{shown(contact, field, today)}</bdi>
      </InlineField>
    ),
  }));
  const email = rows[FIELDS.indexOf("email")];
  if (email)
    email.value = (
      <>
        {email.value}
        <AddressState contact={contact} keep={of.keep} />
      </>
    );
  return <Details rows={rows} />;
}
