//! What the program team looks after beside requests: one answer of the server for all of it.

import { useQuery } from "@tanstack/react-query";
import { programHomeQuery } from "../../api/steward-queries";
import type { ProgramHome, UnmetSearch } from "../../api/types";
import { formatDistance, formatMoneyShort } from "../../format/format";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { Section } from "../../ui/Section";
import { Empty, Failed, Loading } from "../../ui/states";
import { Lines } from "./Lines";
import { Counted, StewardSection } from "./Steward";

/** The queue counted, what else waits, and what was looked for in vain. */
export function LookAfter() {
  const query = useQuery(programHomeQuery());
  if (query.isPending) return <Loading rows={13} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const home = query.data;
  return (
    <>
      <StewardSection counts={home.steward} unmapped={home.unmapped} duplicates={home.duplicates}>
        <Counted
          href={paths.advocates({ status: "nominated" })}
          label={text("home.steward_nominated")}
          count={home.nominated}
        />
        <Counted
          href={paths.accounts({ owner: "nobody" })}
          label={text("home.steward_unowned")}
          count={home.accounts_unowned}
        />
        <Counted
          href={paths.accounts({ locked: "yes" })}
          label={text("home.steward_locked")}
          count={home.accounts_locked}
        />
      </StewardSection>
      <Unmet home={home} />
    </>
  );
}

/** What was looked for in vain, the newest first: whom to recruit next. */
function Unmet({ home: { unmet, unmet_last_week: week } }: { home: ProgramHome }) {
  const { today } = useSession();
  return (
    <Section
      title={text("homes.unmet")}
      aside={<AppLink href={paths.unmetSearches()}>{text("home.see_all")}</AppLink>}
    >
      {unmet.items.length === 0 ? (
        <Empty title={text("homes.unmet_none")} why={text("homes.unmet_none_why")} />
      ) : (
        <>
          <p className="soft">{text("homes.unmet_week", { count: week })}</p>
          <Lines
            lines={unmet.items.map((row) => ({
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
    </Section>
  );
}

/** The terms and the words of a search, musts first. */
function askedFor(row: UnmetSearch): string {
  const terms = [...row.criteria]
    .sort((one, other) => Number(other.must) - Number(one.must))
    .flatMap((one) => one.terms);
  return [...terms, row.text].filter(Boolean).join(", ") || text("homes.unmet_any");
}
