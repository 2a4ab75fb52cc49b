//! `goodword export`: records out as a spreadsheet or as JSON lines.

use std::{fs::File, io::Write, path::PathBuf};

use app::export::{self, ExportKind, Format};

use super::{Failure, Global, Opened};

/// Export records: what the acting colleague may see.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword export accounts --out accounts.csv")]
pub struct Args {
    /// accounts, contacts, users or opportunities.
    kind: ExportKind,
    /// csv (safe to open in a spreadsheet) or json (one record a line).
    #[arg(long, default_value = "csv")]
    format: Format,
    /// The file to write; standard output when absent.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let exported = export::export(&opened.app, &opened.actor, args.kind, args.format).await?;
    let failed = |cause| Failure::Io {
        tried: "The export could not be written".to_owned(),
        cause,
    };
    match &args.out {
        Some(path) => {
            let mut file = File::create(path).map_err(failed)?;
            file.write_all(exported.text.as_bytes())
                .and_then(|()| file.sync_all())
                .map_err(failed)?;
        }
        None => std::io::stdout()
            .write_all(exported.text.as_bytes())
            .map_err(failed)?,
    }
    if args.out.is_some() {
        if global.json {
            println!("{}", serde_json::json!({ "rows": exported.rows }));
        } else {
            println!("{} rows written.", exported.rows);
        }
    }
    Ok(())
}
