import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { overridesQuery } from "../../api/queries";
import type { Override } from "../../api/types";
import { formatDay, formatInstant } from "../../format/format";
import { activityName } from "../../parts/activity";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";

/** The first day of a month and of the one after it. */
export function monthBounds(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
  return { from: `${month}-01`, to: `${next}-01` };
}

/** Where somebody went past a rule, a month at a time. */
export function Overrides() {
  const { today } = useSession();
  const search = useSearch({ from: "/signed-in/load" });
  const change = useSearchChange();
  const month = search.month ?? today.slice(0, 7);
  const query = useQuery(overridesQuery(monthBounds(month)));
  return (
    <Section
      title={text("load.overrides")}
      aside={
        <TextInput
          type="month"
          size="xs"
          aria-label={text("load.month")}
          value={month}
          max={today.slice(0, 7)}
          onChange={(event) =>
            void change({ month: event.currentTarget.value || undefined }, { replace: true })
          }
        />
      }
    >
      {query.isPending ? (
        <Loading rows={2} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.items.length === 0 ? (
        <Empty
          title={text("load.overrides_none")}
          why={text("load.overrides_why")}
          next={
            <AppLink href={paths.load({ ...search, list: "over_limit" })}>
              {text("load.next.over_limit")}
            </AppLink>
          }
        />
      ) : (
        <DataTable
          caption={text("load.overrides")}
          columns={columns(today)}
          rows={query.data.items}
          rowKey={(row) => `${row.candidate_id ?? row.request_id} ${row.at}`}
          isCards
        />
      )}
    </Section>
  );
}

function columns(today: string): Column<Override>[] {
  return [
    {
      key: "advocate",
      label: text("load.advocate_or_deal"),
      cell: (row) =>
        row.advocate_id ? (
          <AppLink href={paths.advocate(row.advocate_id)}>{row.display_name}</AppLink>
        ) : (
          text("load.gate", { deal: row.opportunity_name ?? text("state.unknown") })
        ),
    },
    { key: "reason", label: text("load.reason"), cell: (row) => row.reason ?? text("load.erased") },
    { key: "activity", label: text("load.activity"), cell: (row) => activityName(row.activity) },
    {
      key: "planned",
      label: text("load.planned"),
      wide: true,
      cell: (row) => formatDay(row.planned_on, today),
    },
    { key: "by", label: text("load.by"), wide: true, cell: (row) => row.by?.name ?? text("load.operator") },
    { key: "at", label: text("load.at"), wide: true, cell: (row) => formatInstant(row.at) },
    {
      key: "request",
      label: text("load.request"),
      cell: (row) => <AppLink href={paths.request(row.request_id)}>{text("load.request")}</AppLink>,
    },
  ];
}
