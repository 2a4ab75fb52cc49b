import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { inboxQuery } from "../api/queries";
import type { Notice } from "../api/types";
import { markAllRead, markRead } from "../api/writes";
import { formatAgo, formatDay, formatInstant } from "../format/format";
import { paths } from "../paths/paths";
import { safeLink } from "../paths/safe-link";
import { noticeWords } from "../text/notices";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { PagedList } from "../ui/PagedList";
import { Empty, FormProblem } from "../ui/states";
import classes from "./Inbox.module.css";

/** The notices of the inbox; one that is opened is read. */
export function InboxItems({ onLeave, unread }: { onLeave: () => void; unread: number }) {
  const query = useInfiniteQuery(inboxQuery());
  const cache = useQueryClient();
  const refresh = () => void cache.invalidateQueries({ queryKey: ["inbox"] });
  const readOne = useMutation({ mutationFn: markRead, onSuccess: refresh });
  const readAll = useMutation({ mutationFn: markAllRead, onSuccess: refresh });
  return (
    <>
      <div className={classes.head}>
        <h2>{text("shell.inbox")}</h2>
        {unread > 0 ? (
          <Button
            size="compact-xs"
            variant="subtle"
            loading={readAll.isPending}
            onClick={() => readAll.mutate()}
          >
            {text("shell.inbox_read_all")}
          </Button>
        ) : null}
      </div>
      <FormProblem error={readAll.error} onRetry={() => readAll.mutate()} />
      <div className={classes.scroll}>
        <PagedList
          query={query}
          skeletonRows={4}
          empty={<Empty title={text("shell.inbox_empty")} why={text("shell.inbox_empty_why")} />}
        >
          {(items) => (
            <ul>
              {items.map((item) => (
                <li key={item.id}>
                  <Item
                    item={item}
                    onOpen={() => {
                      if (!item.read_at) readOne.mutate(item.id);
                      onLeave();
                    }}
                  />
                </li>
              ))}
            </ul>
          )}
        </PagedList>
      </div>
      <AppLink href={paths.inbox()} onClick={onLeave} className={classes.all}>
        {text("shell.inbox_all")}
      </AppLink>
    </>
  );
}

function Item({ item, onOpen }: { item: Notice; onOpen: () => void }) {
  return (
    <AppLink
      href={safeLink(item.link)}
      onClick={onOpen}
      className={classes.item}
      data-unread={item.read_at === null || undefined}
    >
      <span className={classes.title}>
        {item.read_at === null ? <span className={classes.dot} title={text("shell.inbox_unread")} /> : null}
        <strong>{noticeWords(item.title, (day) => formatDay(day))}</strong>
      </span>
      {item.record ? <bdi className={classes.body}>{item.record.name}</bdi> : null}
      <span className={classes.body}>{noticeWords(item.body, (day) => formatDay(day))}</span>
      <span className="meta" title={formatInstant(item.created_at)}>
        {text(`shell.inbox_${item.class}`)} · {formatAgo(item.created_at, new Date())}
      </span>
    </AppLink>
  );
}
