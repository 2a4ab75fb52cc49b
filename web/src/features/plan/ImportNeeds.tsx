import { Button, FileInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { fieldMessages } from "../../api/problem";
import type { ImportedNeeds, ImportNeeds as Input } from "../../api/types";
import { importNeeds } from "../../api/writes";
import { formatNumber } from "../../format/format";
import layout from "../../parts/form.module.css";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { notifyDone } from "../../ui/notify";
import { SidePanel } from "../../ui/SidePanel";
import { FormProblem } from "../../ui/states";
import { ActivityField, KindField, WantedField } from "./NeedFields";

/** What the server reads at most; a larger file is not sent. */
const BYTES_MAX = 1_000_000;

interface Fields {
  file: File | null;
  kind: Input["kind"];
  activity: Input["activity"];
  wanted: number | string;
}

/** Makes needs of the events of a calendar file. */
export function ImportNeeds({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const form = useForm<Fields>({
    initialValues: { file: null, kind: "event", activity: "speaking", wanted: 1 },
    validate: {
      file: (file) => {
        if (file === null) return text("plan.needs.import.file_missing");
        return file.size > BYTES_MAX ? text("plan.needs.import.file_large") : null;
      },
      wanted: (wanted) => (typeof wanted === "number" ? null : text("plan.needs.wanted_missing")),
    },
  });
  const reading = useMutation({
    mutationFn: async ({ file, kind, activity, wanted }: Fields) =>
      importNeeds({ file: (await file?.text()) ?? "", kind, activity, wanted: Number(wanted) }),
    onSuccess: async (told) => {
      await cache.invalidateQueries({ queryKey: ["plan"] });
      if (told.problems.length > 0) return;
      notifyDone(text("plan.needs.import.done"), summary(told));
      onClose();
    },
    onError: (error) => form.setErrors(fieldMessages(error)),
  });
  return (
    <SidePanel title={text("plan.needs.import.title")} opened onClose={onClose}>
      <form noValidate className={layout.form} onSubmit={form.onSubmit((fields) => reading.mutate(fields))}>
        <p className="meta measure">{text("plan.needs.import.lead")}</p>
        <FileInput
          label={text("plan.needs.import.file")}
          placeholder={text("plan.needs.import.choose")}
          accept=".ics,text/calendar"
          withAsterisk
          {...form.getInputProps("file")}
        />
        <KindField description={text("plan.needs.import.kind_hint")} {...form.getInputProps("kind")} />
        <ActivityField {...form.getInputProps("activity")} />
        <WantedField label={text("plan.needs.import.wanted")} {...form.getInputProps("wanted")} />
        <FormProblem error={reading.error} />
        <div className={layout.actions}>
          <Button type="submit" loading={reading.isPending}>
            {text("plan.needs.import.load")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {text("action.cancel")}
          </Button>
        </div>
      </form>
      {reading.data ? <Told told={reading.data} /> : null}
    </SidePanel>
  );
}

/** What came of the file, and which events nothing was made of. */
function Told({ told }: { told: ImportedNeeds }) {
  const rows = told.problems.map((problem) => ({ ...problem, key: String(problem.event) }));
  return (
    <Stack role="status" mt="md" gap="xs">
      <p>{summary(told)}</p>
      <DataTable
        caption={text("plan.needs.import.problems", { count: rows.length })}
        rows={rows}
        rowKey={(one) => one.key}
        columns={[
          {
            key: "event",
            label: text("plan.needs.import.event"),
            cell: (one) => <bdi>{one.title ?? text("plan.needs.import.nth", { place: one.event })}</bdi>,
          },
          { key: "why", label: text("plan.needs.import.why"), cell: (one) => one.message },
        ]}
      />
    </Stack>
  );
}

function summary(told: ImportedNeeds): string {
  const parts = (["created", "changed", "closed", "unchanged", "past"] as const).filter(
    (part) => told[part] > 0,
  );
  if (parts.length === 0) return text("plan.needs.import.nothing");
  return parts
    .map((part) => text(`plan.needs.import.${part}`, { count: told[part], told: formatNumber(told[part]) }))
    .join(", ");
}
