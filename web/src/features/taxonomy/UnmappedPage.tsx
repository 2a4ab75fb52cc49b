import "../../text/administration";
import { Button, Select } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { facetsQuery, termsQuery, unmappedQuery } from "../../api/taxonomy-queries";
import type { Term, UnmappedValue } from "../../api/types";
import { mapUnmapped, unmap } from "../../api/writes";
import { QueueList } from "../../parts/QueueList";
import { useQueue } from "../../parts/use-queue";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { notifyUndo } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Empty, FormProblem } from "../../ui/states";
import { useKeys } from "../../ui/use-keys";
import { TaxonomyTabs } from "./TaxonomyTabs";
import classes from "./UnmappedPage.module.css";

const keyOf = (row: UnmappedValue) => `${row.facet}:${row.raw}`;

/** Words from outside that are no terms yet; each is mapped once for all records. */
export function UnmappedPage() {
  const query = useInfiniteQuery(unmappedQuery());
  return (
    <Page title={text("taxonomy.unmapped")} lead={text("taxonomy.lead")}>
      <TaxonomyTabs />
      <PagedList
        query={query}
        empty={
          <Empty
            title={text("taxonomy.empty_title")}
            why={text("taxonomy.empty_why")}
            next={<AppLink href={paths.taxonomy()}>{text("taxonomy.empty_next")}</AppLink>}
          />
        }
      >
        {(rows) => <Queue rows={rows} />}
      </PagedList>
    </Page>
  );
}

interface Mapping {
  row: UnmappedValue;
  term: string;
}

function Queue({ rows }: { rows: UnmappedValue[] }) {
  const cache = useQueryClient();
  const terms = useQuery(termsQuery());
  const { chosen, list, moves } = useQueue(rows.length);
  const saving = useMutation({
    mutationFn: ({ row, term }: Mapping) => mapUnmapped(row.facet, row.raw, term),
    onSuccess: (_, { row, term }) => {
      const name = terms.data?.find((one) => one.id === term)?.name ?? row.suggestion?.name ?? "";
      const detail = text("taxonomy.mapped_detail", { raw: row.raw, term: name });
      notifyUndo(text("taxonomy.mapped"), detail, async () => {
        await unmap(row.facet, row.raw, term);
        await cache.invalidateQueries();
      });
      // Every record that carried the word is tagged now.
      void cache.invalidateQueries();
    },
  });
  const accept = (row: UnmappedValue | undefined) => {
    if (row?.suggestion && !saving.isPending) saving.mutate({ row, term: row.suggestion.term_id });
  };
  useKeys({ ...moves, Enter: () => accept(rows[chosen]) });
  return (
    <QueueList
      label={text("taxonomy.unmapped")}
      keys={text("taxonomy.keys")}
      rows={rows}
      keyOf={keyOf}
      rowClass={classes.row}
      queue={{ chosen, list }}
    >
      {(row) => (
        <>
          <Waiting
            row={row}
            terms={terms.data ?? []}
            isSaving={saving.isPending && saving.variables.row === row}
            onMap={(term) => saving.mutate({ row, term })}
          />
          {saving.variables?.row === row ? <FormProblem error={saving.error} /> : null}
        </>
      )}
    </QueueList>
  );
}

interface WaitingProps {
  row: UnmappedValue;
  terms: Term[];
  isSaving: boolean;
  onMap: (term: string) => void;
}

/** One word, what it probably means in one press, and every other term of its facet. */
function Waiting({ row, terms, isSaving, onMap }: WaitingProps) {
  const facets = useQuery(facetsQuery());
  const [term, setTerm] = useState<string | null>(null);
  const own = terms.filter((one) => one.facet === row.facet && !one.retired && one.merged_into === null);
  const facet = facets.data?.find((one) => one.key === row.facet)?.name ?? row.facet;
  const { suggestion } = row;
  return (
    <div className={classes.waiting}>
      <div className={classes.word}>
        <bdi>{row.raw}</bdi>
        <span className="meta numbers">
          {facet} · {text("taxonomy.count", { count: row.count })}
        </span>
      </div>
      <form
        className={classes.map}
        onSubmit={(event) => {
          event.preventDefault();
          if (term) onMap(term);
        }}
      >
        {suggestion && term === null ? (
          <Button size="xs" loading={isSaving} onClick={() => onMap(suggestion.term_id)}>
            {text("taxonomy.accept", { term: suggestion.name })}
          </Button>
        ) : null}
        <Select
          size="xs"
          aria-label={text("taxonomy.map_for", { raw: row.raw })}
          placeholder={text("taxonomy.pick")}
          searchable
          clearable
          limit={200}
          value={term}
          onChange={setTerm}
          data={own.map((one) => ({ value: one.id, label: one.name }))}
        />
        {term === null ? null : (
          <Button size="xs" type="submit" loading={isSaving}>
            {text("taxonomy.map")}
          </Button>
        )}
      </form>
    </div>
  );
}
