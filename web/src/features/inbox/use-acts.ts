//! What is done about an entry of the inbox, each with its way back.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  markUnread,
  mute,
  mutedKindsQuery,
  muteKind,
  snooze,
  unmute,
  unmuteKind,
  wake,
} from "../../api/inbox";
import { sayProblem } from "../../api/problem";
import type { Notice, UpdateKind } from "../../api/types";
import { markRead } from "../../api/writes";
import { formatInstant } from "../../format/format";
import { text } from "../../text/text";
import { notifyFailed, notifyUndo } from "../../ui/notify";

export type Act =
  | { kind: "done" | "reopen" | "wake" | "mute" | "unmute"; row: Notice }
  | { kind: "mute_kind"; row: Notice; update: UpdateKind }
  | { kind: "snooze"; row: Notice; until: string };

/** Does it; says what was done and how it is taken back. */
async function perform(act: Act): Promise<{ said: string; undo: () => Promise<void> }> {
  const { id, read_at, snoozed_until } = act.row;
  // Putting an entry off lets it wait again, also when that is taken back.
  const readAgain = async () => {
    if (read_at !== null) await markRead(id);
  };
  switch (act.kind) {
    case "done":
      await markRead(id);
      return { said: text("inbox.done_said"), undo: () => markUnread(id) };
    case "reopen":
      await markUnread(id);
      return { said: text("inbox.reopen_said"), undo: () => markRead(id) };
    case "snooze":
      await snooze(id, act.until);
      return {
        said: text("inbox.snooze_said", { when: formatInstant(act.until) }),
        undo: () => wake(id).then(readAgain),
      };
    case "wake":
      await wake(id);
      return { said: text("inbox.wake_said"), undo: () => snooze(id, snoozed_until ?? "") };
    case "mute":
      await mute(id);
      return { said: text("inbox.mute_said"), undo: () => unmute(id) };
    case "mute_kind":
      await muteKind(act.update);
      return { said: text("inbox.kind_muted_said"), undo: () => unmuteKind(act.update) };
    case "unmute":
      await unmute(id);
      return { said: text("inbox.unmute_said"), undo: () => mute(id) };
  }
}

/** An entry that is opened is read, without a word about it. */
export function useOpened() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: markRead,
    onSuccess: () => cache.invalidateQueries({ queryKey: ["inbox"] }),
  });
}

export function useActs() {
  const cache = useQueryClient();
  const refresh = async () => {
    await cache.invalidateQueries({ queryKey: mutedKindsQuery().queryKey });
    await cache.invalidateQueries({ queryKey: ["inbox"] });
  };
  return useMutation({
    mutationFn: perform,
    onSuccess: ({ said, undo }, act) =>
      notifyUndo(
        said,
        act.kind === "mute_kind" ? text(`inbox.kinds.${act.update}`) : act.row.title,
        async () => {
          await undo();
          await refresh();
        },
      ),
    onSettled: refresh,
    onError: (error) => {
      const said = sayProblem(error);
      notifyFailed(said.title, said.detail);
    },
  });
}
