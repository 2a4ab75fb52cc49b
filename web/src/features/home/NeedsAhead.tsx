import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { needsQuery } from "../../api/plan-queries";
import type { Need } from "../../api/types";
import { formatDay, formatDistance, formatNumber } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { BarRows } from "../../ui/chart/BarRows";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";

const ROWS_SHOWN = 6;

/** Whether what press, analysts and events will ask for can be served, the next day first. */
export function NeedsAhead() {
  const navigate = useNavigate();
  const query = useQuery(needsQuery());
  const open = (need: string) => void navigate({ href: paths.needs({ need }) });
  const needs = (query.data?.needs ?? [])
    .filter((one) => one.closed_at === null)
    .sort((one, other) => one.need_on.localeCompare(other.need_on));
  const add = (
    <Button size="xs" onClick={() => open("new")}>
      {text("homes.add_need")}
    </Button>
  );
  return (
    <Section
      title={text("homes.needs")}
      aside={
        needs.length > 0 ? (
          <>
            <AppLink href={paths.needs()}>{text("homes.needs_open")}</AppLink>
            {add}
          </>
        ) : undefined
      }
    >
      {query.isPending ? (
        <Loading rows={4} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : needs.length === 0 ? (
        <Empty title={text("homes.needs_none")} why={text("homes.needs_none_why")} next={add} />
      ) : (
        <Bars needs={needs.slice(0, ROWS_SHOWN)} onOpen={open} />
      )}
    </Section>
  );
}

function Bars({ needs, onOpen }: { needs: Need[]; onOpen: (need: string) => void }) {
  const { today } = useSession();
  return (
    <BarRows
      label={text("homes.needs")}
      bars={needs.map((one) => ({
        key: one.id,
        label: one.title,
        value: Math.min(1, one.covered / Math.max(1, one.wanted)),
        shown: text("homes.need_covered", {
          covered: formatNumber(one.covered),
          wanted: formatNumber(one.wanted),
        }),
        note: text("homes.need_note", {
          distance: formatDistance(one.need_on, today),
          day: formatDay(one.ask_by, today),
        }),
        onOpen: () => onOpen(one.id),
      }))}
    />
  );
}
