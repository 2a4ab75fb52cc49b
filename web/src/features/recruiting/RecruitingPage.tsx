import { Button, SegmentedControl } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { exportList } from "../../api/exports";
import { nomineeDemandQuery, targetsQuery } from "../../api/plan-queries";
import { advocatesQuery } from "../../api/queries";
import type { AdvocateRow, AdvocateStatus } from "../../api/types";
import { moveAdvocate, undoAdvocateMove } from "../../api/writes";
import { useActionsHere } from "../../parts/actions-here";
import { ExportMenu } from "../../parts/list/ExportMenu";
import { ask, withQuick } from "../../parts/list/filter";
import {
  canExport,
  canMoveAdvocates,
  canNominate,
  canReadDemand,
  canReadPlan,
  useSession,
} from "../../parts/session";
import { text } from "../../text/text";
import { notifyUndo } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Empty } from "../../ui/states";
import { useKeys } from "../../ui/use-keys";
import { useSearchChange } from "../../ui/use-search-change";
import { Activated } from "./Activated";
import { DeclineNominee } from "./DeclineNominee";
import classes from "./RecruitingPage.module.css";
import { StageColumn } from "./StageColumn";
import { type Drop, NEXT, STAGES, type Stage } from "./stages";

/** The advocates list as the board has it. */
const ON_BOARD = withQuick([ask.anyOf("status", ...STAGES)], undefined);

/** The columns of the board, of which a phone shows one at a time. */
const PLACES = [...STAGES, "active"] as const;

interface Dragged {
  row: AdvocateRow;
  to: AdvocateStatus;
}

interface Move extends Dragged {
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
  const [seen, setSeen] = useState<(typeof PLACES)[number]>("nominated");
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [opened, setOpened] = useState<AdvocateRow | null>(null);
  const targets = useTargets();
  const seldom = useSeldom();
  const moving = useMoving(() => setOpened(null));
  const totals = STAGES.map((stage) => columns[stage].data?.pages.at(-1)?.total);
  const total = totals.reduce<number | undefined>(
    (sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
    0,
  );
  const rowsOf = (stage: Stage) => columns[stage].data?.pages.flatMap((page) => page.items) ?? [];
  const cards = STAGES.flatMap((stage) => rowsOf(stage).map((row) => ({ row, stage })));
  // As the list has it now, so that a second press meets what somebody else changed meanwhile.
  const declining = cards.find(({ row }) => row.id === opened?.id)?.row ?? opened;
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
  const dropOn = (stage: AdvocateStatus): Drop => ({
    isOpen: dragged?.to === stage,
    onDrop: () => dragged && !moving.isPending && moving.mutate(dragged),
  });
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    m: () => current && on(current.stage, current.row),
    d: (event) => {
      event.preventDefault();
      if (current) setOpened(current.row);
    },
  });
  useActionsHere(
    current
      ? [
          {
            label: text("recruiting.move_one", {
              name: current.row.display_name,
              step: text(`recruiting.step.${NEXT[current.stage]}`),
            }),
            run: () => on(current.stage, current.row),
          },
          {
            label: text("recruiting.decline_one", { name: current.row.display_name }),
            run: () => setOpened(current.row),
          },
        ]
      : [],
  );
  const nominate = canNominate(session) ? (
    <Button onClick={() => void change({ new: "nomination" })}>{text("advocates.nominate")}</Button>
  ) : undefined;
  return (
    <Page
      title={text("recruiting.title")}
      lead={text("recruiting.lead")}
      actions={nominate}
      more={
        canExport(session) ? (
          <ExportMenu
            name="recruiting"
            take={(format) => exportList("advocates", { filter: ON_BOARD }, format)}
            total={total}
          />
        ) : undefined
      }
    >
      <p className={`meta ${classes.keys}`}>{text("recruiting.keys")}</p>
      <SegmentedControl
        className={classes.stages}
        aria-label={text("recruiting.stage")}
        value={seen}
        onChange={(next) => setSeen(PLACES.find((one) => one === next) ?? "nominated")}
        data={PLACES.map((one) => ({ value: one, label: text(`advocate_status.${one}`) }))}
      />
      <div className={classes.board}>
        {STAGES.map((stage) => (
          <StageColumn
            key={stage}
            stage={stage}
            isSeen={stage === seen}
            query={columns[stage]}
            chosen={chosen}
            targets={targets}
            seldom={seldom}
            moving={declining ? null : moving}
            drop={dropOn(stage)}
            onDrag={(row) => setDragged(row && { row, to: NEXT[stage] })}
            onMove={(row) => on(stage, row)}
            onDecline={setOpened}
          />
        ))}
        <Activated isSeen={seen === "active"} drop={dropOn("active")} />
      </div>
      {declining ? (
        <DeclineNominee
          name={declining.display_name}
          isSaving={moving.isPending}
          error={moving.variables?.row.id === declining.id ? moving.error : null}
          onDecline={(reason) => moving.mutate({ row: declining, to: "declined", reason })}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </Page>
  );
}

/** By nominee, the asks that the profile would get in half a year, where they are less than one. */
function useSeldom(): Map<string, number> {
  const session = useSession();
  const query = useQuery({ ...nomineeDemandQuery(), enabled: canReadDemand(session) });
  return new Map(query.data?.seldom.map((one) => [one.advocate_id, one.asks]));
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
export function useMoving(onMoved: () => void) {
  const cache = useQueryClient();
  const readAgain = () =>
    Promise.all(
      ["advocates", "advocate", "timeline", "matches", "plan"].map((key) =>
        cache.invalidateQueries({ queryKey: [key] }),
      ),
    );
  return useMutation({
    mutationFn: ({ row, to, reason }: Move) => moveAdvocate(row, { to, reason }),
    onSuccess: (saved, { row, to }) => {
      const moved = { name: row.display_name, stage: text(`advocate_status.${to}`) };
      notifyUndo(text("recruiting.moved", moved), "", async () => {
        await undoAdvocateMove(saved);
        await readAgain();
      });
      onMoved();
    },
    onSettled: readAgain,
  });
}
