import { Button, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAttemptKey } from "../../api/attempt-key";
import { bulkPreviewQuery, makeBulkChange, undoBulkChange } from "../../api/bulk-queries";
import { isCode } from "../../api/problem";
import type { BulkField, BulkInput, BulkPreview, ListKind } from "../../api/types";
import { formatNumber } from "../../format/format";
import { text } from "../../text/text";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { Failed, FormProblem, Loading } from "../../ui/states";
import layout from "../form.module.css";
import classes from "./ChangeTogether.module.css";
import { FieldInput } from "./FieldInput";
import { FIELDS, type FieldName, whatOf } from "./words";

interface Props {
  list: ListKind;
  /** Which rows: by id, or all that the list holds as it is narrowed. */
  which: Pick<BulkInput, "ids" | "q" | "filter">;
  onDone: () => void;
}

/** Chooses what becomes of many records, shows what that would change, does it, and takes it back. */
export function ChangeTogether({ list, which, onDone }: Props) {
  const cache = useQueryClient();
  const [field, setField] = useState<FieldName | null>(null);
  const [change, setChange] = useState<BulkField | null>(null);
  const ask: BulkInput = { ...which, list, change: change ?? { field: "owner", owner_id: null } };
  const preview = useQuery({ ...bulkPreviewQuery(ask), enabled: change !== null });
  const attempt = useAttemptKey();
  const saving = useMutation({
    mutationFn: (expected: number) => makeBulkChange({ ...ask, expected }, attempt({ ...ask, expected })),
    onSuccess: (made) => {
      void cache.invalidateQueries();
      if (made.state === "running") {
        notifyDone(text("bulk.begun", { count: made.total }), text("bulk.begun_why"));
        return onDone();
      }
      notifyUndo(text("bulk.done", { count: made.changed }), whatOf(made), async () => {
        await undoBulkChange(made);
        await cache.invalidateQueries();
      });
      onDone();
    },
    onError: (error) => {
      if (isCode(error, "conflict")) void preview.refetch();
    },
  });
  const counted = change ? preview.data : undefined;
  const choose = (next: FieldName | null) => {
    setField(next);
    setChange(null);
    saving.reset();
  };
  return (
    <form
      noValidate
      className={layout.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (counted) saving.mutate(counted.total);
      }}
    >
      <Select
        label={text("bulk.field")}
        data-autofocus
        value={field}
        data={FIELDS[list].map((one) => ({ value: one, label: text(`bulk.fields.${one}`) }))}
        onChange={(next) => choose(FIELDS[list].find((one) => one === next) ?? null)}
      />
      {field ? <FieldInput key={field} list={list} field={field} onChange={setChange} /> : null}
      {change === null ? <p className="soft">{text("bulk.pick")}</p> : null}
      {change && preview.isPending ? <Loading rows={3} /> : null}
      {change && preview.isError ? (
        <Failed error={preview.error} onRetry={() => void preview.refetch()} />
      ) : null}
      {counted ? <Counted counted={counted} /> : null}
      <FormProblem error={saving.error} />
      <div className={layout.actions}>
        <Button type="submit" loading={saving.isPending} disabled={!counted || counted.changing === 0}>
          {text("bulk.send", { count: counted?.changing ?? 0 })}
        </Button>
      </div>
    </form>
  );
}

/** What would change, in numbers and by example, and what stays and why. */
function Counted({ counted }: { counted: BulkPreview }) {
  return (
    <div role="status" className={classes.counted}>
      <p>
        <strong>
          {counted.changing > 0
            ? text("bulk.changing", { count: counted.changing })
            : text("bulk.changing_none")}
        </strong>
        {counted.unchanged > 0 ? ` ${text("bulk.unchanged", { count: counted.unchanged })}` : null}
      </p>
      <Examples examples={counted.examples} count={counted.changing} />
      {counted.refused.map(({ why, count, examples }) => (
        <div key={why} className={classes.counted}>
          <p>{text(`bulk.refused.${why}`, { count })}</p>
          <Examples examples={examples} count={count} />
        </div>
      ))}
      {counted.is_long ? <p className="soft">{text("bulk.long")}</p> : null}
    </div>
  );
}

function Examples({ examples, count }: Pick<BulkPreview, "examples"> & { count: number }) {
  const more = count - examples.length;
  if (examples.length === 0) return null;
  return (
    <ul className={classes.examples}>
      {examples.map((one) => (
        <li key={one.id}>
          <bdi>{one.name}</bdi>
        </li>
      ))}
      {more > 0 ? <li className="meta">{text("bulk.more", { number: formatNumber(more) })}</li> : null}
    </ul>
  );
}
