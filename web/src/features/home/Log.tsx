import { useInfiniteQuery } from "@tanstack/react-query";
import { eventsQuery } from "../../api/queries";
import type { RecordKind } from "../../api/types";
import { daysUntil, formatAgo, formatDistance } from "../../format/format";
import { whoActed } from "../../parts/actor";
import { useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { PagedList } from "../../ui/PagedList";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/states";
import { Lines } from "./Lines";

const ROWS_SHOWN = 8;
/** From here on weeks, months and years read better than days. */
const LONG_AGO_DAYS = 21;

/** What happened last, for those who answer for the log; of one kind of record where one matters most. */
export function Log({ kind }: { kind?: RecordKind }) {
  const query = useInfiniteQuery(eventsQuery({ kind }));
  const { today } = useSession();
  const now = new Date();
  const ago = (at: string) =>
    daysUntil(at, today) > -LONG_AGO_DAYS ? formatAgo(at, now) : formatDistance(at, today);
  return (
    <Section title={text("home.log")} aside={<AppLink href={paths.audit()}>{text("home.log_open")}</AppLink>}>
      <p className="soft">{text("home.log_why")}</p>
      <PagedList
        isExcerpt
        query={query}
        empty={<Empty title={text("requests.history_empty")} why={text("requests.history_empty_why")} />}
      >
        {(entries) => (
          <Lines
            lines={entries.slice(0, ROWS_SHOWN).map((entry) => ({
              key: String(entry.position),
              label: entry.summary,
              href: paths.audit({ kind: entry.record_kind, record: entry.record_id }),
              note: whoActed(entry),
              value: <span className="meta">{ago(entry.at)}</span>,
            }))}
          />
        )}
      </PagedList>
    </Section>
  );
}
