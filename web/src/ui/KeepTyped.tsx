//! Keeps what was typed in a sheet or dialog from going by accident: Escape, a press beside it, Back
//! and a reload ask first. Decides by what stands in the fields; refuses to know what they mean.

import { Button } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useRef, useState } from "react";
import { text } from "../text/text";
import classes from "./KeepTyped.module.css";

type Field = HTMLInputElement | HTMLTextAreaElement;

/** A form that was sent is not typed anew, unless one of these says that it did not arrive. */
const UNSENT = '[role="alert"], [aria-invalid="true"], [data-unsent]';

const isField = (target: EventTarget): target is Field =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !target.readOnly);

const readField = (field: Field) =>
  field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)
    ? String(field.checked)
    : field.value;

/** The fields that somebody went into, with what each held before and what of it was sent. */
class Typed {
  private readonly held = new Map<Field, string>();
  private sent = new Map<Field, string>();
  private last: Field | null = null;

  enter(target: EventTarget) {
    if (!isField(target)) return;
    this.last = target;
    if (!this.held.has(target)) this.held.set(target, readField(target));
  }

  send() {
    this.sent = new Map([...this.held.keys()].map((field) => [field, readField(field)]));
  }

  forget() {
    this.held.clear();
    this.sent.clear();
  }

  return() {
    this.last?.focus();
  }

  isLeft(frame: Element | null): boolean {
    const isRefused = frame?.querySelector(UNSENT) != null;
    return [...this.held].some(([field, before]) => {
      const now = readField(field);
      return field.isConnected && now !== before && (isRefused || now !== this.sent.get(field));
    });
  }
}

/** What a sheet or dialog needs: a way to close that asks, and the frame to put the content in. */
export function useKeepTyped(onClose: () => void) {
  const [typed] = useState(() => new Typed());
  const frame = useRef<HTMLDivElement>(null);
  const [isAsking, setAsking] = useState(false);
  const leave = () => {
    setAsking(false);
    typed.forget();
    onClose();
  };
  const stay = () => {
    setAsking(false);
    typed.return();
  };
  const close = () => {
    if (isAsking) stay();
    else if (typed.isLeft(frame.current)) setAsking(true);
    else leave();
  };
  const wrap = (children: ReactNode) => (
    <div
      ref={frame}
      className={classes.frame}
      onFocusCapture={(event) => typed.enter(event.target)}
      onSubmitCapture={() => typed.send()}
    >
      <StopBack isTyped={() => typed.isLeft(frame.current)} onStopped={() => setAsking(true)} />
      {isAsking ? <Question onStay={stay} onLeave={leave} /> : null}
      {children}
    </div>
  );
  return { close, wrap };
}

/** Back and Forward stop while something is typed, and the browser asks before a reload. */
function StopBack({ isTyped, onStopped }: { isTyped: () => boolean; onStopped: () => void }) {
  useBlocker({
    shouldBlockFn: ({ action }) => {
      // A sheet that closes itself, or leads on after sending, pushes or replaces.
      if (action === "PUSH" || action === "REPLACE" || !isTyped()) return false;
      onStopped();
      return true;
    },
    enableBeforeUnload: isTyped,
  });
  return null;
}

function Question({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  return (
    <div role="alertdialog" aria-label={text("typed.ask")} className={classes.question}>
      <strong>{text("typed.ask")}</strong>
      <div className={classes.answers}>
        <Button size="xs" data-autofocus autoFocus onClick={onStay}>
          {text("typed.stay")}
        </Button>
        <Button size="xs" variant="default" onClick={onLeave}>
          {text("typed.leave")}
        </Button>
      </div>
    </div>
  );
}
