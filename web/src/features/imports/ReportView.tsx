import "../../text/administration";
import { Button } from "@mantine/core";
import { importErrors } from "../../api/files";
import type { Import, ImportReport, RecordKind } from "../../api/types";
import { formatNumber } from "../../format/format";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import classes from "./ImportPage.module.css";

const COUNTS = ["created", "updated", "unchanged", "skipped", "failed"] as const;

/** What became of the rows, or would become of them. */
export function ReportView({ import: file, report }: { import: Import; report: ImportReport }) {
  const isDone = file.status === "done";
  return (
    <Section title={text(report.dry_run ? "imports.would" : "imports.happened")}>
      <dl className={classes.counts}>
        {COUNTS.map((count) => (
          <div key={count}>
            <dt className="soft">{text(`imports.counts.${count}`)}</dt>
            <dd className="numbers">{formatNumber(report[count])}</dd>
          </div>
        ))}
      </dl>
      <Records report={report} />
      {isDone && report.failed > 0 ? (
        <div className={classes.actions}>
          <Button component="a" variant="default" href={importErrors(file.id)} download>
            {text("imports.errors")}
          </Button>
          <span className="meta">{text("imports.errors_why")}</span>
        </div>
      ) : null}
      {report.problems.length > 0 ? <Problems report={report} /> : null}
      {report.unknown.length > 0 ? <Unknown report={report} /> : null}
      {report.ignored_columns.length > 0 ? (
        <p className="soft">{text("imports.ignored", { columns: report.ignored_columns.join(", ") })}</p>
      ) : null}
    </Section>
  );
}

function Records({ report }: { report: ImportReport }) {
  const kinds = Object.entries(report.records);
  if (kinds.length === 0) return null;
  return (
    <ul className={classes.list}>
      {kinds.map(([kind, counts]) => (
        <li key={kind} className="numbers">
          {text("imports.records", {
            kind: text(`record_kind.${kind as RecordKind}`),
            created: formatNumber(counts.created),
            updated: formatNumber(counts.updated),
          })}
        </li>
      ))}
    </ul>
  );
}

function Problems({ report }: { report: ImportReport }) {
  const rows = report.problems.map((problem, place) => ({ ...problem, place }));
  return (
    <>
      <DataTable
        caption={text("imports.problems")}
        rows={rows}
        rowKey={(row) => `${row.place}`}
        columns={[
          { key: "row", label: text("imports.problem_row"), cell: (row) => formatNumber(row.row) },
          { key: "column", label: text("imports.column"), wide: true, cell: (row) => row.column },
          { key: "reason", label: text("imports.problem_reason"), cell: (row) => row.reason },
          {
            key: "effect",
            label: text("imports.problem_effect"),
            wide: true,
            cell: (row) => text(row.failed ? "imports.row_left_out" : "imports.value_left_out"),
          },
        ]}
      />
      {report.problems_more > 0 ? (
        <p className="soft">{text("imports.more_problems", { count: report.problems_more })}</p>
      ) : null}
    </>
  );
}

function Unknown({ report }: { report: ImportReport }) {
  return (
    <>
      <h3>{text("imports.unknown")}</h3>
      <ul className={classes.list}>
        {report.unknown.slice(0, 20).map((one) => (
          <li key={`${one.what}:${one.written}`}>
            {text("imports.unknown_row", {
              what: one.what,
              written: one.written,
              rows: formatNumber(one.rows),
            })}
          </li>
        ))}
      </ul>
      {report.unknown.length + report.unknown_more > 20 ? (
        <p className="soft">
          {text("imports.more_problems", { count: report.unknown.length + report.unknown_more - 20 })}
        </p>
      ) : null}
    </>
  );
}
