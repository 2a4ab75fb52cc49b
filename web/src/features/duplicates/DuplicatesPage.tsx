import "../../text/duplicates";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { duplicatesQuery, lookForDuplicates, reinstatePair, tellApart } from "../../api/duplicate-queries";
import { exportDuplicates } from "../../api/exports";
import type { Duplicate, DuplicateKind, DuplicateSide } from "../../api/types";
import { formatNumber, formatPercent } from "../../format/format";
import { ExportMenu } from "../../parts/list/ExportMenu";
import { QueueList } from "../../parts/QueueList";
import { canExport, useSession } from "../../parts/session";
import { TabLinks } from "../../parts/TabLinks";
import { useQueue } from "../../parts/use-queue";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { notifyDone, notifyUndo } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Empty, Failed, FormProblem, Loading } from "../../ui/states";
import { useKeys } from "../../ui/use-keys";
import { Compare } from "./Compare";
import classes from "./DuplicatesPage.module.css";
import { Merges } from "./Merges";

/** Records that are probably the same one, worked through by keyboard. */
export function DuplicatesPage() {
  const [isFresh, setFresh] = useState(false);
  const { kind = "account" } = useSearch({ from: "/signed-in/duplicates" });
  const session = useSession();
  const query = useQuery(duplicatesQuery(kind));
  const tabs = [
    { href: paths.duplicates(), label: text("duplicates.accounts"), isCurrent: kind === "account" },
    {
      href: paths.duplicates("contact"),
      label: text("duplicates.contacts"),
      isCurrent: kind === "contact",
    },
  ];
  return (
    <Page
      title={text("duplicates.title")}
      lead={text("duplicates.lead")}
      actions={<LookAgain onLooked={() => setFresh(true)} />}
      more={
        canExport(session) ? (
          <ExportMenu
            name={`duplicates-${kind}`}
            take={(format) => exportDuplicates(kind, format)}
            total={query.data?.total}
          />
        ) : undefined
      }
    >
      <TabLinks label={text("duplicates.kinds")} tabs={tabs} />
      <Waiting key={kind} kind={kind} isFresh={isFresh} onSeen={() => setFresh(false)} />
      <Merges />
    </Page>
  );
}

function LookAgain({ onLooked }: { onLooked: () => void }) {
  const cache = useQueryClient();
  const looking = useMutation({
    mutationFn: lookForDuplicates,
    onSuccess: async ({ accounts, contacts }) => {
      const words = { accounts: formatNumber(accounts), contacts: formatNumber(contacts) };
      notifyDone(text("duplicates.looked"), text("duplicates.found", words));
      await cache.invalidateQueries({ queryKey: ["duplicates"] });
      onLooked();
    },
  });
  return (
    <>
      <Button variant="default" loading={looking.isPending} onClick={() => looking.mutate()}>
        {text("duplicates.look")}
      </Button>
      <FormProblem error={looking.error} />
    </>
  );
}

interface WaitingProps {
  kind: DuplicateKind;
  /** Somebody just had the program look: what it found is worked on next. */
  isFresh: boolean;
  onSeen: () => void;
}

function Waiting({ kind, ...fresh }: WaitingProps) {
  const query = useQuery(duplicatesQuery(kind));
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { items, total } = query.data;
  if (items.length === 0)
    return <Empty title={text("duplicates.empty_title")} why={text("duplicates.empty_why")} />;
  return (
    <>
      <Queue kind={kind} pairs={items} {...fresh} />
      {total > items.length ? (
        <p className="meta">{text("duplicates.more", { count: total - items.length })}</p>
      ) : null}
    </>
  );
}

const keyOf = (pair: Duplicate) => `${pair.one.id}:${pair.other.id}`;

function Queue({ kind, pairs, isFresh, onSeen }: WaitingProps & { pairs: Duplicate[] }) {
  const cache = useQueryClient();
  const { chosen, list, moves } = useQueue(pairs.length);
  // The button that looked would take the Enter that is meant for the chosen pair.
  useEffect(() => {
    if (!isFresh) return;
    list.current?.focus({ preventScroll: true });
    onSeen();
  }, [isFresh, onSeen, list]);
  const [compared, setCompared] = useState<string | null>(null);
  const apart = useMutation({
    mutationFn: (pair: Duplicate) => tellApart(kind, pair.one.id, pair.other.id),
    onSuccess: (_, { one, other }) => {
      const refresh = () => cache.invalidateQueries({ queryKey: ["duplicates"] });
      notifyUndo(text("duplicates.apart_done"), one.name, async () => {
        await reinstatePair(kind, one.id, other.id);
        await refresh();
      });
      void refresh();
    },
  });
  const onChosen = (act: (pair: Duplicate) => void) => {
    const pair = pairs[chosen];
    if (pair && !apart.isPending) act(pair);
  };
  useKeys({
    ...moves,
    Enter: () => onChosen((pair) => setCompared(keyOf(pair))),
    x: () => onChosen((pair) => apart.mutate(pair)),
    Escape: () => setCompared(null),
  });
  return (
    <QueueList
      label={text("duplicates.title")}
      keys={text("duplicates.keys")}
      rows={pairs}
      keyOf={keyOf}
      rowClass={classes.row}
      queue={{ chosen, list }}
    >
      {(pair) => (
        <>
          <div className={classes.pair}>
            <Side side={pair.one} />
            <Side side={pair.other} />
            <Reasons pair={pair} />
            <div className={classes.acts}>
              <Button size="xs" onClick={() => setCompared(keyOf(pair))}>
                {text("duplicates.compare")}
              </Button>
              <Button size="xs" variant="default" onClick={() => apart.mutate(pair)}>
                {text("duplicates.apart")}
              </Button>
            </div>
          </div>
          {apart.variables === pair ? <FormProblem error={apart.error} /> : null}
          {compared === keyOf(pair) ? <Compare pair={pair} onDone={() => setCompared(null)} /> : null}
        </>
      )}
    </QueueList>
  );
}

function Side({ side }: { side: DuplicateSide }) {
  const about = [...(side.account ? [side.account] : []), ...side.about];
  return (
    <div className={classes.side}>
      <bdi className={classes.name}>{side.name}</bdi>
      <span className="meta">{about.join(" · ")}</span>
    </div>
  );
}

function Reasons({ pair }: { pair: Duplicate }) {
  const reasons = pair.reasons.map((reason) => text(`duplicates.reason.${reason}`));
  return (
    <div className={classes.side}>
      <span className="numbers">{text("duplicates.likely", { percent: formatPercent(pair.score) })}</span>
      <span className="meta">{reasons.join(", ")}</span>
    </div>
  );
}
