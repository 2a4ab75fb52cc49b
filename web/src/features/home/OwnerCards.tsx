import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { advocatesQuery, loadQuery } from "../../api/queries";
import type { AdvocateRow, LoadReport } from "../../api/types";
import { formatDay, formatDistance, formatNumber } from "../../format/format";
import { ask, writeFilter } from "../../parts/list/filter";
import { AdvocateStatusMark } from "../../parts/marks";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { BarRows } from "../../ui/chart/BarRows";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { Lines } from "./Lines";

const ROWS_SHOWN = 5;
const STALE_DAYS = 180;

/** Whom of their customers to spare and whom to ask next. */
export function Spread() {
  const query = useQuery(loadQuery());
  return (
    <Section
      title={text("homes.spread")}
      aside={<AppLink href={paths.load()}>{text("homes.spread_open")}</AppLink>}
    >
      {query.isPending ? (
        <Loading rows={6} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Load report={query.data} />
      )}
    </Section>
  );
}

function Load({ report }: { report: LoadReport }) {
  const navigate = useNavigate();
  const { today } = useSession();
  const rows = report.most_used.rows.slice(0, ROWS_SHOWN);
  const most = rows[0]?.uses_year ?? 1;
  return (
    <>
      {rows.length === 0 ? (
        <Empty title={text("homes.spread_none")} why={text("homes.spread_none_why")} />
      ) : (
        <BarRows
          label={text("homes.spread")}
          bars={rows.map((row) => ({
            key: row.advocate_id,
            label: row.display_name,
            value: row.uses_year / most,
            shown: text("homes.uses", { count: row.uses_year }),
            note: row.last_used ? text("homes.uses_note", { day: formatDay(row.last_used, today) }) : "",
            onOpen: () => void navigate({ href: paths.advocate(row.advocate_id) }),
          }))}
        />
      )}
      <Lines
        lines={(["over_limit", "tiring", "never_asked"] as const).map((list) => ({
          key: list,
          label: text(`homes.${list}`),
          href: paths.load({ list }),
          value: formatNumber(report[list].total),
        }))}
      />
    </>
  );
}

/** Active profiles of their accounts that nobody verified for long, the oldest first. */
export function StaleProfiles() {
  const { today } = useSession();
  const filter = writeFilter({
    mode: "all",
    parts: [ask.anyOf("owner", "me"), ask.stale("verified", STALE_DAYS)],
  });
  const query = useInfiniteQuery(advocatesQuery({ status: "active", filter, sort: "verified" }));
  const total = query.data?.pages[0]?.total;
  return (
    <Section
      title={text("homes.stale")}
      aside={
        total ? (
          <AppLink href={paths.list("advocates", { status: "active", filter, sort: "verified" })}>
            {text("home.see_all")}
          </AppLink>
        ) : undefined
      }
    >
      <PagedList
        isExcerpt
        query={query}
        empty={<Empty title={text("homes.stale_none")} why={text("homes.stale_none_why")} />}
      >
        {(rows) => (
          <AdvocateLines
            rows={rows}
            endOf={({ verified_on }) => (
              <span className="meta">
                {verified_on
                  ? text("homes.verified", { distance: formatDistance(verified_on, today) })
                  : text("homes.verified_never")}
              </span>
            )}
          />
        )}
      </PagedList>
    </Section>
  );
}

/** What became of those whom they nominated, the newest first. */
export function Nominations() {
  const filter = writeFilter({ mode: "all", parts: [ask.anyOf("nominated_by", "me")] });
  const query = useInfiniteQuery(advocatesQuery({ filter, sort: "added", direction: "descending" }));
  return (
    <Section title={text("homes.nominations")}>
      <PagedList
        isExcerpt
        query={query}
        empty={<Empty title={text("homes.nominations_none")} why={text("homes.nominations_none_why")} />}
      >
        {(rows) => (
          <AdvocateLines rows={rows} endOf={({ status }) => <AdvocateStatusMark status={status} />} />
        )}
      </PagedList>
    </Section>
  );
}

interface AdvocateLinesProps {
  rows: AdvocateRow[];
  /** What stands at the end of the line. */
  endOf: (row: AdvocateRow) => ReactNode;
}

/** The first few advocates, each leading to its profile. */
function AdvocateLines({ rows, endOf }: AdvocateLinesProps) {
  return (
    <Lines
      lines={rows.slice(0, ROWS_SHOWN).map((row) => ({
        key: row.id,
        label: row.display_name,
        href: paths.advocate(row.id),
        note: row.name_masked ? undefined : (row.account?.name ?? undefined),
        value: endOf(row),
      }))}
    />
  );
}
