//! A deal that may not ask yet: which gate is closed, what can be sent instead, and the way past it.

import { TextInput } from "@mantine/core";
import { paths } from "../paths/paths";
import { text } from "../text/text";
import { AppLink } from "../ui/AppLink";
import { Notice } from "../ui/states";
import { OVERRIDE_REASON_MIN } from "./NoUseLeft";

interface Props {
  gates: string[];
  mayOverride: boolean;
  reason: string;
  onReason: (reason: string) => void;
}

export function GateClosed({ gates, mayOverride, reason, onReason }: Props) {
  return (
    <Notice tone="ask" title={text("requests.gate.title")}>
      {gates.map((gate) => (
        <p key={gate}>{gate}</p>
      ))}
      <p>
        {text("requests.gate.instead")}{" "}
        <AppLink href={paths.content()}>{text("requests.gate.content")}</AppLink>
      </p>
      {mayOverride ? (
        <TextInput
          size="xs"
          maxLength={1000}
          label={text("requests.override")}
          description={text("requests.override_why")}
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
        />
      ) : (
        <p>{text("requests.gate.ask_team")}</p>
      )}
    </Notice>
  );
}

/** Whether the ask can be sent: every gate is open, or it is set aside with a reason. */
export function isPassable(gates: string[], mayOverride: boolean, reason: string): boolean {
  return gates.length === 0 || (mayOverride && reason.trim().length >= OVERRIDE_REASON_MIN);
}
