import { Button } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import type { Notice } from "../../api/types";
import { formatAgo, formatDay, formatInstant } from "../../format/format";
import { QueueList } from "../../parts/QueueList";
import { useQueue } from "../../parts/use-queue";
import { safeLink } from "../../paths/safe-link";
import { noticeWords } from "../../text/notices";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { useKeys } from "../../ui/use-keys";
import classes from "./InboxPage.module.css";
import { MuteChoice } from "./MuteChoice";
import { SnoozeChoice } from "./SnoozeChoice";
import { type Act, useActs, useOpened } from "./use-acts";

/** The one act that a row's state leaves open on a key. */
const doneOf = (row: Notice): Act => ({ kind: row.read_at === null ? "done" : "reopen", row });
const muteKindOf = (row: Notice): Act | null =>
  row.update_kind ? { kind: "mute_kind", row, update: row.update_kind } : null;
const muteOf = (row: Notice): Act => ({ kind: row.is_muted ? "unmute" : "mute", row });
/** An ask waits for an answer and a mention is somebody speaking: only updates can be muted. */
const isMutable = (row: Notice) => row.class === "update";

/** Entries of the inbox, worked off by keyboard. */
export function Entries({ rows }: { rows: Notice[] }) {
  const router = useRouter();
  const { chosen, choose, list, moves } = useQueue(rows.length);
  const [snoozing, setSnoozing] = useState<string | null>(null);
  const acts = useActs();
  const opened = useOpened();
  const run = (act: Act) => {
    setSnoozing(null);
    if (!acts.isPending) acts.mutate(act);
  };
  const open = (row: Notice) => (row.read_at === null ? opened.mutate(row.id) : undefined);
  const onChosen = (act: (row: Notice) => void) => {
    const row = rows[chosen];
    if (row) act(row);
  };
  useKeys({
    ...moves,
    Enter: () =>
      onChosen((row) => {
        open(row);
        void router.navigate({ href: safeLink(row.link) });
      }),
    e: () => onChosen((row) => run(doneOf(row))),
    m: (event) =>
      onChosen((row) => {
        const act = event.shiftKey ? muteKindOf(row) : muteOf(row);
        if (isMutable(row) && act) run(act);
      }),
    s: (event) => {
      // The letter must not land in the field that opens.
      event.preventDefault();
      onChosen((row) => (row.snoozed_until ? run({ kind: "wake", row }) : setSnoozing(row.id)));
    },
  });
  return (
    <QueueList
      label={text("shell.inbox")}
      keys={text("inbox.keys")}
      rows={rows}
      keyOf={(row) => row.id}
      rowClass={classes.row}
      queue={{ chosen, list }}
    >
      {(row, index) => (
        <div className={classes.grid} data-unread={row.read_at === null || undefined}>
          <Words row={row} onOpen={() => open(row)} />
          <Acts
            row={row}
            isSaving={acts.isPending && acts.variables.row.id === row.id}
            isSnoozing={snoozing === row.id}
            onSnooze={(isOpen) => {
              choose(index);
              setSnoozing(isOpen ? row.id : null);
            }}
            onAct={run}
          />
        </div>
      )}
    </QueueList>
  );
}

function Words({ row, onOpen }: { row: Notice; onOpen: () => void }) {
  const facts = [
    text(`shell.inbox_${row.class}`),
    row.snoozed_until
      ? text("inbox.back_at", { when: formatInstant(row.snoozed_until) })
      : formatAgo(row.created_at, new Date()),
    row.is_muted ? text("inbox.is_muted") : null,
  ];
  return (
    <>
      <div className={classes.words}>
        <span className={classes.head}>
          <AppLink href={safeLink(row.link)} onClick={onOpen} className={classes.title}>
            {noticeWords(row.title, (day) => formatDay(day))}
          </AppLink>
          {row.record ? <bdi className={classes.record}>{row.record.name}</bdi> : null}
        </span>
        <span className={classes.body}>{noticeWords(row.body, (day) => formatDay(day))}</span>
      </div>
      <span className={`meta ${classes.facts}`} title={formatInstant(row.created_at)}>
        {facts.filter(Boolean).join(" · ")}
      </span>
    </>
  );
}

interface ActsProps {
  row: Notice;
  isSaving: boolean;
  isSnoozing: boolean;
  onSnooze: (isOpen: boolean) => void;
  onAct: (act: Act) => void;
}

function Acts({ row, isSaving, isSnoozing, onSnooze, onAct }: ActsProps) {
  return (
    <div className={classes.acts}>
      <Button size="xs" variant="default" disabled={isSaving} onClick={() => onAct(doneOf(row))}>
        {text(row.read_at === null ? "inbox.done" : "inbox.reopen")}
      </Button>
      {row.snoozed_until ? (
        <Button size="xs" variant="default" disabled={isSaving} onClick={() => onAct({ kind: "wake", row })}>
          {text("inbox.wake")}
        </Button>
      ) : (
        <SnoozeChoice
          opened={isSnoozing}
          onOpen={onSnooze}
          onPick={(until) => onAct({ kind: "snooze", row, until })}
          isSaving={isSaving}
        />
      )}
      {isMutable(row) ? (
        <MuteChoice
          row={row}
          isSaving={isSaving}
          onRecord={() => onAct(muteOf(row))}
          onKind={(update) => onAct({ kind: "mute_kind", row, update })}
        />
      ) : null}
    </div>
  );
}
