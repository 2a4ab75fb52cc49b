import { useInfiniteQuery } from "@tanstack/react-query";
import { type TimelineOf, timelineQuery } from "../api/queries";
import { formatAgo, formatInstant } from "../format/format";
import { text } from "../text/text";
import { PagedList } from "../ui/PagedList";
import { Empty } from "../ui/states";
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
              <span className="meta" title={formatInstant(entry.at)}>
                {entry.actor_name ?? text("requests.system")} · {formatAgo(entry.at, now)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </PagedList>
  );
}
