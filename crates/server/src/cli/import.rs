//! `goodword import`: files into records, and imports taken back.

mod past;
mod question;
mod saved;

use std::path::{Path, PathBuf};

use app::import::{self as imports, Finished, Report, RunImport};
use domain::money::Currency;
use import::{kind::Kind, mapping::Mapping, read, sdl};

use super::{Failure, Global, Opened, Table, progress, say, say_all};

/// Import files. Columns are recognised by their names and contents; the same file twice changes nothing.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Example:\n  goodword import opportunities pipeline.csv --dry-run\n\nSeveral files of one kind are read as one:\n  goodword import advocates stories/*.yaml\n\nWhat columns mean, kept for the next file:\n  goodword import contacts june.csv --save-mapping events\n  goodword import contacts july.csv --mapping events\n\nAn import taken back, for 30 days:\n  goodword import list\n  goodword import undo 0198c3a2-5b7e-7cc1-9f3e-1c2d3e4f5a6b"
)]
pub struct Args {
    #[command(subcommand)]
    past: Option<past::Command>,
    #[command(flatten)]
    files: Option<FileArgs>,
}

/// Files and how they are read.
#[derive(Debug, clap::Args)]
struct FileArgs {
    /// accounts, contacts, users, opportunities, advocates, content, uses or terms.
    kind: Kind,
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A mapping in a file (JSON, or .sdl of Data Loader), or the name of one that was saved here or
    /// in the app; a file goes before a name.
    #[arg(long, value_name = "NAME-OR-FILE")]
    mapping: Option<String>,
    /// Keep the mapping that was used under this name, for the next file of the same shape.
    #[arg(long, value_name = "NAME", conflicts_with = "dry_run")]
    save_mapping: Option<String>,
    /// The order of the dates in a column that could be read in two ways: COLUMN=day_first or
    /// COLUMN=month_first; repeat it for several columns.
    #[arg(long = "date-order", value_name = "COLUMN=ORDER")]
    date_orders: Vec<String>,
    /// The decimal mark of a column that could be read in two ways: COLUMN=dot or COLUMN=comma.
    #[arg(long = "decimal-mark", value_name = "COLUMN=MARK")]
    decimal_marks: Vec<String>,
    /// The currency of amounts that name none [default: the program's].
    #[arg(long, value_name = "CODE")]
    currency: Option<Currency>,
    /// Say what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write the rows that failed here, as they came, with the reason.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    match (args.past, args.files) {
        (Some(command), _) => past::run(global, command).await,
        (None, Some(files)) => bring_in(global, files).await,
        (None, None) => Err(Failure::Refused(
            "Name a kind of record and a file; see --help.".to_owned(),
        )),
    }
}

async fn bring_in(global: &Global, args: FileArgs) -> Result<(), Failure> {
    let answers = answers(&args)?;
    let files = read_files(&args.files)?;
    let opened = Opened::new(global).await?;
    let mapping = match &args.mapping {
        Some(named) if Path::new(named).is_file() => {
            Some(read_mapping(Path::new(named), args.kind, &files)?)
        }
        Some(named) => Some(saved::find(&opened, named).await?),
        None => None,
    };
    if let Some(name) = &args.save_mapping {
        saved::refuse_taken(&opened, name).await?;
    }
    let ask = RunImport {
        kind: args.kind,
        files,
        mapping,
        answers,
        default_currency: args.currency,
        dry_run: args.dry_run,
    };
    let bar = progress::rows(global);
    let finished = imports::run(&opened.app, &opened.actor, ask, |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    })
    .await
    .map_err(|error| question::explained(error, &args))?;
    bar.finish_and_clear();
    if let (Some(path), Some(text)) = (&args.errors, &finished.error_file) {
        std::fs::write(path, text).map_err(|cause| Failure::Io {
            tried: format!("The failed rows could not be written to {}", path.display()),
            cause,
        })?;
    }
    report(global, &finished)?;
    match args.save_mapping {
        Some(name) => saved::keep(global, &opened, name, finished.mapping).await,
        None => Ok(()),
    }
}

fn read_files(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    paths
        .iter()
        .map(|path| {
            let name = path.file_name().map_or_else(
                || path.display().to_string(),
                |name| name.to_string_lossy().into_owned(),
            );
            std::fs::read(path)
                .map(|bytes| (name, bytes))
                .map_err(|cause| Failure::Io {
                    tried: format!("{} cannot be read", path.display()),
                    cause,
                })
        })
        .collect()
}

