import { Button, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { fieldMessages, isCode } from "../../api/problem";
import { advocateQuery } from "../../api/queries";
import type { Advocate } from "../../api/types";
import { changeAdvocate } from "../../api/writes";
import { text } from "../../text/text";
import { notifyUndo } from "../../ui/notify";
import { Section } from "../../ui/Section";
import { type Difference, StaleChoice } from "../../ui/StaleChoice";
import { FormProblem } from "../../ui/states";
import classes from "./AdvocatePage.module.css";

export function Story({ advocate }: { advocate: Advocate }) {
  const [isEditing, setEditing] = useState(false);
  const edit =
    advocate.can_edit && !isEditing ? (
      <Button size="compact-sm" variant="subtle" onClick={() => setEditing(true)}>
        {text("advocates.edit_story")}
      </Button>
    ) : undefined;
  return (
    <Section title={text("advocates.story")} aside={edit}>
      {isEditing ? (
        <StoryForm advocate={advocate} onDone={() => setEditing(false)} />
      ) : (
        <>
          {advocate.headline ? <h3>{advocate.headline}</h3> : null}
          {advocate.story ? <p className={`measure ${classes.lines}`}>{advocate.story}</p> : null}
          {advocate.headline || advocate.story ? null : (
            <p className="soft">
              {text("advocates.no_story")}. {text("advocates.no_story_why")}
            </p>
          )}
        </>
      )}
    </Section>
  );
}

interface Words {
  headline: string;
  story: string;
}

function StoryForm({ advocate, onDone }: { advocate: Advocate; onDone: () => void }) {
  const cache = useQueryClient();
  // The version the person started from: a newer one in the cache must not slip under their words.
  const [base, setBase] = useState(advocate);
  const [theirs, setTheirs] = useState<Advocate | null>(null);
  const form = useForm<Words>({ initialValues: wordsOf(advocate) });
  const read = () => cache.fetchQuery({ ...advocateQuery(advocate.id), staleTime: 0 });
  const saving = useMutation({
    mutationFn: (version: number) => {
      const words = form.getValues();
      return changeAdvocate(
        { id: advocate.id, version },
        { headline: words.headline.trim() || null, story: words.story.trim() || null },
      );
    },
    onSuccess: (saved) => {
      cache.setQueryData(advocateQuery(advocate.id).queryKey, saved);
      void cache.invalidateQueries({ queryKey: ["matches"] });
      const before = wordsOf(base);
      notifyUndo(text("advocates.saved"), saved.display_name, async () => {
        const back = await changeAdvocate(saved, {
          headline: before.headline || null,
          story: before.story || null,
        });
        cache.setQueryData(advocateQuery(advocate.id).queryKey, back);
      });
      onDone();
    },
    onError: async (error) => {
      form.setErrors(fieldMessages(error));
      if (isCode(error, "stale_version")) setTheirs(await read());
    },
  });
  const takeTheirs = () => {
    if (!theirs) return;
    form.setValues(wordsOf(theirs));
    setBase(theirs);
    setTheirs(null);
    saving.reset();
  };
  return (
    <form noValidate className={classes.form} onSubmit={form.onSubmit(() => saving.mutate(base.version))}>
      <TextInput
        label={text("advocates.headline")}
        description={text("advocates.headline_hint")}
        maxLength={200}
        {...form.getInputProps("headline")}
      />
      <Textarea
        label={text("advocates.story")}
        description={text("advocates.story_hint")}
        autosize
        minRows={4}
        maxLength={5000}
        {...form.getInputProps("story")}
      />
      {theirs ? (
        <StaleChoice
          differences={differences(theirs, form.values)}
          onKeepMine={() => saving.mutate(theirs.version)}
          onTakeTheirs={takeTheirs}
          isSaving={saving.isPending}
        />
      ) : (
        <FormProblem error={saving.error} onRetry={() => saving.mutate(base.version)} />
      )}
      <div className={classes.actions}>
        <Button type="submit" loading={saving.isPending} disabled={theirs !== null}>
          {text("action.save")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {text("action.cancel")}
        </Button>
      </div>
    </form>
  );
}

function wordsOf(advocate: Advocate): Words {
  return { headline: advocate.headline ?? "", story: advocate.story ?? "" };
}

function differences(theirs: Advocate, mine: Words): Difference[] {
  const saved = wordsOf(theirs);
  const all: Difference[] = [
    { label: text("advocates.headline"), theirs: saved.headline, mine: mine.headline },
    { label: text("advocates.story"), theirs: saved.story, mine: mine.story },
  ];
  return all.filter((one) => one.theirs !== one.mine);
}
