//! Backups of everything.

use crate::word_list;

word_list! {
    /// Where a backup stands, seen from the database.
    BackupPlace {
        /// A folder on the disk that the database is on: it does not outlive the disk.
        SameDisk,
        /// A folder on another disk of this machine, or one that is mounted there.
        OtherDisk,
        /// A folder of the machine that the command ran on; where the database is, is not known.
        Folder,
    }
}

/// Hours that may pass between two backups: what is written in them is lost with the disk.
pub const PROMISE_HOURS: i64 = 24;
