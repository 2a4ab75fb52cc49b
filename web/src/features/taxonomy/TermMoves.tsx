import "../../text/administration";
import { Button, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Term } from "../../api/types";
import { mergeTerm, restoreTerm, retireTerm, unmergeTerm } from "../../api/writes";
import form from "../../parts/form.module.css";
import { text } from "../../text/text";
import { notifyUndo } from "../../ui/notify";
import { FormProblem } from "../../ui/states";

/** What changes which term stands for what; each is a pointer or a mark, so each can be taken back. */
export function TermMoves({ term, all, onDone }: { term: Term; all: Term[]; onDone: () => void }) {
  const cache = useQueryClient();
  const [into, setInto] = useState<string | null>(null);
  const refresh = () => cache.invalidateQueries();
  const moving = useMutation({
    mutationFn: ({ move }: Move) => move(term),
    onSuccess: (moved, { done, back }) => {
      void refresh();
      notifyUndo(done, term.name, async () => {
        await back(moved);
        await refresh();
      });
      onDone();
    },
  });
  const others = all.filter(
    (one) => one.facet === term.facet && one.id !== term.id && !one.retired && one.merged_into === null,
  );
  return (
    <div className={form.part}>
      {term.merged_into === null ? (
        <>
          <Select
            label={text("taxonomy.merge_into")}
            description={text("taxonomy.merge_hint", { term: term.name })}
            searchable
            clearable
            limit={200}
            value={into}
            onChange={setInto}
            data={others.map((one) => ({ value: one.id, label: one.name }))}
          />
          <div className={form.actions}>
            <Button
              variant="default"
              disabled={into === null}
              loading={moving.isPending}
              onClick={() => into && moving.mutate(merging(term, into))}
            >
              {text("taxonomy.merge")}
            </Button>
            <Button
              variant="default"
              loading={moving.isPending}
              onClick={() => moving.mutate(retiring(term))}
            >
              {text(term.retired ? "taxonomy.restore" : "taxonomy.retire")}
            </Button>
          </div>
        </>
      ) : (
        <div className={form.actions}>
          <Button
            variant="default"
            loading={moving.isPending}
            onClick={() => moving.mutate(unmerging(term.merged_into ?? ""))}
          >
            {text("taxonomy.unmerge")}
          </Button>
        </div>
      )}
      <p className="meta">{text("taxonomy.moves_hint")}</p>
      <FormProblem error={moving.error} />
    </div>
  );
}

interface Move {
  move: (term: Term) => Promise<Term>;
  back: (moved: Term) => Promise<Term>;
  done: string;
}

const merging = (_: Term, into: string): Move => ({
  move: (term) => mergeTerm(term, into),
  back: unmergeTerm,
  done: text("taxonomy.merged"),
});

const unmerging = (into: string): Move => ({
  move: unmergeTerm,
  back: (term) => mergeTerm(term, into),
  done: text("taxonomy.unmerged"),
});

const retiring = (term: Term): Move =>
  term.retired
    ? { move: restoreTerm, back: retireTerm, done: text("taxonomy.restored") }
    : { move: retireTerm, back: restoreTerm, done: text("taxonomy.retired_done") };
