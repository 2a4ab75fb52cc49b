import "../../text/bulk";
import { Button } from "@mantine/core";
import { useState } from "react";
import type { BulkInput, ListKind } from "../../api/types";
import { formatNumber } from "../../format/format";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { SidePanel } from "../../ui/SidePanel";
import { useActionsHere } from "../actions-here";
import { chosenCount, NOTHING, type Selection } from "../list/selection";
import { ChangeTogether } from "./ChangeTogether";
import classes from "./SelectionBar.module.css";

interface Props {
  list: ListKind;
  /** What the list was asked with; all of its rows are asked the same. */
  narrowed: Pick<BulkInput, "q" | "filter">;
  selection: Selection;
  /** How many rows the list has, read or not. */
  total: number;
  onSelect: (selection: Selection) => void;
}

/** Says how many rows of a list are chosen, and changes them together. */
export function SelectionBar({ list, narrowed, selection, total, onSelect }: Props) {
  const [isOpen, setOpen] = useState(false);
  const count = chosenCount(selection, total);
  const which = selection === "all" ? narrowed : { ids: [...selection] };
  useActionsHere([
    { label: text("bulk.title", { number: formatNumber(count) }), run: () => setOpen(true) },
    { label: text("bulk.none"), run: () => onSelect(NOTHING) },
  ]);
  return (
    <section className={classes.bar} aria-label={text("bulk.bar")}>
      <strong role="status" className="numbers">
        {text("bulk.chosen", { number: formatNumber(count) })}
      </strong>
      {selection !== "all" && total > count ? (
        <Button size="compact-sm" variant="subtle" onClick={() => onSelect("all")}>
          {text("bulk.all", { total: formatNumber(total) })}
        </Button>
      ) : null}
      <span className={classes.actions}>
        <AppLink href={paths.bulkChanges()}>{text("bulk.earlier")}</AppLink>
        <Button size="compact-sm" variant="default" onClick={() => onSelect(NOTHING)}>
          {text("bulk.none")}
        </Button>
        <Button size="compact-sm" onClick={() => setOpen(true)}>
          {text("bulk.open")}
        </Button>
      </span>
      <SidePanel
        title={text("bulk.title", { number: formatNumber(count) })}
        opened={isOpen}
        onClose={() => setOpen(false)}
      >
        {isOpen ? <ChangeTogether list={list} which={which} onDone={() => onSelect(NOTHING)} /> : null}
      </SidePanel>
    </section>
  );
}
