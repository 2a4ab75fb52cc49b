import { Button, Radio } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { comparisonQuery, mergeRecords } from "../../api/duplicate-queries";
import type { Comparison, Duplicate, DuplicateField, DuplicateSide } from "../../api/types";
import { text } from "../../text/text";
import { notifyDone } from "../../ui/notify";
import { Failed, FormProblem, Loading, Notice } from "../../ui/states";
import classes from "./DuplicatesPage.module.css";
import { fieldLabel, written } from "./words";

/** Two records side by side: which one stays, and whose value counts in each field. */
export function Compare({ pair, onDone }: { pair: Duplicate; onDone: () => void }) {
  const query = useQuery(comparisonQuery(pair.kind, pair.one.id, pair.other.id));
  if (query.isPending) return <Loading rows={4} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.refused) return <Notice title={text("duplicates.side")}>{query.data.refused}</Notice>;
  return <Choose key={query.dataUpdatedAt} comparison={query.data} onDone={onDone} />;
}

type End = "one" | "other";

/** Where only one record has a value, that value is taken; otherwise the one of the record that stays. */
function firstChoice(field: DuplicateField, stays: End): End {
  const away: End = stays === "one" ? "other" : "one";
  return field[stays] === null ? away : stays;
}

function Choose({ comparison, onDone }: { comparison: Comparison; onDone: () => void }) {
  const cache = useQueryClient();
  const key = useAttemptKey();
  const [stays, setStays] = useState<End>("one");
  const [chosen, setChosen] = useState<{ [field: string]: End }>({});
  const of = (field: DuplicateField): End => chosen[field.field] ?? firstChoice(field, stays);
  const goes: End = stays === "one" ? "other" : "one";
  const input = {
    kind: comparison.kind,
    winner: comparison[stays].id,
    winner_version: stays === "one" ? comparison.one_version : comparison.other_version,
    loser: comparison[goes].id,
    loser_version: goes === "one" ? comparison.one_version : comparison.other_version,
    take: comparison.fields.filter((field) => of(field) === goes).map((field) => field.field),
  };
  const merging = useMutation({
    mutationFn: () => mergeRecords(input, key([input])),
    onSuccess: () => {
      notifyDone(
        text("duplicates.merged"),
        text("duplicates.merged_detail", { name: comparison[goes].name }),
      );
      onDone();
      // Lists, pages and counts show one record less; the two are not there to be compared any more.
      void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "comparison" });
    },
  });
  return (
    <div className={classes.compare}>
      <table className={classes.fields}>
        <caption className="visually-hidden">{text("duplicates.side")}</caption>
        <thead>
          <tr>
            <th scope="col">{text("duplicates.stays")}</th>
            <Head side={comparison.one} isChosen={stays === "one"} onChoose={() => setStays("one")} />
            <Head side={comparison.other} isChosen={stays === "other"} onChoose={() => setStays("other")} />
          </tr>
        </thead>
        <tbody>
          {comparison.fields.map((field) => (
            <tr key={field.field}>
              <th scope="row" className="soft">
                {fieldLabel(field.field)}
              </th>
              {(["one", "other"] as const).map((end) => (
                <td key={end}>
                  <Value
                    field={field}
                    end={end}
                    isChosen={of(field) === end}
                    onChoose={() => setChosen({ ...chosen, [field.field]: end })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.acts}>
        <Button loading={merging.isPending} onClick={() => merging.mutate()}>
          {text("duplicates.merge", { name: comparison[stays].name })}
        </Button>
        <span className="meta">{text("duplicates.merge_why")}</span>
      </div>
      <FormProblem error={merging.error} />
    </div>
  );
}

function Head({
  side,
  isChosen,
  onChoose,
}: {
  side: DuplicateSide;
  isChosen: boolean;
  onChoose: () => void;
}) {
  return (
    <th scope="col">
      <Radio
        name="stays"
        checked={isChosen}
        onChange={onChoose}
        label={text("duplicates.stays_this", { name: side.name })}
      />
    </th>
  );
}

interface ValueProps {
  field: DuplicateField;
  end: End;
  isChosen: boolean;
  onChoose: () => void;
}

function Value({ field, end, isChosen, onChoose }: ValueProps) {
  const value = field[`${end}_name`] ?? written(field[end]);
  // What both have alike is no choice.
  if (written(field.one) === written(field.other)) return <bdi>{value}</bdi>;
  return (
    <Radio
      name={field.field}
      checked={isChosen}
      onChange={onChoose}
      label={<bdi>{value}</bdi>}
      aria-label={text("duplicates.take", { field: fieldLabel(field.field), value })}
    />
  );
}
