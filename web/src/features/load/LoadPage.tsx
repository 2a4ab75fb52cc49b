import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { exportLoad } from "../../api/exports";
import { loadQuery } from "../../api/queries";
import type { LoadList, LoadReport, LoadRow } from "../../api/types";
import { formatDay, formatNumber, formatShare } from "../../format/format";
import { ExportMenu } from "../../parts/list/ExportMenu";
import { canExport, canReadPlan, useSession } from "../../parts/session";
import { TabLinks } from "../../parts/TabLinks";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { ChartFrame } from "../../ui/chart/ChartFrame";
import { ShareCurve } from "../../ui/chart/ShareCurve";
import { type Column, DataTable } from "../../ui/DataTable";
import { Facts } from "../../ui/Facts";
import { Page } from "../../ui/Page";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";
import { Overrides } from "./Overrides";

/** How evenly the load is spread, and whom to spare or to ask next. */
export function LoadPage() {
  const query = useQuery(loadQuery());
  const { list = "tiring" } = useSearch({ from: "/signed-in/load" });
  const session = useSession();
  // What was set aside is a list of its own, beside those of people.
  const exports =
    canExport(session) && list !== "overrides" ? (
      <ExportMenu
        name={`load-${list}`}
        take={(format) => exportLoad(list, format)}
        total={query.data?.[list].total}
      />
    ) : undefined;
  return (
    <Page title={text("load.title")} lead={text("load.lead")} more={exports}>
      {query.isPending ? (
        <Loading rows={6} height={40} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Report report={query.data} />
      )}
    </Page>
  );
}

function Report({ report }: { report: LoadReport }) {
  const finding =
    report.top_tenth === null
      ? text("load.finding_none")
      : text("load.finding", { share: formatShare(report.top_tenth) });
  const figure = (value: number | null, shown: (value: number) => string) =>
    value === null ? text("state.none") : shown(value);
  return (
    <>
      <Facts
        facts={[
          { label: text("load.advocates"), value: formatNumber(report.advocates) },
          { label: text("load.uses"), value: formatNumber(report.uses) },
          { label: text("load.top_tenth"), value: figure(report.top_tenth, formatShare) },
          { label: text("load.gini"), value: figure(report.gini, (gini) => gini.toFixed(2)) },
        ]}
      />
      {report.lorenz.length > 0 ? <Spread report={report} finding={finding} /> : null}
      <Lists report={report} />
    </>
  );
}

/** How much of all uses each share of the advocates gives, from the least used on. */
function Spread({ report, finding }: { report: LoadReport; finding: string }) {
  const search = useSearch({ from: "/signed-in/load" });
  const { today } = useSession();
  const change = useSearchChange();
  const head = [text("load.share_advocates"), text("load.share_uses")];
  return (
    <ChartFrame
      title={finding}
      name={`load-${today}`}
      rows={() => [head, ...report.lorenz.map((point) => [point.advocates, point.uses])]}
      isTable={search.view === "table"}
      onTable={(isTable) => void change({ view: isTable ? "table" : undefined }, { replace: true })}
      table={
        <DataTable
          caption={finding}
          rows={report.lorenz}
          rowKey={(point) => `${point.advocates}`}
          columns={[
            { key: "advocates", label: head[0] ?? "", cell: (point) => formatShare(point.advocates) },
            { key: "uses", label: head[1] ?? "", align: "right", cell: (point) => formatShare(point.uses) },
          ]}
        />
      }
    >
      <ShareCurve
        label={finding}
        xLabel={text("load.curve_x")}
        evenLabel={text("load.even")}
        points={report.lorenz.map((point) => ({ x: point.advocates, y: point.uses }))}
      />
      <p className="meta">{report.formula}</p>
    </ChartFrame>
  );
}

const LISTS = ["tiring", "over_limit", "never_asked", "most_used"] as const;
type ListName = (typeof LISTS)[number];

/** One list at a time: whom to spare, whom to ask, what to review. */
function Lists({ report }: { report: LoadReport }) {
  const search = useSearch({ from: "/signed-in/load" });
  const chosen = search.list ?? "tiring";
  const tab = (list: ListName | "overrides") => ({
    href: paths.load({ ...search, list }),
    label: text(`load.${list}`),
    isCurrent: list === chosen,
  });
  return (
    <>
      <TabLinks
        label={text("load.lists")}
        tabs={[...LISTS.map((list) => ({ ...tab(list), count: report[list].total })), tab("overrides")]}
      />
      {chosen === "overrides" ? <Overrides /> : <People name={chosen} list={report[chosen]} />}
    </>
  );
}

/** Where one looks when a list has nobody. */
function Next({ after }: { after: ListName }) {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/load" });
  switch (after) {
    case "tiring":
    case "over_limit":
      return (
        <AppLink href={paths.load({ ...search, list: "most_used" })}>{text("load.next.most_used")}</AppLink>
      );
    case "never_asked":
      return canReadPlan(session) ? <AppLink href={paths.gaps()}>{text("load.next.gaps")}</AppLink> : null;
    case "most_used":
      return <AppLink href={paths.find()}>{text("load.next.find")}</AppLink>;
  }
}

function People({ name, list }: { name: ListName; list: LoadList }) {
  const { today } = useSession();
  const title = text(`load.${name}`);
  const withReasons = name === "tiring" || name === "over_limit";
  return (
    <Section title={title}>
      {list.rows.length === 0 ? (
        <Empty
          title={text(`load.${name}_none`)}
          why={text(`load.${name}_why`)}
          next={<Next after={name} />}
        />
      ) : (
        <DataTable
          caption={title}
          columns={columns(today, withReasons)}
          rows={list.rows}
          rowKey={(row) => row.advocate_id}
          isCards
        />
      )}
      {list.total > list.rows.length ? (
        <p className="meta">{text("load.more", { shown: list.rows.length, total: list.total })}</p>
      ) : null}
    </Section>
  );
}

function columns(today: string, withReasons: boolean): Column<LoadRow>[] {
  const day = (value: string | null) => (value ? formatDay(value, today) : text("load.never"));
  const reasons: Column<LoadRow> = {
    key: "sign",
    label: text("load.sign"),
    cell: (row) => row.reasons.join("; "),
  };
  return [
    {
      key: "advocate",
      label: text("load.advocate"),
      cell: (row) => <AppLink href={paths.advocate(row.advocate_id)}>{row.display_name}</AppLink>,
    },
    ...(withReasons ? [reasons] : []),
    {
      key: "account",
      label: text("load.account"),
      wide: true,
      cell: (row) => row.account?.name ?? text("state.none"),
    },
    { key: "year", label: text("load.year"), align: "right", cell: (row) => formatNumber(row.uses_year) },
    { key: "last_used", label: text("load.last_used"), wide: true, cell: (row) => day(row.last_used) },
    { key: "last_asked", label: text("load.last_asked"), cell: (row) => day(row.last_asked) },
  ];
}
