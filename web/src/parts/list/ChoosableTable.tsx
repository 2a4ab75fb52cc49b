import { type ComponentProps, lazy, Suspense, useState } from "react";
import type { BulkInput, ListKind } from "../../api/types";
import { spoken } from "../../text/catalogue";
import { RecordTable } from "../../ui/RecordTable";
import { useSession } from "../session";
import { canChangeTogether, chosenCount, isChosen, NOTHING, type Selection, toggled } from "./selection";

const SelectionBar = lazy(() =>
  spoken(import("../bulk/SelectionBar")).then(({ SelectionBar }) => ({ default: SelectionBar })),
);

interface Props<Row> extends Omit<ComponentProps<typeof RecordTable<Row>>, "choosing" | "rowKey"> {
  list: ListKind;
  /** What the rows were asked with; all of them are asked the same. */
  narrowed: Pick<BulkInput, "q" | "filter">;
}

/** A table of records whose rows can be chosen and changed together, by those who may. */
export function ChoosableTable<Row extends { id: string }>(props: Props<Row>) {
  const { q, filter } = props.narrowed;
  // Another filter is another list: what was chosen there is let go.
  return <Chosen key={JSON.stringify([q, filter])} {...props} />;
}

function Chosen<Row extends { id: string }>({ list, narrowed, ...table }: Props<Row>) {
  const session = useSession();
  const [selection, select] = useState<Selection>(NOTHING);
  const read = table.rows.map((row) => row.id);
  return (
    <>
      {chosenCount(selection, table.total) > 0 ? (
        <Suspense>
          <SelectionBar
            list={list}
            narrowed={narrowed}
            selection={selection}
            total={table.total}
            onSelect={select}
          />
        </Suspense>
      ) : null}
      <RecordTable
        {...table}
        rowKey={(row) => row.id}
        choosing={
          canChangeTogether(session, list)
            ? {
                isChosen: (id) => isChosen(selection, id),
                onToggle: (id) => select(toggled(selection, id, read)),
                onAll: (isOn) => select(isOn ? read : NOTHING),
              }
            : undefined
        }
      />
    </>
  );
}
