import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { newVersion } from "../api/new-version";
import { notFresh } from "../api/not-fresh";
import { connection } from "../api/offline";
import { sayProblem } from "../api/problem";
import { formatInstant } from "../format/format";
import { text } from "../text/text";
import classes from "./Shell.module.css";

/** What holds for the whole page: it shows what was kept, or it is not the newest version any more. */
export function StateBars() {
  const cache = useQueryClient();
  const asOf = useSyncExternalStore(connection.subscribe, connection.asOf);
  const whyOld = useSyncExternalStore(notFresh.subscribe, notFresh.why);
  const isOld = useSyncExternalStore(newVersion.subscribe, newVersion.isThere);
  useEffect(() => {
    const readAgain = () => void cache.invalidateQueries();
    window.addEventListener("online", readAgain);
    return () => window.removeEventListener("online", readAgain);
  }, [cache]);
  const unread = asOf
    ? text("shell.offline", { when: formatInstant(asOf) })
    : whyOld
      ? text("shell.not_fresh", { why: sayProblem(whyOld).title })
      : null;
  return (
    <div role="status">
      {unread ? (
        <div className={classes.state}>
          {unread}
          <Button size="compact-xs" variant="default" onClick={() => void cache.invalidateQueries()}>
            {text("action.retry")}
          </Button>
        </div>
      ) : null}
      {isOld ? (
        <div className={classes.state}>
          {text("shell.new_version")}
          <Button size="compact-xs" variant="default" onClick={() => window.location.reload()}>
            {text("shell.reload")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
