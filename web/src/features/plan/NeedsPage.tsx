import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { needsFile } from "../../api/files";
import { needsQuery } from "../../api/plan-queries";
import type { Need, NeedCalendar } from "../../api/types";
import { formatDay, formatNumber } from "../../format/format";
import { canEditNeeds, useSession } from "../../parts/session";
import { text } from "../../text/text";
import { DataTable } from "../../ui/DataTable";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { ImportNeeds } from "./ImportNeeds";
import { NeedCustomers } from "./NeedCustomers";
import { NeedPanel } from "./NeedPanel";
import { NeedYear } from "./NeedYear";
import { NewNeed } from "./NewNeed";
import { AlarmMark } from "./needs";
import { PlanFrame } from "./PlanFrame";
import classes from "./plan.module.css";

/** What press, analysts, events and marketing will ask advocates for, and who could serve it. */
export function NeedsPage() {
  const search = useSearch({ from: "/signed-in/plan/needs" });
  const change = useSearchChange();
  const session = useSession();
  const query = useQuery(needsQuery(search.from));
  const open = (need: string | undefined) => void change({ need });
  const add = canEditNeeds(session) ? (
    <>
      <Button variant="default" onClick={() => open("calendar")}>
        {text("plan.needs.import.open")}
      </Button>
      <Button onClick={() => open("new")}>{text("plan.needs.new")}</Button>
    </>
  ) : null;
  return (
    <PlanFrame title={text("plan.needs.title")} lead={text("plan.needs.lead")} actions={add}>
      {query.isPending ? (
        <Loading rows={8} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <div className={classes.actions}>
            <TextInput
              type="date"
              label={text("plan.needs.years")}
              value={search.from ?? query.data.from}
              onChange={(event) =>
                void change({ from: event.currentTarget.value || undefined }, { replace: true })
              }
            />
            {query.data.needs.length > 0 ? (
              <Button
                component="a"
                href={needsFile(search.from)}
                download
                variant="default"
                className={classes.beside}
                title={text("plan.needs.file_hint")}
              >
                {text("plan.needs.file")}
              </Button>
            ) : null}
          </div>
          {query.data.needs.length === 0 ? (
            <Empty
              title={text("plan.needs.none")}
              why={text(add ? "plan.needs.none_why" : "plan.needs.none_read")}
              next={add}
            />
          ) : (
            <Year calendar={query.data} onOpen={open} />
          )}
        </>
      )}
      {search.need === "new" ? <NewNeed onClose={() => open(undefined)} /> : null}
      {search.need === "calendar" ? <ImportNeeds onClose={() => open(undefined)} /> : null}
      {search.need && search.need !== "new" && search.need !== "calendar" ? (
        <NeedPanel key={search.need} id={search.need} onClose={() => open(undefined)} />
      ) : null}
    </PlanFrame>
  );
}

interface YearProps {
  calendar: NeedCalendar;
  onOpen: (need: string) => void;
}

function Year({ calendar, onOpen }: YearProps) {
  const { today } = useSession();
  const lacking = calendar.needs.filter((one) => one.closed_at === null && one.covered < one.wanted).length;
  return (
    <>
      <NeedYear calendar={calendar} onOpen={onOpen} />
      <Section
        plain
        title={
          lacking === 0 ? text("plan.needs.headline_none") : text("plan.needs.headline", { count: lacking })
        }
      >
        <DataTable
          caption={text("plan.needs.list")}
          rows={calendar.needs}
          rowKey={(one) => one.id}
          isMuted={(one) => one.closed_at !== null}
          columns={[
            {
              key: "need",
              label: text("plan.needs.need"),
              cell: (one) => (
                <Button size="compact-sm" variant="subtle" onClick={() => onOpen(one.id)}>
                  <bdi>{one.title}</bdi>
                </Button>
              ),
            },
            { key: "day", label: text("plan.needs.day"), cell: (one) => formatDay(one.need_on, today) },
            {
              key: "kind",
              label: text("plan.needs.field.kind"),
              wide: true,
              cell: (one) => text(`plan.needs.kind.${one.kind}`),
            },
            {
              key: "activity",
              label: text("plan.needs.field.activity"),
              wide: true,
              cell: (one) => text(`activity.${one.activity}`),
            },
            {
              key: "could",
              label: text("plan.needs.could"),
              align: "right",
              cell: (one) => (one.closed_at ? text("plan.needs.closed") : covered(one)),
            },
            {
              key: "ask_by",
              label: text("plan.needs.ask_by"),
              align: "right",
              wide: true,
              cell: (one) => formatDay(one.ask_by, today),
            },
            { key: "state", label: text("plan.needs.state"), cell: (one) => <AlarmMark need={one} /> },
          ]}
        />
      </Section>
      <NeedCustomers customers={calendar.customers} onOpen={onOpen} />
      <p className="meta measure">{calendar.formula}</p>
    </>
  );
}

function covered(need: Need): string {
  return text("plan.needs.covered", {
    covered: formatNumber(need.covered),
    wanted: formatNumber(need.wanted),
  });
}
