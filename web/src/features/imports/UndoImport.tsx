import "../../text/administration";
import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { importUndoQuery } from "../../api/import-queries";
import type { Import, UndoReport } from "../../api/types";
import { undoImport } from "../../api/writes";
import { formatInstant, formatNumber } from "../../format/format";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Failed, FormProblem, Loading, Notice } from "../../ui/states";
import classes from "./ImportPage.module.css";
import { useImportChange } from "./use-import-change";
import { undoKindLabel } from "./words";

/** The way back for thirty days: first what it would do, then doing it. */
export function UndoImport({ import: file }: { import: Import }) {
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <Preview import={file} onClose={() => setAsked(false)} />;
  return (
    <Section title={text("imports.undo.title")}>
      <div className={classes.actions}>
        <Button variant="default" onClick={() => setAsked(true)}>
          {text("imports.undo.preview")}
        </Button>
        <span className="meta">{text("imports.undo.why")}</span>
      </div>
    </Section>
  );
}

function Preview({ import: file, onClose }: { import: Import; onClose: () => void }) {
  const query = useQuery(importUndoQuery(file.id));
  const undoing = useImportChange(undoImport);
  if (query.isPending) return <Loading rows={4} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { refused, report, until } = query.data;
  if (refused) return <Notice title={text("imports.undo.title")}>{refused}</Notice>;
  return (
    <Section title={text("imports.undo.would")}>
      <Counts report={report} />
      <div className={classes.actions}>
        <Button color="red" loading={undoing.isPending} onClick={() => undoing.mutate(file)}>
          {text("imports.undo.do")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {text("imports.undo.close")}
        </Button>
        {until ? (
          <span className="meta">{text("imports.undo.until", { when: formatInstant(until) })}</span>
        ) : null}
      </div>
      <FormProblem error={undoing.error} />
    </Section>
  );
}

/** An import that is being undone, or is. */
export function TakenBack({ import: file }: { import: Import }) {
  const undo = file.report?.undo;
  if (!undo) return null;
  const isRunning = file.status === "undoing";
  const words = { done: formatNumber(undo.done), total: formatNumber(undo.total) };
  return (
    <Section title={text(isRunning ? "imports.undo.running" : "imports.undo.happened")}>
      {isRunning ? (
        <>
          <Progress
            value={undo.total === 0 ? 100 : (100 * undo.done) / undo.total}
            aria-label={text("imports.undo.running")}
          />
          <p role="status" className="numbers">
            {undo.done === 0 ? text("imports.waiting") : text("imports.undo.steps", words)}
          </p>
        </>
      ) : (
        <Counts report={undo} />
      )}
    </Section>
  );
}

const sum = (counts: { [kind: string]: number }): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

function Counts({ report }: { report: UndoReport }) {
  return (
    <>
      <dl className={classes.counts}>
        <Count label={text("imports.undo.removed")} counts={report.removed} />
        <Count label={text("imports.undo.put_back")} counts={report.put_back} />
      </dl>
      {report.left.length > 0 ? (
        <DataTable
          caption={text("imports.undo.left")}
          rows={report.left}
          rowKey={(row) => `${row.kind}:${row.why}`}
          columns={[
            { key: "what", label: text("imports.undo.left"), cell: (row) => undoKindLabel(row.kind) },
            {
              key: "count",
              label: text("imports.undo.count"),
              align: "right",
              cell: (row) => formatNumber(row.count),
            },
            {
              key: "why",
              label: text("imports.undo.reason"),
              cell: (row) => text(`imports.undo.left_why.${row.why}`),
            },
          ]}
        />
      ) : null}
    </>
  );
}

function Count({ label, counts }: { label: string; counts: { [kind: string]: number } }) {
  const kinds = Object.entries(counts);
  return (
    <div>
      <dt className="soft">{label}</dt>
      <dd className="numbers">{formatNumber(sum(counts))}</dd>
      {kinds.map(([kind, count]) => (
        <dd key={kind} className={classes.part}>
          {text("imports.undo.part", { kind: undoKindLabel(kind), number: formatNumber(count) })}
        </dd>
      ))}
    </div>
  );
}
