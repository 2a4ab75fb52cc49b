import { useInfiniteQuery } from "@tanstack/react-query";
import { unmetSearchesQuery } from "../../api/queries";
import type { UnmetSearch } from "../../api/types";
import { formatDay, formatDistance, formatMoney } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { type Column, DataTable } from "../../ui/DataTable";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Empty } from "../../ui/states";

/** Searches that found nobody: what to recruit for, and what it is worth. */
export function UnmetSearchesPage() {
  const { today } = useSession();
  const query = useInfiniteQuery(unmetSearchesQuery());
  return (
    <Page title={text("demand.title")} lead={text("demand.lead")}>
      <PagedList
        query={query}
        empty={
          <Empty
            title={text("demand.empty_title")}
            why={text("demand.empty_why")}
            next={<AppLink href={paths.find()}>{text("find.title")}</AppLink>}
          />
        }
      >
        {(rows) => (
          <DataTable
            caption={text("demand.title")}
            columns={columns(today)}
            rows={rows}
            rowKey={(row) => row.id}
            isCards
          />
        )}
      </PagedList>
    </Page>
  );
}

function columns(today: string): Column<UnmetSearch>[] {
  return [
    { key: "asked", label: text("demand.asked"), cell: askedWords },
    {
      key: "deal",
      label: text("demand.deal"),
      cell: (row) =>
        row.opportunity ? (
          <AppLink href={paths.opportunity(row.opportunity.id)}>{row.opportunity.name}</AppLink>
        ) : (
          text("state.none")
        ),
    },
    {
      key: "value",
      label: text("demand.value"),
      align: "right",
      cell: (row) => (row.amount ? formatMoney(row.amount) : text("state.none")),
    },
    { key: "by", label: text("demand.by"), wide: true, cell: (row) => row.by?.name ?? text("state.none") },
    {
      key: "at",
      label: text("demand.at"),
      wide: true,
      cell: (row) => (
        <span title={formatDay(row.at.slice(0, 10))}>{formatDistance(row.at.slice(0, 10), today)}</span>
      ),
    },
    {
      key: "need_by",
      label: text("demand.need_by"),
      wide: true,
      cell: (row) => (row.need_by ? formatDay(row.need_by, today) : text("state.none")),
    },
  ];
}

/** The criteria and the text, musts first. */
function askedWords(row: UnmetSearch): string {
  const criteria = [...row.criteria]
    .sort((one, other) => Number(other.must) - Number(one.must))
    .map((one) =>
      text(one.must ? "demand.must" : "demand.nice", {
        facet: one.facet_name,
        terms: one.terms.join(", "),
      }),
    );
  const words = row.text ? [text("demand.words", { words: row.text })] : [];
  return [...criteria, ...words].join(" · ");
}
