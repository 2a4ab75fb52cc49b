//! What is done about a row of the steward queue, each with its way back where there is one.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { sayProblem } from "../../api/problem";
import { askOwnerToLook, putOff, takeBackPutOff } from "../../api/steward-queries";
import type { StewardRow } from "../../api/types";
import {
  changeAdvocate,
  changeContact,
  moveAdvocate,
  undoAdvocateMove,
  verifyAdvocate,
} from "../../api/writes";
import { addDays, formatDay } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { notifyDone, notifyFailed, notifyUndo } from "../../ui/notify";

/** So long an owner who was asked has to look; the server counts the same. */
const OWNER_DAYS = 14;

export type Act =
  | { kind: "verify"; row: StewardRow }
  | { kind: "address_works"; row: StewardRow; contact: NonNullable<StewardRow["contact"]> }
  | { kind: "retire"; row: StewardRow }
  | { kind: "ask"; row: StewardRow }
  | { kind: "put_off"; row: StewardRow; until: string }
  | { kind: "take_back"; row: StewardRow };

/** Why the owner cannot be asked; nothing when they can. */
export function askRefusal(row: StewardRow, user: string): string | null {
  if (!row.owner) return text("steward.ask_nobody");
  return row.owner.id === user ? text("steward.ask_self") : null;
}

export function useActs() {
  const cache = useQueryClient();
  const { today } = useSession();
  const refresh = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: ["steward"] }),
      cache.invalidateQueries({ queryKey: ["advocate"] }),
    ]);
  const back = (undo: () => Promise<unknown>) => async () => {
    await undo();
    await refresh();
  };
  const run = async (act: Act) => {
    const { row } = act;
    switch (act.kind) {
      case "verify": {
        const saved = await verifyAdvocate({ id: row.record_id, version: row.version });
        const undo = back(() => changeAdvocate(saved, { verified_on: row.on }));
        notifyUndo(text("steward.verified"), row.name, undo);
        return;
      }
      case "address_works": {
        const saved = await changeContact(act.contact, { email_refused: false });
        const undo = back(() => changeContact(saved, { email_refused: true }));
        notifyUndo(text("steward.address_kept"), row.name, undo);
        return;
      }
      case "retire": {
        const reason = text("steward.retire_reason");
        const at = { id: row.record_id, version: row.version };
        const saved = await moveAdvocate(at, { to: "retired", reason });
        const undo = back(() => undoAdvocateMove(saved));
        notifyUndo(text("steward.retired"), row.name, undo);
        return;
      }
      case "ask": {
        await askOwnerToLook(row);
        const day = formatDay(addDays(today, OWNER_DAYS), today);
        notifyDone(text("steward.asked"), text("steward.asked_detail", { name: row.owner?.name ?? "", day }));
        return;
      }
      case "put_off": {
        await putOff(row, act.until);
        const done = text("steward.put_off_done", { day: formatDay(act.until, today) });
        notifyUndo(
          done,
          row.name,
          back(() => takeBackPutOff(row)),
        );
        return;
      }
      case "take_back": {
        await takeBackPutOff(row);
        notifyDone(text("steward.taken_back"), row.name);
      }
    }
  };
  return useMutation({
    mutationFn: run,
    onSettled: refresh,
    onError: (error) => {
      const said = sayProblem(error);
      notifyFailed(said.title, said.detail);
    },
  });
}
