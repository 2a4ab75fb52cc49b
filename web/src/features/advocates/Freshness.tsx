import { Button } from "@mantine/core";
import { IconClockExclamation } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isCode, sayProblem } from "../../api/problem";
import { advocateQuery } from "../../api/queries";
import type { Advocate } from "../../api/types";
import { changeAdvocate, verifyPart } from "../../api/writes";
import { formatDay, formatDistance } from "../../format/format";
import { useSession } from "../../parts/session";
import { text } from "../../text/text";
import { Mark } from "../../ui/Mark";
import { notifyFailed, notifyUndo } from "../../ui/notify";
import classes from "./AdvocatePage.module.css";

type Part = Advocate["freshness"][number]["part"];

/** When somebody last confirmed a part of the profile, and one press to confirm it today. */
export function Freshness({ advocate, part }: { advocate: Advocate; part: Part }) {
  const { today } = useSession();
  const cache = useQueryClient();
  const { queryKey } = advocateQuery(advocate.id);
  const name = text(`advocates.part.${part}`);
  const known = advocate.freshness.find((one) => one.part === part);
  const on = known?.verified_on ?? null;
  const keep = (saved: Advocate) => {
    cache.setQueryData(queryKey, saved);
    void cache.invalidateQueries({ queryKey: ["timeline", "advocates", advocate.id] });
  };
  const saving = useMutation({
    mutationFn: () => verifyPart(advocate, part),
    onSuccess: (saved) => {
      keep(saved);
      notifyUndo(text("advocates.part_verified", { part: name }), "", async () => {
        const before = [{ part, verified_on: on }];
        keep(await changeAdvocate(saved, { verified_parts: before, verified_on: advocate.verified_on }));
      });
    },
    onError: (error) => {
      if (isCode(error, "stale_version")) void cache.invalidateQueries({ queryKey });
      const said = sayProblem(error);
      notifyFailed(said.title, said.detail);
    },
  });
  const words = on
    ? text("advocates.confirmed", { when: formatDistance(on, today) })
    : text("advocates.never_confirmed");
  return (
    <span className={classes.fresh}>
      {known?.is_stale ? (
        <Mark tone="resting" icon={<IconClockExclamation />} title={on ? formatDay(on) : undefined}>
          {words}
        </Mark>
      ) : (
        <span className="meta" title={on ? formatDay(on) : undefined}>
          {words}
        </span>
      )}
      {advocate.can_edit && on !== today ? (
        <Button
          size="compact-xs"
          variant="default"
          loading={saving.isPending}
          aria-label={text("advocates.part_still_true", { part: name })}
          onClick={() => saving.mutate()}
        >
          {text("advocates.verify")}
        </Button>
      ) : null}
    </span>
  );
}
