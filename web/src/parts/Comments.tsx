import "../text/comments";
import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type Commented, commentsQuery, putBackComment, removeComment } from "../api/comments";
import type { Comment } from "../api/types";
import { formatAgo, formatInstant } from "../format/format";
import { text } from "../text/text";
import { notifyUndo } from "../ui/notify";
import { PagedList } from "../ui/PagedList";
import { Section } from "../ui/Section";
import { FormProblem } from "../ui/states";
import classes from "./Comments.module.css";
import { CommentWriter } from "./CommentWriter";
import { useSession } from "./session";

/** What a link to the comments of a record ends with. */
const PLACE = "comments";

interface Props {
  kind: Commented;
  id: string;
}

/** What colleagues write to each other on a record, newest first. */
export function Comments({ kind, id }: Props) {
  const cache = useQueryClient();
  const { viewing } = useSession();
  const { queryKey, ...options } = commentsQuery(kind, id);
  const query = useInfiniteQuery({ queryKey, ...options });
  const changed = () => cache.invalidateQueries({ queryKey });
  const now = new Date();
  const place = useRef<HTMLDivElement>(null);
  const isRead = !query.isPending;
  // Whoever was mentioned comes for what was written here.
  useEffect(() => {
    if (isRead && window.location.hash === `#${PLACE}`) place.current?.scrollIntoView({ block: "start" });
  }, [isRead]);
  return (
    <div id={PLACE} ref={place} className={classes.place}>
      <Section title={text("comments.title")}>
        {viewing ? null : <CommentWriter kind={kind} id={id} onChanged={changed} />}
        <PagedList
          query={query}
          skeletonRows={2}
          isExcerpt={!query.hasNextPage}
          empty={<p className="meta">{text("comments.none")}</p>}
        >
          {(rows) => (
            <ol className={classes.list}>
              {rows.map((comment) => (
                <Entry key={comment.id} comment={comment} now={now} onChanged={changed} />
              ))}
            </ol>
          )}
        </PagedList>
      </Section>
    </div>
  );
}

interface EntryProps {
  comment: Comment;
  now: Date;
  onChanged: () => Promise<unknown>;
}

function Entry({ comment, now, onChanged }: EntryProps) {
  const who = comment.author?.name ?? text("state.none");
  const removing = useMutation({
    mutationFn: () => removeComment(comment),
    onSuccess: () => {
      notifyUndo(text("comments.removed"), "", () => putBackComment(comment).then(onChanged));
      return onChanged();
    },
  });
  return (
    <li className={classes.comment}>
      <div className={classes.head}>
        <bdi className={classes.author}>{who}</bdi>
        <span className="meta" title={formatInstant(comment.written_at)}>
          {formatAgo(comment.written_at, now)}
        </span>
        {comment.can_remove ? (
          <Button
            size="compact-xs"
            variant="subtle"
            className={classes.remove}
            loading={removing.isPending}
            aria-label={text("comments.remove_this", { who })}
            onClick={() => removing.mutate()}
          >
            {text("comments.remove")}
          </Button>
        ) : null}
      </div>
      <p dir="auto" className={classes.body}>
        {comment.body}
      </p>
      <FormProblem error={removing.error} onRetry={() => removing.mutate()} />
    </li>
  );
}
