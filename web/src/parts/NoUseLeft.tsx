//! The refusal that protects a customer, with the ways on as single clicks.

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Problem } from "../api/types";
import { formatDay } from "../format/format";
import { text } from "../text/text";
import { Notice } from "../ui/states";
import classes from "./RequestSheet.module.css";

/** The shortest reason for going past a rule, as on the server. */
export const OVERRIDE_REASON_MIN = 5;

interface Props {
  problem: Problem;
  onSwap: (advocate: string) => void;
  /** Absent where the day is not this person's to move. */
  onMove?: (day: string) => void;
  /** Asks in spite of the program's own rules; offered where the server says it is possible. */
  onOverride?: (reason: string) => void;
}

export function NoUseLeft({ problem, onSwap, onMove, onOverride }: Props) {
  const { next_free: nextFree } = problem;
  return (
    <Notice tone="ask" title={text("problem.no_use_left.title")}>
      <p>{problem.detail}</p>
      <p>
        {nextFree
          ? text("problem.no_use_left.detail", { day: formatDay(nextFree) })
          : text("problem.no_use_left.never")}
      </p>
      <div className={classes.ways}>
        {(problem.alternatives ?? []).map((one) => (
          <Button key={one.advocate_id} size="xs" variant="default" onClick={() => onSwap(one.advocate_id)}>
            {text("requests.swap", { name: `${one.title}, ${one.account_name}` })}
          </Button>
        ))}
        {nextFree && onMove ? (
          <Button size="xs" variant="default" onClick={() => onMove(nextFree)}>
            {text("requests.use_day", { day: formatDay(nextFree) })}
          </Button>
        ) : null}
      </div>
      {onOverride && problem.may_override ? <Override onOverride={onOverride} /> : null}
    </Notice>
  );
}

function Override({ onOverride }: { onOverride: (reason: string) => void }) {
  const [reason, setReason] = useState("");
  const isLongEnough = reason.trim().length >= OVERRIDE_REASON_MIN;
  return (
    <form
      noValidate
      className={classes.override}
      onSubmit={(event) => {
        event.preventDefault();
        if (isLongEnough) onOverride(reason.trim());
      }}
    >
      <TextInput
        size="xs"
        maxLength={1000}
        label={text("requests.override")}
        description={text("requests.override_why")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={!isLongEnough}>
        {text("requests.override_send")}
      </Button>
    </form>
  );
}
