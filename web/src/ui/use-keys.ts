import { useEffect, useRef } from "react";

type Handlers = Record<string, (event: KeyboardEvent) => void>;

/** Whether the key press belongs to something a person types or chooses in. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && target.type === "checkbox") return false;
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
}

/** Whether a sheet or dialog is open: the page under it must not react. */
function isCovered(): boolean {
  return document.querySelector("[role=dialog], dialog[open]") !== null;
}

/** Single-key shortcuts of a page; silent while a person types, in dialogs, and with modifier keys. */
export function useKeys(handlers: Handlers, isOn = true) {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (isTyping(event.target) || isCovered()) return;
      const key = event.key === " " ? "space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
      // A focused button, link or box takes Space and Enter for itself.
      const onControl =
        event.target instanceof HTMLElement && event.target.closest("button, a, input, [role=tab]") !== null;
      if (onControl && (key === "space" || key === "Enter")) return;
      latest.current[key]?.(event);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [isOn]);
}
