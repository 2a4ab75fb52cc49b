import "../../text/board";
import "../../text/holds";
import { SegmentedControl, Select } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { exportRequests } from "../../api/exports";
import { requestsQuery } from "../../api/queries";
import { rushRateQuery } from "../../api/request-queries";
import { HoldList } from "../../parts/HoldList";
import { ExportMenu } from "../../parts/list/ExportMenu";
import { RequestRow } from "../../parts/RequestRow";
import { canExport, hasRole, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { spoken } from "../../text/catalogue";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Filters } from "../../ui/Filters";
import { Page } from "../../ui/Page";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty, Loading } from "../../ui/states";
import { useSearchChange } from "../../ui/use-search-change";

const Board = lazy(() => spoken(import("./Board")).then((module) => ({ default: module.Board })));

const STATUSES = ["open", "closed"] as const;

/** Status without chasing: each request with its steps and who acts next. */
export function RequestsPage() {
  const session = useSession();
  const search = useSearch({ from: "/signed-in/requests" });
  const change = useSearchChange();
  const isBoard = search.view === "board";
  const seesAll = hasRole(session, "program", "owner");
  const scope = search.scope ?? (hasRole(session, "program") ? "all" : "mine");
  const filter = { scope, open: search.status ? search.status === "open" : undefined };
  const query = useInfiniteQuery(requestsQuery(filter));
  const rate = useQuery(rushRateQuery()).data;
  const title = text(scope === "mine" ? "shell.my_requests" : "requests.title");
  return (
    <Page
      title={title}
      lead={
        rate && rate.requests > 0
          ? text("requests.rush_rate", { count: rate.requests, rushes: rate.rushes, days: rate.days })
          : undefined
      }
      more={
        // The board is the open ones of the list.
        canExport(session) && !isBoard ? (
          <ExportMenu
            name="requests"
            take={(format) => exportRequests(filter, format)}
            total={query.data?.pages.at(-1)?.total}
          />
        ) : undefined
      }
    >
      <Filters>
        <SegmentedControl
          aria-label={text("board.view")}
          value={search.view ?? "list"}
          onChange={(next) => void change({ view: next === "board" ? next : undefined }, { replace: true })}
          data={[
            { value: "list", label: text("board.list") },
            { value: "board", label: text("board.board") },
          ]}
        />
        {isBoard ? null : (
          <Select
            aria-label={text("requests.status")}
            placeholder={text("requests.any_status")}
            clearable
            value={search.status ?? null}
            onChange={(status) => void change({ status }, { replace: true })}
            data={STATUSES.map((one) => ({ value: one, label: text(`requests.only_${one}`) }))}
          />
        )}
        {seesAll && !isBoard ? (
          <SegmentedControl
            aria-label={text("requests.whose")}
            value={scope}
            onChange={(next) => void change({ scope: next }, { replace: true })}
            data={[
              { value: "mine", label: text("requests.mine") },
              { value: "all", label: text("requests.all") },
            ]}
          />
        ) : null}
      </Filters>
      {isBoard ? (
        <Suspense fallback={<Loading rows={6} />}>
          <Board />
        </Suspense>
      ) : (
        <Section title={text(search.status ? `requests.only_${search.status}` : "requests.any_status")}>
          <PagedList
            query={query}
            empty={
              search.status ? (
                <Empty
                  title={text("requests.empty_filter")}
                  why={text("requests.empty_filter_why")}
                  next={
                    <AppLink href={paths.requests({ scope: search.scope })}>{text("home.see_all")}</AppLink>
                  }
                />
              ) : (
                <Empty
                  title={text("requests.empty_title")}
                  why={text("requests.empty_why")}
                  next={<AppLink href={paths.find()}>{text("requests.empty_next")}</AppLink>}
                />
              )
            }
          >
            {(rows) => (
              <div>
                {rows.map((row) => (
                  <RequestRow key={row.id} request={row} />
                ))}
              </div>
            )}
          </PagedList>
        </Section>
      )}
      <Section title={text("holds.title")}>
        <HoldList of={{}} none={text("holds.all_none")} />
      </Section>
    </Page>
  );
}