fn read_mapping(path: &Path, kind: Kind, files: &[(String, Vec<u8>)]) -> Result<Mapping, Failure> {
    let text = std::fs::read_to_string(path).map_err(|cause| Failure::Io {
        tried: format!("The mapping {} cannot be read", path.display()),
        cause,
    })?;
    let refused = |why: String| {
        Failure::Refused(format!(
            "The mapping {} cannot be used: {why}",
            path.display()
        ))
    };
    if path.extension().is_some_and(|ending| ending == "sdl") {
        let Some((name, bytes)) = files.first() else {
            return Err(refused("there is no file to map.".to_owned()));
        };
        let table = read::read(name, bytes, &read::ReadOptions::default())
            .map_err(|problem| refused(problem.to_string()))?;
        return sdl::read(&text, kind, &table).map_err(|problem| refused(problem.to_string()));
    }
    serde_json::from_str(&text).map_err(|problem| refused(format!("{problem}.")))
}

fn answers(args: &FileArgs) -> Result<Vec<import::propose::ColumnAnswer>, Failure> {
    let dates = args.date_orders.iter().map(|text| ("date_order", text));
    let marks = args.decimal_marks.iter().map(|text| ("decimal_mark", text));
    dates
        .chain(marks)
        .map(|(what, text)| {
            let refused = || {
                Failure::Refused(format!(
                    "{text} is not of the form COLUMN=ANSWER; see --help."
                ))
            };
            let (column, answer) = text.rsplit_once('=').ok_or_else(refused)?;
            let answer = serde_json::from_value(serde_json::json!({ what: answer }))
                .map_err(|_| refused())?;
            Ok(import::propose::ColumnAnswer {
                column: column.to_owned(),
                answer,
            })
        })
        .collect()
}

fn report(global: &Global, finished: &Finished) -> Result<(), Failure> {
    let report = &finished.report;
    if global.json {
        return say(serde_json::json!(report));
    }
    let mut table = Table::new(&["CREATED", "UPDATED", "UNCHANGED", "SKIPPED", "FAILED"]);
    table.row(
        [
            report.created,
            report.updated,
            report.unchanged,
            report.skipped,
            report.failed,
        ]
        .map(|count| count.to_string()),
    );
    say_all(&table)?;
    for line in details(report) {
        say(line)?;
    }
    Ok(())
}

/// The report in sentences; what comes from the file cannot move the cursor.
fn details(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    for (kind, counts) in &report.records {
        lines.push(format!(
            "Records of the kind {kind}: {} created, {} updated.",
            counts.created, counts.updated
        ));
    }
    if report.linked > 0 {
        lines.push(format!(
            "{} of earlier imports linked.",
            counted(report.linked, "record")
        ));
    }
    for unknown in &report.unknown {
        lines.push(format!(
            "Not known yet, kept as written: {} \"{}\" in {}.",
            unknown.what,
            unknown.written,
            counted(unknown.rows, "row")
        ));
    }
    if report.unknown_more > 0 {
        let more = counted(report.unknown_more, "more value");
        lines.push(format!("And {more} that nobody knows yet."));
    }
    for problem in &report.problems {
        let column = problem.column.as_ref();
        let column = column.map_or_else(String::new, |column| format!(", {column}"));
        let left_out = if problem.failed { " Row left out." } else { "" };
        lines.push(format!(
            "Row {}{column}: {}{left_out}",
            problem.row, problem.reason
        ));
    }
    if report.problems_more > 0 {
        lines.push(format!(
            "And {}.",
            counted(report.problems_more, "more problem")
        ));
    }
    if let Some(program) = &report.written_by {
        lines.push(format!("Written by {program}, whose columns are known."));
    }
    if !report.ignored_columns.is_empty() {
        lines.push(format!(
            "Columns left out: {}",
            report.ignored_columns.join(", ")
        ));
    }
    if report.dry_run {
        lines.push("Nothing was changed: this was a dry run.".to_owned());
    }
    let lines = lines.into_iter();
    lines
        .map(|line| line.replace(char::is_control, " "))
        .collect()
}

/// "1 row", "2 rows".
fn counted(count: u64, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
