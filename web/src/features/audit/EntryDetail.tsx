import "../../text/administration";
import { Button } from "@mantine/core";
import type { TimelineEntry } from "../../api/types";
import { formatInstant } from "../../format/format";
import { whoActed } from "../../parts/actor";
import layout from "../../parts/form.module.css";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { Facts } from "../../ui/Facts";

/** A value as it was written; empty and absent say so. */
function written(value: unknown): string {
  if (value === null || value === undefined || value === "") return text("state.none");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** One event: what changed from what to what. */
export function EntryDetail({ entry, onRecord }: { entry: TimelineEntry; onRecord: () => void }) {
  return (
    <div className={layout.form}>
      <Facts
        facts={[
          { label: text("audit.column.at"), value: formatInstant(entry.at) },
          { label: text("audit.column.who"), value: whoActed(entry) },
          { label: text("audit.column.kind"), value: text(`record_kind.${entry.record_kind}`) },
          { label: text("audit.column.position"), value: entry.position },
        ]}
      />
      {entry.changes === null ? (
        <p className="soft">{text("audit.no_values")}</p>
      ) : entry.changes.length === 0 ? null : (
        <DataTable
          caption={text("audit.changes")}
          rows={entry.changes}
          rowKey={(row) => row.field}
          columns={[
            { key: "field", label: text("audit.field"), cell: (row) => row.field.replaceAll("_", " ") },
            { key: "before", label: text("audit.before"), cell: (row) => written(row.before) },
            { key: "after", label: text("audit.after"), cell: (row) => written(row.after) },
          ]}
        />
      )}
      <div className={layout.actions}>
        <Button variant="default" onClick={onRecord}>
          {text("audit.of_record")}
        </Button>
      </div>
    </div>
  );
}
