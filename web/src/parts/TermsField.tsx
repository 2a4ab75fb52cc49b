import { MultiSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { facetsQuery, termsQuery } from "../api/taxonomy-queries";
import type { Tag } from "../api/types";
import { text } from "../text/text";

interface Props {
  label: string;
  description: string;
  /** A facet whose terms are not offered. */
  without?: string;
  /** Terms that a record has: named before all are read, and where they are not offered any more. */
  known?: Tag[];
}

/** The terms of every facet, grouped as people know them. */
export function TermsField({ label, description, without, known = [], ...props }: Props) {
  const facets = useQuery(facetsQuery());
  const terms = useQuery(termsQuery());
  // Until the names are here, the ids of chosen terms would stand in their place.
  const isThere = known.length > 0 || (facets.data !== undefined && terms.data !== undefined);
  const groups = (facets.data ?? [])
    .filter((facet) => facet.key !== without)
    .map((facet) => ({
      group: facet.name,
      items: (terms.data ?? [])
        .filter((term) => term.facet === facet.key && !term.retired)
        .map((term) => ({ value: term.id, label: term.name })),
    }));
  const offered = new Set(groups.flatMap((group) => group.items.map((item) => item.value)));
  const others = known.filter((tag) => tag.term_id && !offered.has(tag.term_id));
  return (
    <MultiSelect
      label={label}
      description={description}
      searchable
      limit={100}
      data={[...others.map(optionOf), ...groups]}
      {...(isThere ? props : { disabled: true, placeholder: text("state.loading") })}
    />
  );
}

const optionOf = ({ term_id, term_name }: Tag) => ({ value: term_id ?? "", label: term_name ?? "" });
