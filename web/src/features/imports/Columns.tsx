import "../../text/administration";
import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { importFieldsQuery, importMappingsQuery, importQuery } from "../../api/import-queries";
import type { Import, ImportChange, ImportColumn } from "../../api/types";
import { editImport, saveImportMapping } from "../../api/writes";
import { formatPercent } from "../../format/format";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { notifyDone } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { FormProblem } from "../../ui/states";
import classes from "./ImportPage.module.css";
import { type Mapping, remapped } from "./mapping";
import { KINDS, kindLabel } from "./words";

/** Which column feeds what, with a few of its values and the reason of the guess. */
export function Columns({ import: file }: { import: Import }) {
  const cache = useQueryClient();
  const fields = useQuery(importFieldsQuery(file.kind));
  const mapping = file.mapping as unknown as Mapping | null;
  const changing = useMutation({
    mutationFn: (change: ImportChange) => editImport(file, change),
    onSuccess: (now) => cache.setQueryData(importQuery(now.id).queryKey, now),
  });
  const options = (fields.data ?? []).map((field) => ({ value: field.name, label: field.label }));
  const feed = (column: string, field: string | null) => {
    if (mapping) changing.mutate({ mapping: remapped(mapping, column, field) as never });
  };
  return (
    <Section title={text("imports.columns")}>
      <p className="soft">{text("imports.columns_why")}</p>
      <div className={classes.bar}>
        <Select
          label={text("imports.what_holds")}
          value={file.kind}
          allowDeselect={false}
          data={KINDS.map((kind) => ({ value: kind, label: kindLabel(kind) }))}
          disabled={changing.isPending}
          onChange={(kind) => {
            if (kind && kind !== file.kind) changing.mutate({ kind });
          }}
        />
        <KeptMappings kind={file.kind} onUse={(kept) => changing.mutate({ mapping: kept as never })} />
      </div>
      <FormProblem error={changing.error ?? fields.error} />
      <DataTable
        caption={text("imports.columns")}
        rows={file.columns}
        rowKey={(row) => row.column}
        isMuted={(row) => row.field === null}
        columns={[
          { key: "column", label: text("imports.column"), cell: (row) => row.column },
          {
            key: "samples",
            label: text("imports.samples"),
            cell: (row) => <span className={classes.samples}>{row.samples.join(" · ")}</span>,
          },
          {
            key: "feeds",
            label: text("imports.feeds"),
            cell: (row) => (
              <Select
                className={classes.pick}
                size="xs"
                aria-label={text("imports.feeds_for", { column: row.column })}
                placeholder={text("imports.left_out")}
                searchable
                clearable
                disabled={mapping === null || changing.isPending}
                value={row.field}
                data={options}
                onChange={(field) => feed(row.column, field)}
              />
            ),
          },
          { key: "why", label: text("imports.why"), wide: true, cell: (row) => <Why column={row} /> },
        ]}
      />
      {mapping ? <KeepMapping mapping={mapping} /> : null}
    </Section>
  );
}

function Why({ column }: { column: ImportColumn }) {
  if (column.field === null) return <span className="soft">{column.why}</span>;
  return (
    <span className="soft">
      {text("imports.sure", { percent: formatPercent(column.confidence) })}
      {column.why ? ` · ${column.why}` : ""}
    </span>
  );
}

function KeptMappings({ kind, onUse }: { kind: string; onUse: (mapping: unknown) => void }) {
  const kept = useQuery(importMappingsQuery());
  const own = (kept.data ?? []).filter((one) => one.kind === kind);
  if (own.length === 0) return null;
  return (
    <Select
      label={text("imports.use_saved")}
      value={null}
      data={own.map((one) => ({ value: one.id, label: one.name }))}
      onChange={(id) => {
        const chosen = own.find((one) => one.id === id);
        if (chosen) onUse(chosen.mapping);
      }}
    />
  );
}

function KeepMapping({ mapping }: { mapping: Mapping }) {
  const cache = useQueryClient();
  const key = useAttemptKey();
  const [name, setName] = useState("");
  const keeping = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), mapping: mapping as never };
      return saveImportMapping(body, key(body));
    },
    onSuccess: (kept) => {
      notifyDone(text("imports.saved"), kept.name);
      setName("");
      void cache.invalidateQueries({ queryKey: importMappingsQuery().queryKey });
    },
  });
  return (
    <form
      className={classes.bar}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) keeping.mutate();
      }}
    >
      <TextInput
        label={text("imports.save_name")}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!name.trim()} loading={keeping.isPending}>
        {text("imports.save")}
      </Button>
      <FormProblem error={keeping.error} />
    </form>
  );
}
