import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { mergesQuery, undoMerge } from "../../api/duplicate-queries";
import type { Merge } from "../../api/types";
import { formatInstant } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { DataTable } from "../../ui/DataTable";
import { notifyDone } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { FormProblem } from "../../ui/states";

/** What was merged lately, each with its way back. */
export function Merges() {
  const cache = useQueryClient();
  const query = useQuery(mergesQuery());
  const undoing = useMutation({
    mutationFn: (merge: Merge) => undoMerge(merge.id),
    onSuccess: () => {
      notifyDone(text("duplicates.undone"));
      void cache.invalidateQueries();
    },
  });
  if (!query.data || query.data.length === 0) return null;
  return (
    <Section title={text("duplicates.recent")} plain>
      <DataTable
        caption={text("duplicates.recent")}
        rows={query.data}
        rowKey={(row) => row.id}
        columns={[
          {
            key: "what",
            label: text("duplicates.merged"),
            cell: (row) => text("duplicates.recent_row", { name: row.loser_name }),
          },
          {
            key: "open",
            label: text("duplicates.open"),
            wide: true,
            cell: (row) => (
              <AppLink
                href={row.kind === "account" ? paths.account(row.winner_id) : paths.contact(row.winner_id)}
              >
                {text("duplicates.open")}
              </AppLink>
            ),
          },
          {
            key: "until",
            label: text("duplicates.until"),
            wide: true,
            cell: (row) => formatInstant(row.until),
          },
          {
            key: "undo",
            label: text("duplicates.undo"),
            cell: (row) => (
              <Button
                size="xs"
                variant="default"
                loading={undoing.isPending && undoing.variables === row}
                onClick={() => undoing.mutate(row)}
              >
                {text("duplicates.undo")}
              </Button>
            ),
          },
        ]}
      />
      <FormProblem error={undoing.error} />
    </Section>
  );
}
