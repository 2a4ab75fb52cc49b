import { MultiSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { facetsQuery, termsQuery } from "../api/taxonomy-queries";

interface Props {
  label: string;
  description: string;
}

/** The terms of every facet, grouped as people know them. */
export function TermsField({ label, description, ...props }: Props) {
  const facets = useQuery(facetsQuery());
  const terms = useQuery(termsQuery());
  const groups = (facets.data ?? []).map((facet) => ({
    group: facet.name,
    items: (terms.data ?? [])
      .filter((term) => term.facet === facet.key && !term.retired)
      .map((term) => ({ value: term.id, label: term.name })),
  }));
  return (
    <MultiSelect label={label} description={description} searchable limit={100} data={groups} {...props} />
  );
}
