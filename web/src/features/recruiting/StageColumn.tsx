import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { AdvocateRow, Page as PageOf } from "../../api/types";
import { formatNumber } from "../../format/format";
import { text } from "../../text/text";
import { Failed, Loading } from "../../ui/states";
import { NomineeCard } from "./NomineeCard";
import type { useMoving } from "./RecruitingPage";
import classes from "./RecruitingPage.module.css";
import { type Drop, dropProps, NEXT, type Stage } from "./stages";

interface Props {
  stage: Stage;
  /** Whether a phone, which has room for one column, shows this one. */
  isSeen: boolean;
  query: UseInfiniteQueryResult<InfiniteData<PageOf<AdvocateRow>>>;
  chosen: string | null;
  targets: Map<string, string>;
  /** By nominee who would be asked less than once in half a year, how often. */
  seldom: Map<string, number>;
  /** The move under way or the last one; absent while a dialog speaks for it. */
  moving: ReturnType<typeof useMoving> | null;
  drop: Drop;
  /** The card that the pointer took, `null` once it is let go. */
  onDrag: (row: AdvocateRow | null) => void;
  onMove: (row: AdvocateRow) => void;
  onDecline: (row: AdvocateRow) => void;
}

/** One stage of the board with who stands in it. */
export function StageColumn({
  stage,
  isSeen,
  query,
  chosen,
  targets,
  seldom,
  moving,
  drop,
  onDrag,
  onMove,
  onDecline,
}: Props) {
  const total = query.data?.pages[0]?.total;
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const moved = moving?.variables?.row.id;
  return (
    <section
      className={classes.column}
      data-seen={isSeen || undefined}
      aria-label={text(`advocate_status.${stage}`)}
      {...dropProps(drop)}
    >
      <h2 className={classes.head}>
        {text(`advocate_status.${stage}`)}
        <span className="meta numbers">{total === undefined ? "" : formatNumber(total)}</span>
      </h2>
      {query.isPending ? (
        <Loading rows={3} height={64} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : total === 0 ? (
        <p className="soft">{text("recruiting.empty")}</p>
      ) : (
        <ul className={classes.cards}>
          {rows.map((row) => (
            <NomineeCard
              key={row.id}
              row={row}
              to={NEXT[stage]}
              target={targets.get(row.id)}
              seldom={seldom.get(row.id)}
              isChosen={row.id === chosen}
              isMoving={moving?.isPending === true && moved === row.id}
              error={moved === row.id ? moving?.error : null}
              onDrag={onDrag}
              onMove={() => onMove(row)}
              onDecline={() => onDecline(row)}
            />
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <Button
          size="xs"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {text("list.more")}
        </Button>
      ) : null}
    </section>
  );
}
