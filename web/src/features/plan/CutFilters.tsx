import { SegmentedControl, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { facetsQuery } from "../../api/taxonomy-queries";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Filters } from "../../ui/Filters";
import { useSearchChange } from "../../ui/use-search-change";
import { type CutSearch, DAYS, NO_COLUMNS, readCut } from "./cut";

/** Which facets cross, how far ahead and from which day; `children` adds what one screen asks beside. */
export function CutFilters({ search, children }: { search: CutSearch; children?: ReactNode }) {
  const { today } = useSession();
  const change = useSearchChange();
  const facets = useQuery(facetsQuery());
  const { by, across, days } = readCut(search);
  const named = (facets.data ?? [])
    .filter((facet) => facet.key !== "deal_stage")
    .map((facet) => ({ value: facet.key, label: facet.name }));
  const set = (next: object) => void change({ ...next, segment: undefined }, { replace: true });
  return (
    <Filters>
      <Select
        label={text("plan.cut.rows")}
        allowDeselect={false}
        value={by}
        data={named}
        onChange={(next) => set({ by: next })}
      />
      <Select
        label={text("plan.cut.columns")}
        allowDeselect={false}
        value={across}
        data={[
          { value: NO_COLUMNS, label: text("state.nothing") },
          ...named.filter((one) => one.value !== by),
        ]}
        onChange={(next) => set({ across: next })}
      />
      <Select
        label={text("plan.cut.days")}
        allowDeselect={false}
        value={String(days)}
        data={DAYS.map((one) => ({ value: one, label: text("plan.cut.days_of", { days: one }) }))}
        onChange={(next) => set({ days: next })}
      />
      <TextInput
        type="date"
        label={text("plan.cut.as_of")}
        value={search.as_of ?? today}
        onChange={(event) => set({ as_of: event.currentTarget.value || undefined })}
      />
      {children}
      <SegmentedControl
        aria-label={text("plan.cut.exact")}
        value={search.terms ?? "broad"}
        onChange={(next) => set({ terms: next === "exact" ? next : undefined })}
        data={[
          { value: "broad", label: text("plan.cut.broad") },
          { value: "exact", label: text("plan.cut.narrow") },
        ]}
      />
    </Filters>
  );
}
