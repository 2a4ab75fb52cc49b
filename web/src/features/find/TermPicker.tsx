import { Button, Combobox, useCombobox } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { facetsQuery, termsQuery } from "../../api/taxonomy-queries";
import type { CriterionInput } from "../../api/types";
import { text } from "../../text/text";
import classes from "./Chips.module.css";

const OPTIONS_MAX = 60;

/** Adds a term of any facet; typing narrows over names and synonyms. */
export function TermPicker({
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
