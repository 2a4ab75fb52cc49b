import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { text } from "../text/text";

/** How long a change can be taken back from its message. */
const UNDO_MS = 10_000;

/** Says that something worked; goes away by itself. */
export function notifyDone(title: string, message?: string) {
  notifications.show({
    title,
    message: message ?? null,
    color: "accent",
    withBorder: true,
    closeButtonProps: { "aria-label": text("action.close") },
    autoClose: 6_000,
  });
}

/** Says that something did not work; stays until it is closed. */
export function notifyFailed(title: string, message: string) {
  notifications.show({
    title,
    message,
    color: "red",
    withBorder: true,
    closeButtonProps: { "aria-label": text("action.close") },
    autoClose: false,
  });
}

/** Says that something worked and offers for ten seconds to take it back. */
export function notifyUndo(title: string, message: string, undo: () => Promise<unknown>) {
  const id = notifications.show({
    title,
    message: <Undo message={message} undo={undo} onDone={() => notifications.hide(id)} />,
    color: "accent",
    withBorder: true,
    closeButtonProps: { "aria-label": text("action.close") },
    autoClose: UNDO_MS,
  });
}

interface UndoProps {
  message: string;
  undo: () => Promise<unknown>;
  onDone: () => void;
}

function Undo({ message, undo, onDone }: UndoProps) {
  const [state, setState] = useState<"ready" | "busy" | "failed">("ready");
  const run = () => {
    setState("busy");
    undo().then(onDone, () => setState("failed"));
  };
  return (
    <>
      <span>{state === "failed" ? text("undo.failed") : message}</span>{" "}
      {state === "failed" ? null : (
        <Button size="compact-xs" variant="default" loading={state === "busy"} onClick={run}>
          {text("undo.action")}
        </Button>
      )}
    </>
  );
}
