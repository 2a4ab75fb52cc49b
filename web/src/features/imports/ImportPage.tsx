import "../../text/administration";
import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { importQuery } from "../../api/import-queries";
import type { Import } from "../../api/types";
import { applyImport, cancelImport, checkImport } from "../../api/writes";
import { formatNumber } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { Failed, FormProblem, Loading, Notice } from "../../ui/states";
import { Columns } from "./Columns";
import classes from "./ImportPage.module.css";
import { Questions } from "./Questions";
import { ReportView } from "./ReportView";
import { TakenBack, UndoImport } from "./UndoImport";
import { useImportChange } from "./use-import-change";
import { kindLabel } from "./words";

/** One file on its way in: what it holds, what would happen, and what happened. */
export function ImportPage() {
  const { id } = useParams({ from: "/signed-in/imports/$id" });
  const query = useQuery(importQuery(id));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed isPage error={query.error} onRetry={() => void query.refetch()} />;
  return <Steps import={query.data} />;
}

/** What may have written something, and is over. */
const UNDOABLE: readonly Import["status"][] = ["done", "cancelled", "failed"];

function Steps({ import: file }: { import: Import }) {
  const isRunning = file.status === "applying";
  const isTakenBack = file.status === "undoing" || file.status === "undone";
  const isOver = file.status === "done" || isTakenBack;
  const hasQuestions = !isOver && file.mapping === null;
  const lead = `${kindLabel(file.kind)} · ${text(`imports.status.${file.status}`)}`;
  return (
    <Page
      title={file.file_name}
      lead={lead}
      actions={<AppLink href={paths.imports()}>{text("imports.another")}</AppLink>}
    >
      {file.written_by && !isOver ? (
        <p className="soft">{text("imports.written_by", { program: file.written_by })}</p>
      ) : null}
      {file.report?.failure ? <Notice title={text("imports.broke")}>{file.report.failure}</Notice> : null}
      {isRunning ? <Running import={file} /> : null}
      {isTakenBack ? <TakenBack import={file} /> : null}
      {!isRunning && !isOver ? <Actions import={file} /> : null}
      {file.report && !isRunning ? <ReportView import={file} report={file.report} /> : null}
      {!isRunning && !isOver && hasQuestions ? <Questions import={file} /> : null}
      {!isRunning && !isOver ? <Columns import={file} /> : null}
      {UNDOABLE.includes(file.status) ? <UndoImport import={file} /> : null}
    </Page>
  );
}

function Actions({ import: file }: { import: Import }) {
  const checking = useImportChange(checkImport);
  const applying = useImportChange(applyImport);
  const isBusy = checking.isPending || applying.isPending;
  const isOpen = file.mapping === null;
  return (
    <div className={classes.actions}>
      <Button
        variant={file.status === "checked" ? "default" : "filled"}
        disabled={isOpen || applying.isPending}
        loading={checking.isPending}
        onClick={() => checking.mutate(file)}
      >
        {text("imports.check")}
      </Button>
      <Button
        variant={file.status === "checked" ? "filled" : "default"}
        disabled={isOpen || checking.isPending}
        loading={applying.isPending}
        onClick={() => applying.mutate(file)}
      >
        {text("imports.apply", { count: file.rows })}
      </Button>
      {file.status === "checked" ? null : (
        <span className="meta">{text(isOpen ? "imports.questions_first" : "imports.check_why")}</span>
      )}
      {isBusy ? null : <FormProblem error={checking.error ?? applying.error} />}
    </div>
  );
}

function Running({ import: file }: { import: Import }) {
  const cancelling = useImportChange(cancelImport);
  const words = { done: formatNumber(file.rows_done), all: formatNumber(file.rows) };
  const said = file.rows_done === 0 ? text("imports.waiting") : text("imports.progress", words);
  return (
    <Section title={text("imports.status.applying")}>
      <Progress
        value={file.rows === 0 ? 100 : (100 * file.rows_done) / file.rows}
        aria-label={text("imports.status.applying")}
      />
      <p role="status" className="numbers">
        {said}
      </p>
      <div className={classes.actions}>
        <Button variant="default" loading={cancelling.isPending} onClick={() => cancelling.mutate(file)}>
          {text("imports.cancel")}
        </Button>
        <span className="meta">{text("imports.cancel_why")}</span>
      </div>
      <FormProblem error={cancelling.error} />
    </Section>
  );
}
