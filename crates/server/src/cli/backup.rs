//! `goodword backup`: everything into a new folder, compared before it counts.

use std::path::{Path, PathBuf};

use app::system;
use domain::backup::BackupPlace;
use storage::{Location, Store};

use super::{Failure, Global, Opened, progress, say};

/// Copy everything of one moment into a new folder and compare both sides before keeping it.
///
/// The server may run meanwhile. To go back, serve the folder with --data, or move it into a database
/// with copy-database. The health screen says when the last one was made.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword backup --data ./data --to /mnt/backups\n  goodword serve --data /mnt/backups/goodword-2027-01-15-020000"
)]
pub struct Args {
    /// The folder that backups are kept in; each makes a folder of its own there.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let from = global.location();
    super::doctor::must_exist(&from)?;
    let opened = Opened::new(global).await?;
    let folder = args.to.join(name(opened.app.clock.now()));
    if folder.exists() {
        return Err(Failure::Refused(format!(
            "{} is there already. Try again in a second.",
            folder.display()
        )));
    }
    std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
    let bar = progress::spinner(global);
    let copied = async {
        let target = Store::open(&Location::Folder(folder.clone())).await?;
        let copied = system::copy(&opened.app, &opened.actor, &target, |table| {
            bar.set_message(format!("{}: {} rows", table.table, table.rows));
        })
        .await?;
        target.close().await?;
        Ok::<_, Failure>(copied)
    };
    let copied = match copied.await {
        Ok(copied) => copied,
        Err(failure) => {
            // Half a backup must not pass for one.
            let _gone = std::fs::remove_dir_all(&folder);
            return Err(failure);
        }
    };
    bar.finish_and_clear();
    let rows = copied.iter().map(|table| table.rows).sum();
    let bytes = size(&folder).map_err(|error| unwritable(&folder, &error))?;
    let place = place(&from, &folder);
    system::note_backup(&opened.app, &opened.actor, (bytes, rows), place).await?;
    if global.json {
        return say(serde_json::json!({
            "folder": folder, "bytes": bytes, "rows": rows, "place": place,
        }));
    }
    say(format!(
        "{} holds {rows} rows in {bytes} bytes, copied and compared.",
        folder.display()
    ))?;
    if place == BackupPlace::SameDisk {
        say(
            "It is on the disk that the data is on, and is lost with it. Keep one elsewhere, too.",
        )?;
    }
    Ok(())
}

/// "goodword-2027-01-15-020000", in UTC.
fn name(now: domain::time::Timestamp) -> String {
    let day = now.day();
    let second = now.seconds_since(day.start());
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!("goodword-{day}-{hour:02}{minute:02}{:02}", second % 60)
}

fn unwritable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::Refused(format!("{} cannot be written: {error}.", folder.display()))
}

fn size(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}

/// Whether the backup shares the disk of the data.
fn place(from: &Location, folder: &Path) -> BackupPlace {
    let Location::Folder(data) = from else {
        return BackupPlace::Folder;
    };
    match (disk(data), disk(folder)) {
        (Some(one), Some(other)) if one == other => BackupPlace::SameDisk,
        (Some(_), Some(_)) => BackupPlace::OtherDisk,
        _ => BackupPlace::Folder,
    }
}

#[cfg(unix)]
fn disk(folder: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    Some(std::fs::metadata(folder).ok()?.dev())
}

#[cfg(not(unix))]
fn disk(_: &Path) -> Option<u64> {
    None
}
