import "../../text/administration";
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { fieldMessages } from "../../api/problem";
import { facetQuery } from "../../api/taxonomy-queries";
import type { AddFacet, Facet } from "../../api/types";
import { addFacet, changeFacet } from "../../api/writes";
import form from "../../parts/form.module.css";
import { useVersionedForm } from "../../parts/use-versioned-form";
import { text } from "../../text/text";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { SidePanel } from "../../ui/SidePanel";
import { FormProblem } from "../../ui/states";

interface Props {
  /** The facet to change; a new one when it is "new". */
  facet: Facet | "new" | null;
  onClose: () => void;
  onAdded: (facet: Facet) => void;
}

/** One dimension of the taxonomy: what it is called, and for a new one how its terms stand. */
export function FacetSheet({ facet, onClose, onAdded }: Props) {
  const isNew = facet === "new" || facet === null;
  return (
    <SidePanel
      title={text(isNew ? "taxonomy.add_facet" : "taxonomy.edit_facet")}
      opened={facet !== null}
      onClose={onClose}
    >
      {isNew ? <AddForm onAdded={onAdded} /> : <EditForm key={facet.id} facet={facet} onDone={onClose} />}
    </SidePanel>
  );
}

function useFacetsChanged() {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      ["facets", "facet", "import-fields", "list-fields"].map((key) =>
        cache.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

const nameMissing = (name: string) =>
  name.trim() === "" ? { name: text("taxonomy.name_missing") } : undefined;

function EditForm({ facet, onDone }: { facet: Facet; onDone: () => void }) {
  const cache = useQueryClient();
  const refresh = useFacetsChanged();
  const edit = useVersionedForm<Facet, { name: string }>({
    record: facet,
    fieldsOf: ({ name }) => ({ name }),
    labelOf: () => text("taxonomy.facet_name"),
    show: (_, value) => String(value),
    validate: ({ name }) => nameMissing(name) ?? {},
    read: () => cache.fetchQuery({ ...facetQuery(facet.id), staleTime: 0 }),
    save: (version, changed) => changeFacet({ id: facet.id, version }, changed),
    onSaved: (saved, before) => {
      void refresh();
      notifyUndo(text("taxonomy.facet_saved"), saved.name, async () => {
        await changeFacet(saved, before);
        await refresh();
      });
      onDone();
    },
  });
  return (
    <form noValidate className={form.form} onSubmit={edit.submit}>
      <TextInput
        data-autofocus
        label={text("taxonomy.facet_name")}
        maxLength={60}
        {...edit.form.getInputProps("name")}
      />
      {edit.problem}
      <div className={form.actions}>
        <Button type="submit" loading={edit.isSaving} disabled={!edit.isChanged || edit.isStale}>
          {text("action.save")}
        </Button>
      </div>
    </form>
  );
}

function AddForm({ onAdded }: { onAdded: (facet: Facet) => void }) {
  const keyFor = useAttemptKey();
  const refresh = useFacetsChanged();
  const [words, setWords] = useState({ name: "", key: "", ordinal: false });
  const [missing, setMissing] = useState<string>();
  const adding = useMutation({
    mutationFn: (input: AddFacet) => addFacet(input, keyFor(input)),
    onSuccess: async (added) => {
      notifyDone(text("taxonomy.facet_added"), text("taxonomy.facet_added_why"));
      await refresh();
      onAdded(added);
    },
  });
  const messages = fieldMessages(adding.error);
  const send = () => {
    const problem = nameMissing(words.name);
    setMissing(problem?.name);
    if (!problem) adding.mutate({ name: words.name, key: words.key.trim() || null, ordinal: words.ordinal });
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
        label={text("taxonomy.facet_name")}
        description={text("taxonomy.facet_name_hint")}
        maxLength={60}
        value={words.name}
        error={missing ?? messages.name}
        onChange={(event) => setWords({ ...words, name: event.currentTarget.value })}
      />
      <TextInput
        label={text("taxonomy.facet_key")}
        description={text("taxonomy.facet_key_hint")}
        maxLength={40}
        value={words.key}
        error={messages.key}
        onChange={(event) => setWords({ ...words, key: event.currentTarget.value })}
      />
      <Checkbox
        label={text("taxonomy.facet_ordinal")}
        description={text("taxonomy.facet_ordinal_hint")}
        checked={words.ordinal}
        onChange={(event) => setWords({ ...words, ordinal: event.currentTarget.checked })}
      />
      <FormProblem error={adding.error} onRetry={send} />
      <div className={form.actions}>
        <Button type="submit" loading={adding.isPending}>
          {text("taxonomy.add_facet")}
        </Button>
      </div>
    </form>
  );
}
