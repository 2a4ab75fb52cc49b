//! Progress of long work, for people who watch: drawn on a terminal, never into a file, a pipe or JSON.

use std::{io::IsTerminal, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};

use super::Global;

const TICK: Duration = Duration::from_millis(120);

/// A bar that counts rows; its length is set when it is known. Gone when it is dropped.
pub fn rows(global: &Global) -> ProgressBar {
    if !is_watched(global) {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} rows, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A sign of life with a message, for work whose length nobody knows. Gone when it is dropped.
pub fn spinner(global: &Global) -> ProgressBar {
    if !is_watched(global) {
        return ProgressBar::hidden();
    }
    let spinner = ProgressBar::new_spinner();
    spinner.enable_steady_tick(TICK);
    spinner
}

fn is_watched(global: &Global) -> bool {
    std::io::stdout().is_terminal() && !global.json
}
