import { useInfiniteQuery } from "@tanstack/react-query";
import { contentListQuery } from "../../api/content-queries";
import { unmetSearchesQuery } from "../../api/queries";
import type { UnmetSearch } from "../../api/types";
import { addDays, formatDistance, formatMoneyShort } from "../../format/format";
import { ContentList } from "../../parts/ContentList";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/states";
import { Lines } from "./Lines";

const PIECES_SHOWN = 4;
const SEARCHES_SHOWN = 4;
const WEEK_DAYS = 7;

/** The newest stories that may be sent. */
export function FreshContent() {
  const query = useInfiniteQuery(
    contentListQuery({ state: "approved", sort: "added", direction: "descending" }),
  );
  return (
    <Section
      title={text("homes.fresh_content")}
      aside={<AppLink href={paths.content()}>{text("home.see_all")}</AppLink>}
    >
      <PagedList
        isExcerpt
        query={query}
        empty={<Empty title={text("homes.fresh_content_none")} why={text("homes.fresh_content_none_why")} />}
      >
        {(rows) => <ContentList rows={rows.slice(0, PIECES_SHOWN)} />}
      </PagedList>
    </Section>
  );
}

/** What was looked for in vain, the newest first: whom to recruit next. */
export function Unmet() {
  const { today } = useSession();
  const query = useInfiniteQuery(unmetSearchesQuery());
  const since = addDays(today, -WEEK_DAYS);
  return (
    <Section
      title={text("homes.unmet")}
      aside={<AppLink href={paths.unmetSearches()}>{text("home.see_all")}</AppLink>}
    >
      <PagedList
        isExcerpt
        query={query}
        skeletonRows={4}
        empty={<Empty title={text("homes.unmet_none")} why={text("homes.unmet_none_why")} />}
      >
        {(rows, total) => (
          <>
            {isWeekWhole(rows, total, since) ? (
              <p className="soft">
                {text("homes.unmet_week", {
                  count: rows.filter((row) => row.at.slice(0, 10) > since).length,
                })}
              </p>
            ) : null}
            <Lines
              lines={rows.slice(0, SEARCHES_SHOWN).map((row) => ({
                key: row.id,
                label: askedFor(row),
                href: row.opportunity ? paths.opportunity(row.opportunity.id) : paths.unmetSearches(),
                note: [row.opportunity?.name, formatDistance(row.at.slice(0, 10), today)]
                  .filter(Boolean)
                  .join(" · "),
                value: row.amount ? formatMoneyShort(row.amount) : undefined,
              }))}
            />
          </>
        )}
      </PagedList>
    </Section>
  );
}

/** Whether the rows that are here reach back past the week: only then can they be counted for it. */
function isWeekWhole(rows: UnmetSearch[], total: number, since: string): boolean {
  const oldest = rows.at(-1);
  return rows.length === total || (oldest !== undefined && oldest.at.slice(0, 10) <= since);
}

/** The terms and the words of a search, musts first. */
function askedFor(row: UnmetSearch): string {
  const terms = [...row.criteria]
    .sort((one, other) => Number(other.must) - Number(one.must))
    .flatMap((one) => one.terms);
  return [...terms, row.text].filter(Boolean).join(", ") || text("homes.unmet_any");
}
