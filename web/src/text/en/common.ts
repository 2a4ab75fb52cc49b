//! Words that every screen shares.

export const common = {
  action: {
    retry: "Try again",
    close: "Close",
    cancel: "Cancel",
    clear: "Clear",
    save: "Save",
    edit: "Edit",
    copy: "Copy",
    copied: "Copied",
    open: "Open",
    back: "Back",
  },
  state: {
    loading: "Loading",
    nothing: "Nothing",
    unknown: "Unknown",
    none: "–",
  },
  undo: { action: "Undo", failed: "It could not be taken back: somebody changed it since." },
  list: {
    shown: "{{shown}} of {{total}} shown",
    more: "Load more",
    more_rows: "Show {{shown}} more",
    more_failed: "The next rows could not be read. Try once more.",
  },
  table: { region: "{{name}}, table" },
  stale: {
    title: "Someone changed this while you were editing",
    detail: "Nothing you typed is lost. Choose which version holds.",
    other_fields: "The other change does not touch what you edited. Save again to keep both.",
    theirs: "{{field}}, saved now",
    mine: "{{field}}, yours",
    keep_mine: "Save mine",
    take_theirs: "Take the saved one",
  },
  steps: { done: "done", now: "current step", next: "still to come", ended: "ended here" },
  chart: {
    as_table: "As table",
    as_chart: "As chart",
    csv: "Download CSV",
    partial: "Period not over yet",
    target: "target {{value}}",
    baseline: "baseline {{value}}",
    small_sample: "fewer than 20 deals",
  },
} as const;
