import { useInfiniteQuery } from "@tanstack/react-query";
import { type TimelineOf, timelineQuery } from "../api/queries";
import type { TimelineEntry } from "../api/types";
import { formatAgo, formatDay, formatInstant } from "../format/format";
import { text } from "../text/text";
import { PagedList } from "../ui/PagedList";
import { Empty } from "../ui/states";
import { whoActed } from "./actor";
import classes from "./Timeline.module.css";

interface Props {
  kind: TimelineOf;
  id: string;
}

/** What happened to a record, newest first, from the one event log. */
export function Timeline({ kind, id }: Props) {
  const query = useInfiniteQuery(timelineQuery(kind, id));
  const now = new Date();
  return (
    <PagedList
      query={query}
      empty={<Empty title={text("requests.history_empty")} why={text("requests.history_empty_why")} />}
    >
      {(entries) => (
        <ol className={classes.timeline}>
          {entries.map((entry) => (
            <li key={entry.position} className={classes.entry}>
              <span>{entry.summary}</span>
              <When entry={entry} now={now} />
            </li>
          ))}
        </ol>
      )}
    </PagedList>
  );
}

/** Who and when. What a buyer opened is kept by its day, so no hour is made up for it. */
function When({ entry, now }: { entry: TimelineEntry; now: Date }) {
  const who = whoActed(entry);
  if (entry.action === "opened")
    return (
      <span className="meta">
        {who} · {formatDay(entry.at.slice(0, 10))}
      </span>
    );
  return (
    <span className="meta" title={formatInstant(entry.at)}>
      {who} · {formatAgo(entry.at, now)}
    </span>
  );
}
