import { Button, TextInput } from "@mantine/core";
import { IconCircleCheck, IconCircleOff } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usersQuery } from "../../api/queries";
import { sightOfQuery } from "../../api/sight-queries";
import type { FieldSight, PersonSight } from "../../api/types";
import layout from "../../parts/form.module.css";
import { kindOfAddress } from "../../paths/kind-of-address";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { Mark } from "../../ui/Mark";
import { SearchSelect } from "../../ui/SearchSelect";
import { Section } from "../../ui/Section";
import { Failed, Loading, Notice } from "../../ui/states";

type Asked = NonNullable<ReturnType<typeof readRecord>> & { user: string };

const RECORD = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i;

/** The record that an address names; null where it names none. */
export function readRecord(typed: string) {
  const path = typed.trim().replace(/^https?:\/\/[^/]+/, "");
  const kind = kindOfAddress(path);
  const record = path.match(RECORD)?.[1]?.toLowerCase();
  return kind && record ? { kind, record } : null;
}

/** One colleague and one record: what they see of it, and by which rule. */
export function ColleagueSight() {
  const [words, setWords] = useState("");
  const [user, setUser] = useState<string | null>(null);
  const [address, setAddress] = useState("");
  const [wrong, setWrong] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const people = useInfiniteQuery(usersQuery({ q: words || undefined }));
  const found = people.data?.pages[0]?.items ?? [];
  return (
    <Section title={text("sight.other.title")}>
      <p className="soft">{text("sight.other.why")}</p>
      <form
        noValidate
        className={layout.form}
        onSubmit={(event) => {
          event.preventDefault();
          const record = readRecord(address);
          setWrong(record === null);
          if (user && record) setAsked({ ...record, user });
        }}
      >
        <SearchSelect
          label={text("sight.other.person")}
          onAsk={setWords}
          found={found.map((one) => ({ value: one.id, label: one.name }))}
          value={user}
          onChange={setUser}
          nothing={text("sight.other.no_person")}
          clear={text("action.clear")}
        />
        <TextInput
          label={text("sight.other.record")}
          description={text("sight.other.record_hint", { example: `${window.location.origin}/accounts/…` })}
          error={wrong ? text("sight.other.record_wrong") : undefined}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <div className={layout.actions}>
          <Button type="submit" variant="default" disabled={!user || address.trim() === ""}>
            {text("sight.other.ask")}
          </Button>
        </div>
      </form>
      {asked ? <Explained asked={asked} /> : null}
    </Section>
  );
}

function Explained({ asked }: { asked: Asked }) {
  const query = useQuery(sightOfQuery(asked));
  if (query.isPending) return <Loading rows={3} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { user, outcome, roles, fields } = query.data;
  const named = roles.map((role) => text(`role.${role}`)).join(", ") || text("sight.no_role");
  return (
    <>
      <Notice
        tone={outcome === "seen" ? "free" : "ask"}
        title={text(`sight.other.outcome.${outcome}`, { name: user.name, roles: named })}
      />
      {fields.length > 0 ? <Fields fields={fields} /> : null}
    </>
  );
}

function Fields({ fields }: { fields: PersonSight["fields"] }) {
  return (
    <DataTable
      caption={text("sight.other.title")}
      rows={fields}
      rowKey={(row) => row.class}
      columns={[
        {
          key: "field",
          label: text("sight.other.column.field"),
          cell: (row) => text(`sight.field.${row.class}`),
        },
        {
          key: "seen",
          label: text("sight.other.column.seen"),
          cell: (row) => (
            <Mark
              tone={row.seen ? "free" : "plain"}
              icon={row.seen ? <IconCircleCheck /> : <IconCircleOff />}
            >
              {text(row.seen ? "sight.other.seen" : "sight.other.hidden")}
            </Mark>
          ),
        },
        { key: "because", label: text("sight.other.column.because"), cell: because },
      ]}
    />
  );
}

function because(row: FieldSight): string {
  if (row.shown === "always") return text("sight.other.because_role");
  if (row.shown === "never") return text("sight.other.because_never");
  const words = (conditions: FieldSight["conditions"]) =>
    conditions.map((one) => text(`sight.other.condition.${one}`)).join(text("sight.or"));
  return row.seen ? words(row.holding) : text("sight.other.missing", { conditions: words(row.conditions) });
}
