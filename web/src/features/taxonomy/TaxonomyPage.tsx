import "../../text/administration";
import { ActionIcon, Button, Checkbox, Group, Select } from "@mantine/core";
import { IconArchive, IconArrowMerge, IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { facetsQuery, termsQuery } from "../../api/taxonomy-queries";
import type { Facet, Term } from "../../api/types";
import { formatNumber } from "../../format/format";
import { text } from "../../text/text";
import { type Column, DataTable } from "../../ui/DataTable";
import { Filters } from "../../ui/Filters";
import { Mark } from "../../ui/Mark";
import { Page } from "../../ui/Page";
import { SearchField } from "../../ui/SearchField";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { FacetSheet } from "./FacetSheet";
import classes from "./TaxonomyPage.module.css";
import { TaxonomyTabs } from "./TaxonomyTabs";
import { TermSheet } from "./TermSheet";
import { type Branch, searchTree, treeOf } from "./tree";

/** The one vocabulary that joins people, content, deals and goals: facets and their terms. */
export function TaxonomyPage() {
  const search = useSearch({ from: "/signed-in/taxonomy" });
  const change = useSearchChange();
  const facets = useQuery(facetsQuery());
  const terms = useQuery(termsQuery());
  const [sheet, setSheet] = useState<Facet | "new" | null>(null);
  const facet = facets.data?.find((one) => one.key === search.facet) ?? facets.data?.[0];
  const failed = facets.error ?? terms.error;
  const add = facet ? (
    <Group gap="xs">
      <Button variant="default" onClick={() => setSheet("new")}>
        {text("taxonomy.add_facet")}
      </Button>
      <Button onClick={() => void change({ term: "new" })}>{text("taxonomy.add")}</Button>
    </Group>
  ) : undefined;
  return (
    <Page title={text("taxonomy.title")} lead={text("taxonomy.terms_lead")} actions={add}>
      <TaxonomyTabs />
      {failed ? (
        <Failed error={failed} onRetry={() => void Promise.all([facets.refetch(), terms.refetch()])} />
      ) : facet && facets.data && terms.data ? (
        <FacetTerms facet={facet} facets={facets.data} all={terms.data} onEdit={() => setSheet(facet)} />
      ) : (
        <Loading rows={10} />
      )}
      <FacetSheet
        facet={sheet}
        onClose={() => setSheet(null)}
        onAdded={(added) => {
          setSheet(null);
          void change({ facet: added.key, q: undefined });
        }}
      />
    </Page>
  );
}

interface FacetTermsProps {
  facet: Facet;
  facets: Facet[];
  all: Term[];
  onEdit: () => void;
}

function FacetTerms({ facet, facets, all, onEdit }: FacetTermsProps) {
  const search = useSearch({ from: "/signed-in/taxonomy" });
  const change = useSearchChange();
  const whole = treeOf(
    all.filter((term) => term.facet === facet.key),
    facet.ordinal,
  );
  const isShown = ({ term }: Branch) => search.show === "all" || (!term.retired && term.merged_into === null);
  const rows = searchTree(whole.filter(isShown), search.q ?? "");
  const open = (id: string) => void change({ term: id });
  return (
    <>
      <Filters>
        <Select
          aria-label={text("taxonomy.facet")}
          allowDeselect={false}
          value={facet.key}
          onChange={(key) => void change({ facet: key ?? undefined, q: undefined }, { replace: true })}
          data={facets.map((one) => ({ value: one.key, label: one.name }))}
        />
        <ActionIcon
          variant="default"
          size="input-sm"
          aria-label={text("taxonomy.edit_facet")}
          title={text("taxonomy.edit_facet")}
          onClick={onEdit}
        >
          <IconPencil />
        </ActionIcon>
        <SearchField
          label={text("taxonomy.search")}
          value={search.q ?? ""}
          onSearch={(q) => void change({ q: q || undefined }, { replace: true })}
        />
        <Checkbox
          label={text("taxonomy.show_all")}
          checked={search.show === "all"}
          onChange={(event) =>
            void change({ show: event.currentTarget.checked ? "all" : undefined }, { replace: true })
          }
        />
      </Filters>
      {rows.length === 0 ? (
        <Empty
          title={text("taxonomy.no_terms")}
          why={text("taxonomy.no_terms_why")}
          next={
            <Button
              variant="default"
              onClick={() => void change({ q: undefined, show: "all" }, { replace: true })}
            >
              {text("list.show_all")}
            </Button>
          }
        />
      ) : (
        <>
          <DataTable
            caption={facet.name}
            rows={rows}
            rowKey={({ term }) => term.id}
            isMuted={({ term }) => term.retired || term.merged_into !== null}
            columns={columnsFor(all, open)}
          />
          <p className={`meta ${classes.total}`} role="status">
            {text("taxonomy.total", {
              shown: formatNumber(rows.length),
              total: formatNumber(whole.length),
            })}
          </p>
        </>
      )}
      <TermSheet facet={facet} branches={whole} all={all} />
    </>
  );
}

function columnsFor(all: Term[], open: (id: string) => void): Column<Branch>[] {
  return [
    {
      key: "name",
      label: text("taxonomy.name"),
      cell: ({ term, depth }) => (
        <button
          type="button"
          className={classes.term}
          data-depth={Math.min(depth, 4)}
          onClick={() => open(term.id)}
        >
          {term.name}
        </button>
      ),
    },
    {
      key: "synonyms",
      label: text("taxonomy.synonyms"),
      wide: true,
      cell: ({ term }) => <span className={classes.synonyms}>{term.synonyms.join(", ")}</span>,
    },
    { key: "state", label: text("taxonomy.state"), cell: ({ term }) => <TermState term={term} all={all} /> },
    {
      key: "tagged",
      label: text("taxonomy.tagged"),
      align: "right",
      cell: ({ term }) => formatNumber(term.tagged),
    },
  ];
}

function TermState({ term, all }: { term: Term; all: Term[] }) {
  if (term.merged_into !== null) {
    const into = all.find((one) => one.id === term.merged_into)?.name ?? text("state.unknown");
    return (
      <Mark tone="resting" icon={<IconArrowMerge />}>
        {text("taxonomy.merged_into", { term: into })}
      </Mark>
    );
  }
  if (!term.retired) return null;
  return (
    <Mark tone="plain" icon={<IconArchive />}>
      {text("taxonomy.retired")}
    </Mark>
  );
}
