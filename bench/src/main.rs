//! Compares the match engine with four others on one workload and holds it to its gates.
//!
//! `bench match ROWS` makes population and queries from a seed, loads every engine, checks that all
//! of them answer as the oracle does, times them query by query, and writes a section of the results.
//! At a million rows and more only tantivy is asked, and DuckDB for the size of its data. `bench product ROWS` times the index itself.

mod clock;
mod compare;
mod kept;
mod oracle;
mod ours;
mod peers;
mod probe;
mod product;
mod random;
mod report;
mod world;

use std::process::ExitCode;

use peers::Failure;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            let reasons = std::iter::successors(failure.source(), |reason| reason.source());
            let reasons: String = reasons.map(|reason| format!(": {reason}")).collect();
            eprintln!("The comparison could not be finished: {failure}{reasons}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every gate held.
fn run() -> Result<bool, Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["match", rows] => {
            let compared = compare::run(rows.parse()?)?;
            report::write(&compared)
        }
        ["product", rows] => {
            report::keep(&format!("product-{rows}"), &product::run(rows.parse()?)?)?;
            Ok(true)
        }
        _ => Err("usage: bench match ROWS, or bench product ROWS".into()),
    }
}
