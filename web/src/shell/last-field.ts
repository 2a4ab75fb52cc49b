const FIELD = "input, textarea, select";

let last: HTMLInputElement | null = null;

/** Remembers which field had the focus last; the answer stops it. */
export function watchFields(): () => void {
  const note = (event: FocusEvent) => {
    if (event.target instanceof HTMLElement && event.target.matches(FIELD))
      last = event.target as HTMLInputElement;
  };
  document.addEventListener("focusin", note);
  return () => document.removeEventListener("focusin", note);
}

/** The field that somebody is in, or was in last on this page. */
export const lastField = () => (last?.isConnected ? last : null);
