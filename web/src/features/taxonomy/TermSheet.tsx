import "../../text/administration";
import { Button, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { fieldMessages } from "../../api/problem";
import { termQuery } from "../../api/taxonomy-queries";
import type { AddTerm, Facet, Term } from "../../api/types";
import { addTerm, changeTerm } from "../../api/writes";
import form from "../../parts/form.module.css";
import { useVersionedForm } from "../../parts/use-versioned-form";
import { text } from "../../text/text";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { SidePanel } from "../../ui/SidePanel";
import { FormProblem } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { SynonymPreview } from "./SynonymPreview";
import { TermMoves } from "./TermMoves";
import { type Branch, underOf } from "./tree";

interface Props {
  facet: Facet;
  branches: Branch[];
  all: Term[];
}

/** One term beside the list: its words, its place, and what stands for it. */
export function TermSheet({ facet, branches, all }: Props) {
  const { term: asked } = useSearch({ from: "/signed-in/taxonomy" });
  const change = useSearchChange();
  const close = () => void change({ term: undefined });
  const term = all.find((one) => one.id === asked);
  const title = term?.name ?? text("taxonomy.add_to", { facet: facet.name });
  return (
    <SidePanel title={title} opened={asked === "new" || term !== undefined} onClose={close}>
      {term ? (
        <>
          <EditTermForm key={term.id} term={term} facet={facet} branches={branches} />
          <TermMoves key={term.id} term={term} all={all} onDone={close} />
        </>
      ) : (
        <AddTermForm facet={facet} branches={branches} onDone={close} />
      )}
    </SidePanel>
  );
}

interface Words {
  name: string;
  parent_id: string | null;
  rank: number | null;
  synonyms: string[];
}

const wordsOf = (term: Term): Words => ({
  name: term.name,
  parent_id: term.parent_id,
  rank: term.rank,
  synonyms: term.synonyms,
});

const nameMissing = (words: { name: string }) =>
  words.name.trim() === "" ? { name: text("taxonomy.name_missing") } : {};

function useTermsChanged() {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      ["terms", "term", "unmapped", "matches"].map((key) => cache.invalidateQueries({ queryKey: [key] })),
    );
}

function EditTermForm({ term, facet, branches }: { term: Term; facet: Facet; branches: Branch[] }) {
  const cache = useQueryClient();
  const refresh = useTermsChanged();
  const edit = useVersionedForm<Term, Words>({
    record: term,
    fieldsOf: wordsOf,
    labelOf: (field) => text(`taxonomy.field.${field}`),
    show: (field, value) =>
      field === "parent_id"
        ? (branches.find((one) => one.term.id === value)?.term.name ?? text("taxonomy.top"))
        : String(value ?? ""),
    validate: nameMissing,
    read: () => cache.fetchQuery({ ...termQuery(term.id), staleTime: 0 }),
    save: (version, changed) => changeTerm({ id: term.id, version }, changed),
    onSaved: (saved, before) => {
      void refresh();
      notifyUndo(text("taxonomy.saved"), saved.name, async () => {
        await changeTerm(saved, before);
        await refresh();
      });
    },
  });
  const inside = underOf(branches, term.id);
  const { synonyms } = edit.form.values;
  const isRewritten = synonyms.join("\n") !== term.synonyms.join("\n");
  return (
    <form noValidate className={form.form} onSubmit={edit.submit}>
      <TextInput label={text("taxonomy.field.name")} maxLength={200} {...edit.form.getInputProps("name")} />
      <PlaceFields
        facet={facet}
        branches={branches.filter((one) => !inside.has(one.term.id))}
        parent={edit.form.getInputProps("parent_id")}
        rank={edit.form.getInputProps("rank")}
      />
      <TagsInput
        label={text("taxonomy.field.synonyms")}
        description={text("taxonomy.synonyms_hint")}
        {...edit.form.getInputProps("synonyms")}
      />
      {isRewritten ? <SynonymPreview term={term.id} synonyms={synonyms} /> : null}
      {edit.problem}
      <div className={form.actions}>
        <Button type="submit" loading={edit.isSaving} disabled={!edit.isChanged || edit.isStale}>
          {text("action.save")}
        </Button>
      </div>
    </form>
  );
}

// What a form library hands to an input; it types the value as anything.
type InputProps = object;

/** A band has a rank, any other term a parent. */
function PlaceFields({
  facet,
  branches,
  parent,
  rank,
}: {
  facet: Facet;
  branches: Branch[];
  parent: InputProps;
  rank: InputProps;
}) {
  if (facet.ordinal)
    return (
      <NumberInput
        label={text("taxonomy.field.rank")}
        description={text("taxonomy.rank_hint")}
        allowDecimal={false}
        {...rank}
      />
    );
  return (
    <Select
      label={text("taxonomy.field.parent_id")}
      placeholder={text("taxonomy.top")}
      searchable
      clearable
      limit={200}
      data={branches
        .filter((one) => !one.term.retired && one.term.merged_into === null)
        .map((one) => ({ value: one.term.id, label: one.term.name }))}
      {...parent}
    />
  );
}

function AddTermForm({ facet, branches, onDone }: { facet: Facet; branches: Branch[]; onDone: () => void }) {
  const keyFor = useAttemptKey();
  const refresh = useTermsChanged();
  const [words, setWords] = useState<Words>({ name: "", parent_id: null, rank: null, synonyms: [] });
  const [missing, setMissing] = useState<string>();
  const adding = useMutation({
    mutationFn: (input: AddTerm) => addTerm(input, keyFor(input)),
    onSuccess: (added) => {
      void refresh();
      notifyDone(text("taxonomy.added"), added.name);
      onDone();
    },
  });
  const messages = fieldMessages(adding.error);
  const send = () => {
    const name = words.name.trim();
    setMissing(nameMissing(words).name);
    if (name !== "") adding.mutate({ facet: facet.key, ...words, name });
  };
  return (
    <form
      noValidate
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextInput
        data-autofocus
        label={text("taxonomy.field.name")}
        maxLength={200}
        value={words.name}
        error={missing ?? messages.name}
        onChange={(event) => setWords({ ...words, name: event.currentTarget.value })}
      />
      <PlaceFields
        facet={facet}
        branches={branches}
        parent={{
          value: words.parent_id,
          onChange: (parent_id: string | null) => setWords({ ...words, parent_id }),
        }}
        rank={{
          value: words.rank ?? "",
          onChange: (rank: number | string) =>
            setWords({ ...words, rank: rank === "" ? null : Number(rank) }),
        }}
      />
      <TagsInput
        label={text("taxonomy.field.synonyms")}
        description={text("taxonomy.synonyms_hint")}
        value={words.synonyms}
        error={messages.synonyms}
        onChange={(synonyms) => setWords({ ...words, synonyms })}
      />
      <FormProblem error={adding.error} onRetry={send} />
      <div className={form.actions}>
        <Button type="submit" loading={adding.isPending}>
          {text("taxonomy.add")}
        </Button>
      </div>
    </form>
  );
}
