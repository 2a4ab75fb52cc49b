import { Button } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import type { StewardRow } from "../../api/types";
import { formatDay } from "../../format/format";
import { QueueList } from "../../parts/QueueList";
import { canVerify, useSession } from "../../parts/session";
import { useQueue } from "../../parts/use-queue";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { AppLink } from "../../ui/AppLink";
import { useKeys } from "../../ui/use-keys";
import { Departure } from "./Departure";
import { PutOffChoice } from "./PutOffChoice";
import classes from "./StewardPage.module.css";
import { type Act, askRefusal, useActs } from "./use-acts";
import { putOffWords, why } from "./words";

const keyOf = (row: StewardRow) => `${row.reason}:${row.record_id}`;

/** The screen on which the record is looked at. */
function pathOf({ record_kind, record_id }: StewardRow): string {
  switch (record_kind) {
    case "content":
      return paths.contentPiece(record_id);
    case "account":
      return paths.account(record_id);
    default:
      return paths.advocate(record_id);
  }
}

export function Queue({ rows }: { rows: StewardRow[] }) {
  const router = useRouter();
  const session = useSession();
  const { chosen, choose, list, moves } = useQueue(rows.length);
  const [puttingOff, setPuttingOff] = useState<string | null>(null);
  const acts = useActs();
  const run = (act: Act) => {
    setPuttingOff(null);
    if (!acts.isPending) acts.mutate(act);
  };
  const onChosen = (act: (row: StewardRow) => void) => {
    const row = rows[chosen];
    if (row) act(row);
  };
  useKeys({
    ...moves,
    Enter: () => onChosen((row) => void router.navigate({ href: pathOf(row) })),
    v: () =>
      onChosen((row) => (isConfirmable(row, canVerify(session)) ? run({ kind: "verify", row }) : null)),
    a: () => onChosen((row) => (askRefusal(row, session.user.id) ? null : run({ kind: "ask", row }))),
    s: (event) => {
      // The letter must not land in the day that opens.
      event.preventDefault();
      onChosen((row) => (row.put_off ? run({ kind: "take_back", row }) : setPuttingOff(keyOf(row))));
    },
  });
  return (
    <QueueList
      label={text("steward.title")}
      keys={text("steward.keys")}
      rows={rows}
      keyOf={keyOf}
      rowClass={classes.row}
      queue={{ chosen, list }}
    >
      {(row, index) => (
        <>
          <Waiting
            row={row}
            isSaving={acts.isPending && acts.variables.row === row}
            isPuttingOff={puttingOff === keyOf(row)}
            onPutOff={(isOpen) => {
              choose(index);
              setPuttingOff(isOpen ? keyOf(row) : null);
            }}
            onAct={run}
            onFinal={acts.mutateAsync}
          />
        </>
      )}
    </QueueList>
  );
}

function isConfirmable(row: StewardRow, may: boolean): boolean {
  return may && row.reason === "stale" && row.put_off === null;
}

interface WaitingProps {
  row: StewardRow;
  isSaving: boolean;
  isPuttingOff: boolean;
  onPutOff: (isOpen: boolean) => void;
  onAct: (act: Act) => void;
  /** Does what cannot be taken back; whoever asks before it waits for the end. */
  onFinal: (act: Act) => Promise<unknown>;
}

/** Who, why since when, and what to do now. */
function Waiting({ row, ...acts }: WaitingProps) {
  const { today, user } = useSession();
  const about = [
    row.record_kind === "account" ? null : row.account?.name,
    row.owner && row.owner.id !== user.id ? text("steward.owned_by", { name: row.owner.name }) : null,
  ];
  const foot =
    putOffWords(row, today) ??
    (row.since ? text("steward.since", { day: formatDay(row.since, today) }) : null);
  return (
    <div className={classes.grid}>
      <div className={classes.part}>
        <AppLink href={pathOf(row)} className={classes.name}>
          <bdi>{row.name}</bdi>
        </AppLink>
        <span className="meta">{about.filter(Boolean).join(" · ")}</span>
      </div>
      <div className={classes.part}>
        <span>
          <strong>{text(`steward.reason.${row.reason}`)}</strong> {why(row, today)}
        </span>
        {foot ? <span className="meta">{foot}</span> : null}
      </div>
      <Acts row={row} {...acts} />
    </div>
  );
}

function Acts({ row, isSaving, isPuttingOff, onPutOff, onAct, onFinal }: WaitingProps) {
  const session = useSession();
  if (row.put_off)
    return (
      <div className={classes.acts}>
        <Button
          size="xs"
          variant="default"
          loading={isSaving}
          onClick={() => onAct({ kind: "take_back", row })}
        >
          {text("steward.take_back")}
        </Button>
      </div>
    );
  const refusal = askRefusal(row, session.user.id);
  return (
    <div className={classes.acts}>
      {isConfirmable(row, canVerify(session)) ? (
        <Button size="xs" loading={isSaving} onClick={() => onAct({ kind: "verify", row })}>
          {text("steward.verify")}
        </Button>
      ) : null}
      {row.reason === "address_refused" && row.contact ? (
        <Address row={row} contact={row.contact} isSaving={isSaving} onAct={onAct} />
      ) : null}
      {row.reason === "departed" ? (
        <Departure row={row} isSaving={isSaving} onRetire={() => onFinal({ kind: "retire", row })} />
      ) : null}
      {row.reason === "owner_gone" || row.owner?.id === session.user.id ? null : (
        <Button
          size="xs"
          variant="default"
          disabled={refusal !== null || isSaving}
          title={refusal ?? undefined}
          onClick={() => onAct({ kind: "ask", row })}
        >
          {text("steward.ask")}
        </Button>
      )}
      <PutOffChoice
        opened={isPuttingOff}
        onOpen={onPutOff}
        onPick={(until) => onAct({ kind: "put_off", row, until })}
        isSaving={isSaving}
      />
    </div>
  );
}

interface AddressProps extends Pick<WaitingProps, "row" | "isSaving" | "onAct"> {
  contact: NonNullable<StewardRow["contact"]>;
}

/** The next steps where mail comes back: another address, or the word of somebody who knows better. */
function Address({ row, contact, isSaving, onAct }: AddressProps) {
  return (
    <>
      <Button size="xs" component={AppLink} href={paths.contact(contact.id)}>
        {text("steward.correct_address")}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={isSaving}
        onClick={() => onAct({ kind: "address_works", row, contact })}
      >
        {text("steward.address_works")}
      </Button>
    </>
  );
}
