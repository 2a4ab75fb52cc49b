import { Button, CloseButton, Menu, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { facetsQuery, termsQuery } from "../../api/taxonomy-queries";
import type { CriterionInput, MatchAnswer, Recognised } from "../../api/types";
import { toggleMust, toggleTerm } from "../../paths/criteria";
import { text } from "../../text/text";
import classes from "./Chips.module.css";
import { namedBy, wordsOf } from "./question";
import { TermPicker } from "./TermPicker";

interface Props {
  criteria: CriterionInput[];
  answer: MatchAnswer | undefined;
  onChange: (criteria: CriterionInput[]) => void;
  /** Words of the box that name a term are to stay words. */
  onKeep: (words: string) => void;
  onMeaning: (one: Recognised, other: Recognised["term"]) => void;
  /** Takes a word that names no term out of the box. */
  onDropWord: (word: string) => void;
}

/** The criteria as removable chips, each a must or nice to have; those read from words say so. */
export function Chips({ criteria, answer, onChange, onKeep, onMeaning, onDropWord }: Props) {
  const terms = useQuery(termsQuery());
  const facets = useQuery(facetsQuery());
  const answered = answer?.criteria ?? [];
  const name = (id: string) =>
    answered.flatMap((one) => one.terms).find((term) => term.id === id)?.name ??
    terms.data?.find((term) => term.id === id)?.name ??
    text("state.loading");
  // A key is no word: until the name is known, the term stands alone.
  const facetName = (key: string) =>
    answered.find((one) => one.facet === key)?.facet_name ??
    facets.data?.find((one) => one.key === key)?.name;
  return (
    <ul className={classes.chips} aria-label={text("find.criteria")}>
      {criteria.flatMap((one) =>
        one.terms.map((term) => {
          const read = namedBy(answer, one.facet, term);
          return (
            <li
              key={`${one.facet}:${term}`}
              className={classes.chip}
              data-must={one.must || undefined}
              data-read={read ? "yes" : undefined}
            >
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
              {read && read.others.length > 0 ? <Meanings one={read} onMeaning={onMeaning} /> : null}
              <CloseButton
                size={24}
                iconSize={14}
                aria-label={
                  read
                    ? text("find.keep", { name: name(term), words: read.written })
                    : text("find.remove", { name: name(term) })
                }
                title={read ? text("find.keep", { name: name(term), words: read.written }) : undefined}
                onClick={() =>
                  read ? onKeep(read.written) : onChange(toggleTerm(criteria, one.facet, term))
                }
              />
            </li>
          );
        }),
      )}
      {wordsOf(answer?.text).map((word) => (
        <li key={`word:${word}`} className={classes.chip} data-word="yes" title={text("find.word_why")}>
          <span className={classes.name}>
            <span className={classes.facet}>{text("find.word")}</span> {word}
          </span>
          <CloseButton
            size={24}
            iconSize={14}
            aria-label={text("find.remove", { name: word })}
            onClick={() => onDropWord(word)}
          />
        </li>
      ))}
      <li>
        <TermPicker
          criteria={criteria}
          onPick={(facet, term) => onChange(toggleTerm(criteria, facet, term))}
        />
      </li>
      {criteria.flatMap((one) => one.terms).length > 1 ? (
        <li>
          <Button size="compact-sm" variant="subtle" onClick={() => onChange([])}>
            {text("find.clear")}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

/** What else the words may mean. */
function Meanings({ one, onMeaning }: { one: Recognised; onMeaning: Props["onMeaning"] }) {
  const label = text("find.meanings", { words: one.written });
  return (
    <Menu position="bottom-start" withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.more} aria-label={label} title={label}>
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{one.term.why}</Menu.Label>
        {one.others.map((other) => (
          <Menu.Item key={other.id} onClick={() => onMeaning(one, other)}>
            {text("find.meaning", { facet: other.facet_name, name: other.name })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
