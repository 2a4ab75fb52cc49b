import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useState } from "react";
import { targetsQuery } from "../../api/plan-queries";
import { advocatesQuery } from "../../api/queries";
import type { AdvocateRow, AdvocateStatus, Page as PageOf } from "../../api/types";
import { moveAdvocate } from "../../api/writes";
import { formatNumber } from "../../format/format";
import { canMoveAdvocates, canNominate, canReadPlan, useSession } from "../../parts/session";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";
import { useKeys } from "../../ui/use-keys";
import { useSearchChange } from "../../ui/use-search-change";
import { DeclineNominee } from "./DeclineNominee";
import classes from "./RecruitingPage.module.css";

type Stage = "nominated" | "vetting" | "invited" | "onboarding";

/** The stages of the board and where each leads; the server checks every move again. */
const NEXT: Record<Stage, AdvocateStatus> = {
  nominated: "vetting",
  vetting: "invited",
  invited: "onboarding",
  onboarding: "active",
};
const STAGES = Object.keys(NEXT) as Stage[];

interface Move {
  row: AdvocateRow;
  to: AdvocateStatus;
  reason?: string;
}

/** From a nomination to an advocate who can be asked, stage by stage; for those who move nominees. */
export function RecruitingPage() {
  if (canMoveAdvocates(useSession())) return <Board />;
  return (
    <Empty
      isPage
      icon={<IconLock />}
      title={text("problem.forbidden.title")}
      why={text("problem.forbidden.detail")}
    />
  );
}

function Board() {
  const session = useSession();
  const change = useSearchChange();
  const columns = {
    nominated: useInfiniteQuery(advocatesQuery({ status: "nominated" })),
    vetting: useInfiniteQuery(advocatesQuery({ status: "vetting" })),
    invited: useInfiniteQuery(advocatesQuery({ status: "invited" })),
    onboarding: useInfiniteQuery(advocatesQuery({ status: "onboarding" })),
  };
  const [chosen, setChosen] = useState<string | null>(null);
  const [declining, setDeclining] = useState<AdvocateRow | null>(null);
  const targets = useTargets();
  const moving = useMoving(() => setDeclining(null));
  const rowsOf = (stage: Stage) => columns[stage].data?.pages.flatMap((page) => page.items) ?? [];
  const cards = STAGES.flatMap((stage) => rowsOf(stage).map((row) => ({ row, stage })));
  const at = cards.findIndex(({ row }) => row.id === chosen);
  const step = (by: number) => {
    const next = cards[Math.min(cards.length - 1, Math.max(0, at + by))];
    if (!next) return;
    setChosen(next.row.id);
    document.getElementById(`card-${next.row.id}`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const on = (stage: Stage, row: AdvocateRow) => {
    if (!moving.isPending) moving.mutate({ row, to: NEXT[stage] });
  };
  const current = cards[at];
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    m: () => current && on(current.stage, current.row),
    d: (event) => {
      event.preventDefault();
      if (current) setDeclining(current.row);
    },
  });
  const nominate = canNominate(session) ? (
    <Button onClick={() => void change({ new: "nomination" })}>{text("advocates.nominate")}</Button>
  ) : undefined;
  return (
    <Page title={text("recruiting.title")} lead={text("recruiting.lead")} actions={nominate}>
      <p className={`meta ${classes.keys}`}>{text("recruiting.keys")}</p>
      <div className={classes.board}>
        {STAGES.map((stage) => (
          <Column
            key={stage}
            stage={stage}
            query={columns[stage]}
            chosen={chosen}
            targets={targets}
            moving={declining ? null : moving}
            onMove={(row) => on(stage, row)}
            onDecline={setDeclining}
          />
        ))}
      </div>
      {declining ? (
        <DeclineNominee
          name={declining.display_name}
          isSaving={moving.isPending}
          error={moving.variables?.row.id === declining.id ? moving.error : null}
          onDecline={(reason) => moving.mutate({ row: declining, to: "declined", reason })}
          onClose={() => setDeclining(null)}
        />
      ) : null}
    </Page>
  );
}

/** By nominee, the profile of the recruiting target that they were nominated for. */
function useTargets(): Map<string, string> {
  const session = useSession();
  const query = useQuery({ ...targetsQuery(), enabled: canReadPlan(session) });
  const targets = query.data?.targets ?? [];
  return new Map(
    targets.flatMap((target) =>
      target.nominees.map((one) => [one.advocate_id, target.labels.join(" × ")] as const),
    ),
  );
}

/** Moves a card; the lists are read again also after a refusal, since somebody else may have moved it. */
function useMoving(onMoved: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ row, to, reason }: Move) => moveAdvocate(row, { to, reason }),
    onSuccess: (_, { row, to }) => {
      notifyDone(text("recruiting.moved", { name: row.display_name, stage: text(`advocate_status.${to}`) }));
      onMoved();
    },
    onSettled: () =>
      Promise.all(
        ["advocates", "advocate", "timeline", "matches", "plan"].map((key) =>
          cache.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
}

interface ColumnProps {
  stage: Stage;
  query: UseInfiniteQueryResult<InfiniteData<PageOf<AdvocateRow>>>;
  chosen: string | null;
  targets: Map<string, string>;
  /** The move under way or the last one; absent while a dialog speaks for it. */
  moving: ReturnType<typeof useMoving> | null;
  onMove: (row: AdvocateRow) => void;
  onDecline: (row: AdvocateRow) => void;
}

function Column({ stage, query, chosen, targets, moving, onMove, onDecline }: ColumnProps) {
  const total = query.data?.pages[0]?.total;
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const moved = moving?.variables?.row.id;
  return (
    <section className={classes.column} aria-label={text(`advocate_status.${stage}`)}>
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
            <Card
              key={row.id}
              row={row}
              to={NEXT[stage]}
              target={targets.get(row.id)}
              isChosen={row.id === chosen}
              isMoving={moving?.isPending === true && moved === row.id}
              error={moved === row.id ? moving?.error : null}
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

interface CardProps {
  row: AdvocateRow;
  to: AdvocateStatus;
  target: string | undefined;
  isChosen: boolean;
  isMoving: boolean;
  error: unknown;
  onMove: () => void;
  onDecline: () => void;
}

function Card({ row, to, target, isChosen, isMoving, error, onMove, onDecline }: CardProps) {
  const stage = text(`advocate_status.${to}`);
  return (
    <li id={`card-${row.id}`} className={classes.card} aria-current={isChosen || undefined}>
      <AppLink href={paths.advocate(row.id)} className={classes.name}>
        <bdi>{row.display_name}</bdi>
      </AppLink>
      <p className="meta">{[row.title, row.account?.name].filter(Boolean).join(" · ")}</p>
      {target ? <p className="meta">{text("recruiting.for_target", { target })}</p> : null}
      <div className={classes.actions}>
        <Button
          size="xs"
          variant="default"
          loading={isMoving}
          aria-label={text("recruiting.move_one", { name: row.display_name, stage })}
          onClick={onMove}
        >
          {text("recruiting.move", { stage })}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          aria-label={text("recruiting.decline_one", { name: row.display_name })}
          onClick={onDecline}
        >
          {text("recruiting.decline")}
        </Button>
      </div>
      <FormProblem error={error} />
    </li>
  );
}
