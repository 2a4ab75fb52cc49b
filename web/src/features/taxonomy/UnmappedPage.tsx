import { Button, Select } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { facetsQuery, termsQuery, unmappedQuery } from "../../api/queries";
import type { UnmappedValue } from "../../api/types";
import { mapUnmapped } from "../../api/writes";
import { formatNumber } from "../../format/format";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Empty, FormProblem } from "../../ui/states";
import classes from "./UnmappedPage.module.css";

/** Words from outside that are no terms yet; each is mapped once for all records. */
export function UnmappedPage() {
  const query = useInfiniteQuery(unmappedQuery());
  const facets = useQuery(facetsQuery());
  const facetName = (key: string) => facets.data?.find((facet) => facet.key === key)?.name ?? key;
  return (
    <Page title={text("taxonomy.unmapped")} lead={text("taxonomy.lead")}>
      <PagedList
        query={query}
        empty={<Empty title={text("taxonomy.empty_title")} why={text("taxonomy.empty_why")} />}
      >
        {(rows) => (
          <DataTable
            caption={text("taxonomy.unmapped")}
            rows={rows}
            rowKey={(row) => `${row.facet}:${row.raw}`}
            columns={[
              { key: "raw", label: text("taxonomy.raw"), cell: (row) => row.raw },
              { key: "facet", label: text("taxonomy.facet"), cell: (row) => facetName(row.facet) },
              {
                key: "count",
                label: text("taxonomy.count"),
                align: "right",
                cell: (row) => formatNumber(row.count),
              },
              { key: "map", label: text("taxonomy.map_to"), cell: (row) => <MapWord row={row} /> },
            ]}
          />
        )}
      </PagedList>
    </Page>
  );
}

function MapWord({ row }: { row: UnmappedValue }) {
  const cache = useQueryClient();
  const terms = useQuery(termsQuery());
  const [term, setTerm] = useState<string | null>(row.suggestion?.term_id ?? null);
  const own = (terms.data ?? []).filter((one) => one.facet === row.facet && !one.retired);
  const saving = useMutation({
    mutationFn: (chosen: string) => mapUnmapped(row.facet, row.raw, chosen),
    onSuccess: (_, chosen) => {
      notifyDone(
        text("taxonomy.mapped"),
        text("taxonomy.mapped_detail", {
          raw: row.raw,
          term: own.find((one) => one.id === chosen)?.name ?? "",
        }),
      );
      // Every record that carried the word is tagged now.
      void cache.invalidateQueries();
    },
  });
  return (
    <>
      <form
        className={classes.map}
        onSubmit={(event) => {
          event.preventDefault();
          if (term) saving.mutate(term);
        }}
      >
        <Select
          size="xs"
          aria-label={text("taxonomy.map_for", { raw: row.raw })}
          placeholder={text("taxonomy.pick")}
          searchable
          value={term}
          onChange={setTerm}
          data={own.map((one) => ({ value: one.id, label: one.name }))}
        />
        <Button size="xs" type="submit" variant="default" disabled={term === null} loading={saving.isPending}>
          {text("taxonomy.map")}
        </Button>
      </form>
      <FormProblem error={saving.error} />
    </>
  );
}
