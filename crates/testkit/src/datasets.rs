//! Real files, which are not part of the project: tests that need them say so and check nothing without them.

use std::path::{Path, PathBuf};

/// The folder that GOODWORD_DATASETS names; says that the test is left out where it names none.
#[expect(
    clippy::disallowed_methods,
    reason = "the one setting that tests on real files read"
)]
pub fn datasets() -> Option<PathBuf> {
    let folder = std::env::var_os("GOODWORD_DATASETS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("left out: GOODWORD_DATASETS is not set");
    }
    folder
}

/// The file, or every file of the folder by name, as an import takes them.
///
/// # Panics
/// When something cannot be read.
pub fn files(at: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<PathBuf> = if at.is_dir() {
        let entries = std::fs::read_dir(at).expect("a folder");
        entries
            .map(|entry| entry.expect("an entry").path())
            .collect()
    } else {
        vec![at.to_owned()]
    };
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy();
        (name.into_owned(), std::fs::read(path).expect("a file"))
    };
    paths.iter().map(read).collect()
}
