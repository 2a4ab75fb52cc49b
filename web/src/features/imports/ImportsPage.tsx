import "../../text/administration";
import { Button, FileButton } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type DragEvent, useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { importQuery, importsQuery } from "../../api/import-queries";
import type { Import } from "../../api/types";
import { uploadImport } from "../../api/writes";
import { formatInstant, formatNumber } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty, FormProblem } from "../../ui/states";
import classes from "./ImportsPage.module.css";
import { kindLabel } from "./words";

/** Files on their way in: a place to drop the next one, and what became of those before. */
export function ImportsPage() {
  const query = useInfiniteQuery(importsQuery());
  return (
    <Page
      title={text("imports.title")}
      lead={text("imports.lead")}
      actions={<AppLink href={paths.duplicates()}>{text("imports.duplicates")}</AppLink>}
    >
      <Drop />
      <Section title={text("imports.recent")} plain>
        <PagedList
          query={query}
          empty={<Empty title={text("imports.empty_title")} why={text("imports.empty_why")} />}
        >
          {(rows) => <Recent rows={rows} />}
        </PagedList>
      </Section>
    </Page>
  );
}

function Drop() {
  const cache = useQueryClient();
  const router = useRouter();
  const key = useAttemptKey();
  const [isOver, setOver] = useState(false);
  const uploading = useMutation({
    mutationFn: (file: File) => uploadImport(file, key([file.name, file.size, file.lastModified])),
    onSuccess: (made) => {
      cache.setQueryData(importQuery(made.id).queryKey, made);
      void cache.invalidateQueries({ queryKey: ["imports"] });
      void router.navigate({ href: paths.import(made.id) });
    },
  });
  const take = (file: File | null | undefined) => {
    if (file && !uploading.isPending) uploading.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files.item(0));
  };
  return (
    <section
      aria-label={text("imports.drop")}
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className={classes.title}>
        {uploading.isPending
          ? text("imports.reading", { name: uploading.variables.name })
          : text("imports.drop")}
      </p>
      <p className="soft measure">{text("imports.drop_why")}</p>
      <FileButton onChange={take} accept=".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson,.yaml,.yml">
        {(props) => (
          <Button {...props} loading={uploading.isPending}>
            {text("imports.choose")}
          </Button>
        )}
      </FileButton>
      <FormProblem error={uploading.error} onRetry={() => take(uploading.variables)} />
    </section>
  );
}

function Recent({ rows }: { rows: Import[] }) {
  return (
    <DataTable
      caption={text("imports.recent")}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "file",
          label: text("imports.file"),
          cell: (row) => <AppLink href={paths.import(row.id)}>{row.file_name}</AppLink>,
        },
        { key: "kind", label: text("imports.holds"), cell: (row) => kindLabel(row.kind) },
        {
          key: "status",
          label: text("imports.status_label"),
          cell: (row) => text(`imports.status.${row.status}`),
        },
        {
          key: "rows",
          label: text("imports.rows"),
          align: "right",
          cell: (row) => formatNumber(row.rows),
        },
        {
          key: "when",
          label: text("imports.when"),
          wide: true,
          cell: (row) => formatInstant(row.created_at),
        },
      ]}
    />
  );
}
