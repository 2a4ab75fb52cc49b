import { Button, CloseButton, Combobox, useCombobox } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { facetsQuery, termsQuery } from "../../api/queries";
import type { Criterion, CriterionInput } from "../../api/types";
import { toggleMust, toggleTerm } from "../../paths/criteria";
import { text } from "../../text/text";
import classes from "./Chips.module.css";

interface Props {
  criteria: CriterionInput[];
  /** The criteria as the server named them. */
  answered: Criterion[];
  onChange: (criteria: CriterionInput[]) => void;
}

/** The criteria as removable chips, each a must or nice to have. */
export function Chips({ criteria, answered, onChange }: Props) {
  const terms = useQuery(termsQuery());
  const name = (id: string) =>
    answered.flatMap((one) => one.terms).find((term) => term.id === id)?.name ??
    terms.data?.find((term) => term.id === id)?.name ??
    text("state.loading");
  const facetName = (facet: string) => answered.find((one) => one.facet === facet)?.facet_name ?? facet;
  return (
    <ul className={classes.chips} aria-label={text("find.criteria")}>
      {criteria.flatMap((one) =>
        one.terms.map((term) => (
          <li key={`${one.facet}:${term}`} className={classes.chip} data-must={one.must || undefined}>
            <button
              type="button"
              className={classes.name}
              aria-pressed={one.must}
              title={text(one.must ? "find.must_on" : "find.must_off", { name: name(term) })}
              onClick={() => onChange(toggleMust(criteria, one.facet))}
            >
              <span className={classes.facet}>{facetName(one.facet)}</span> {name(term)}
              {one.must ? <span className={classes.must}>{text("find.must")}</span> : null}
            </button>
            <CloseButton
              size="sm"
              aria-label={text("find.remove", { name: name(term) })}
              onClick={() => onChange(toggleTerm(criteria, one.facet, term))}
            />
          </li>
        )),
      )}
      <li>
        <TermPicker
          criteria={criteria}
          onPick={(facet, term) => onChange(toggleTerm(criteria, facet, term))}
        />
      </li>
      {criteria.length > 0 ? (
        <li>
          <Button size="compact-sm" variant="subtle" onClick={() => onChange([])}>
            {text("find.clear")}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

const OPTIONS_MAX = 60;

/** Adds a term of any facet; typing narrows over names and synonyms. */
function TermPicker({
  criteria,
  onPick,
}: {
  criteria: CriterionInput[];
  onPick: (facet: string, term: string) => void;
}) {
  const [typed, setTyped] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => setTyped(""),
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const facets = useQuery(facetsQuery());
  const terms = useQuery(termsQuery());
  const chosen = new Set(criteria.flatMap((one) => one.terms));
  const wanted = typed.trim().toLowerCase();
  const open = (terms.data ?? [])
    .filter(
      (term) =>
        !term.retired &&
        !chosen.has(term.id) &&
        (wanted === "" || [term.name, ...term.synonyms].some((word) => word.toLowerCase().includes(wanted))),
    )
    .slice(0, OPTIONS_MAX);
  return (
    <Combobox
      store={combobox}
      width={280}
      position="bottom-start"
      onOptionSubmit={(value) => {
        const term = terms.data?.find((one) => one.id === value);
        if (term) onPick(term.facet, term.id);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target targetType="button">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => combobox.toggleDropdown()}
        >
          {text("find.add")}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder={text("find.add_search")}
          aria-label={text("find.add_search")}
        />
        <Combobox.Options mah={320} className={classes.options} aria-label={text("find.criteria")}>
          {open.length === 0 ? <Combobox.Empty>{text("find.add_none")}</Combobox.Empty> : null}
          {(facets.data ?? []).map((facet) => {
            const own = open.filter((term) => term.facet === facet.key);
            if (own.length === 0) return null;
            return (
              <Combobox.Group key={facet.key} label={facet.name}>
                {own.map((term) => (
                  <Combobox.Option key={term.id} value={term.id}>
                    {term.name}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            );
          })}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
