import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import type { CriterionInput, FacetCount } from "../../api/types";
import { formatNumber } from "../../format/format";
import { toggleRequired } from "../../paths/criteria";
import { text } from "../../text/text";
import classes from "./Facets.module.css";

const TERMS_SHOWN = 6;

interface Props {
  facets: FacetCount[];
  criteria: CriterionInput[];
  onChange: (criteria: CriterionInput[]) => void;
}

/** What the found advocates are like, counted; a tick leaves only those who are. */
export function Facets({ facets, criteria, onChange }: Props) {
  return (
    <section aria-label={text("find.facets")} className={classes.facets}>
      {facets
        .filter((facet) => facet.terms.length > 0)
        .map((facet) => (
          <Facet key={facet.facet} facet={facet} criteria={criteria} onChange={onChange} />
        ))}
    </section>
  );
}

function Facet({
  facet,
  criteria,
  onChange,
}: {
  facet: FacetCount;
  criteria: CriterionInput[];
  onChange: (criteria: CriterionInput[]) => void;
}) {
  const [all, setAll] = useState(false);
  const chosen = criteria.find((one) => one.facet === facet.facet && one.must)?.terms ?? [];
  const shown = facet.terms.filter((term, index) => all || index < TERMS_SHOWN || chosen.includes(term.id));
  return (
    <fieldset className={classes.facet}>
      <legend>{facet.name}</legend>
      {shown.map((term) => (
        <div key={term.id} className={classes.term}>
          <Checkbox
            size="xs"
            label={term.name}
            checked={chosen.includes(term.id)}
            onChange={() => onChange(toggleRequired(criteria, facet.facet, term.id))}
          />
          <span className="meta numbers">{formatNumber(term.count)}</span>
        </div>
      ))}
      {facet.terms.length > TERMS_SHOWN ? (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
          {all
            ? text("find.facets_less")
            : text("find.facets_more", { count: facet.terms.length - TERMS_SHOWN })}
        </Button>
      ) : null}
    </fieldset>
  );
}
