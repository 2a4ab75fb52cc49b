import "../text/inbox";
import { Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { mutedKindsQuery, muteKind, unmuteKind } from "../api/inbox";
import type { UpdateKind } from "../api/types";
import { text } from "../text/text";
import { notifyUndo } from "../ui/notify";
import { Section } from "../ui/Section";
import { Failed, FormProblem, Loading } from "../ui/states";
import classes from "./UpdateKinds.module.css";

const KINDS: readonly UpdateKind[] = [
  "answer",
  "time",
  "follow_up",
  "match",
  "use",
  "hold",
  "thanks",
  "need",
  "bulk_change",
  "nomination",
];

/** Which kinds of update the reader gets at all. */
export function UpdateKinds() {
  const query = useQuery(mutedKindsQuery());
  return (
    <Section title={text("inbox.kinds.title")}>
      {query.isPending ? (
        <Loading rows={2} />
      ) : query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Choice muted={query.data.kinds} />
      )}
    </Section>
  );
}

interface Wish {
  kind: UpdateKind;
  isOn: boolean;
}

const save = ({ kind, isOn }: Wish) => (isOn ? unmuteKind(kind) : muteKind(kind));

function Choice({ muted }: { muted: UpdateKind[] }) {
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: mutedKindsQuery().queryKey });
  const saving = useMutation({
    mutationFn: save,
    onSuccess: (_, wish) =>
      notifyUndo(
        text(wish.isOn ? "inbox.kind_unmuted_said" : "inbox.kind_muted_said"),
        text(`inbox.kinds.${wish.kind}`),
        () => save({ ...wish, isOn: !wish.isOn }).then(refresh),
      ),
    onSettled: refresh,
  });
  return (
    <>
      <p className="meta">{text("inbox.kinds.why")}</p>
      <FormProblem error={saving.error} />
      <div className={classes.kinds}>
        {KINDS.map((kind) => (
          <Switch
            key={kind}
            label={text(`inbox.kinds.${kind}`)}
            checked={!muted.includes(kind)}
            disabled={saving.isPending}
            onChange={(event) => saving.mutate({ kind, isOn: event.currentTarget.checked })}
          />
        ))}
      </div>
    </>
  );
}
