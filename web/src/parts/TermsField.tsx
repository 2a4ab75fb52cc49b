import { MultiSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { facetsQuery, termsQuery } from "../api/taxonomy-queries";
import { text } from "../text/text";

interface Props {
  label: string;
  description: string;
}

/** The terms of every facet, grouped as people know them. */
export function TermsField({ label, description, ...props }: Props) {
  const facets = useQuery(facetsQuery());
  const terms = useQuery(termsQuery());
  // Until the names are here, the ids of chosen terms would stand in their place.
  const isThere = facets.data !== undefined && terms.data !== undefined;
  const groups = (facets.data ?? []).map((facet) => ({
    group: facet.name,
    items: (terms.data ?? [])
      .filter((term) => term.facet === facet.key && !term.retired)
      .map((term) => ({ value: term.id, label: term.name })),
  }));
  return (
    <MultiSelect
      label={label}
      description={description}
      searchable
      limit={100}
      data={groups}
      {...(isThere ? props : { disabled: true, placeholder: text("state.loading") })}
    />
  );
}
