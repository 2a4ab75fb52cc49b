//! Building a filter: conditions in groups, shown to the list when every one of them is whole.

import { Button } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { listFieldsQuery } from "../../api/list-queries";
import type { ListKind } from "../../api/types";
import { text } from "../../text/text";
import { SidePanel } from "../../ui/SidePanel";
import { Failed, Loading } from "../../ui/states";
import { FilterGroup } from "./FilterGroup";
import classes from "./FilterSheet.module.css";
import { conditionCount, emptyGroup, type Group, isIncomplete, readFilter, writeFilter } from "./filter";

interface Props {
  list: ListKind;
  written: string | undefined;
  onChange: (written: string | undefined) => void;
}

export function FilterButton({ list, written, onChange }: Props) {
  const [opened, setOpened] = useState(false);
  const count = conditionCount(readFilter(written));
  return (
    <>
      <Button
        variant={count > 0 ? "light" : "default"}
        leftSection={<IconFilter size={16} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        {count > 0 ? text("filter.count", { count }) : text("filter.open")}
      </Button>
      <SidePanel title={text("filter.title")} opened={opened} onClose={() => setOpened(false)} size={620}>
        {opened ? (
          <Sheet
            list={list}
            written={written}
            onChange={(next) => {
              setOpened(false);
              onChange(next);
            }}
          />
        ) : null}
      </SidePanel>
    </>
  );
}

function Sheet({ list, written, onChange }: Props) {
  const fields = useQuery(listFieldsQuery(list));
  const [draft, setDraft] = useState<Group>(() => readFilter(written));
  const [isTried, setTried] = useState(false);
  if (fields.isPending) return <Loading rows={4} />;
  if (fields.isError) return <Failed error={fields.error} onRetry={() => void fields.refetch()} />;
  const apply = () => {
    setTried(true);
    if (!isIncomplete(draft)) onChange(writeFilter(draft));
  };
  return (
    <form
      className={classes.sheet}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <FilterGroup
        list={list}
        fields={fields.data}
        group={draft}
        depth={1}
        marksMissing={isTried}
        onChange={setDraft}
      />
      <div className={classes.actions}>
        <Button type="submit">{text("filter.apply")}</Button>
        <Button variant="default" onClick={() => onChange(writeFilter(emptyGroup()))}>
          {text("filter.clear")}
        </Button>
      </div>
    </form>
  );
}
