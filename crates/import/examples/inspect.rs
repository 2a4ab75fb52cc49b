//! Prints what files are taken for: `cargo run -p import --example inspect -- accounts.csv ...`.
//! Several files are read as one table.

use std::{env, error::Error, fs};

use domain::money::Currency;
use import::{
    prepare::{self, PrepareOptions},
    propose,
    read::{self, Limits, ReadOptions},
    recognise,
    table::Table,
};

fn main() -> Result<(), Box<dyn Error>> {
    let names: Vec<String> = env::args().skip(1).collect();
    let tables = names
        .iter()
        .map(|name| Ok(read::read(name, &fs::read(name)?, &ReadOptions::default())?))
        .collect::<Result<Vec<Table>, Box<dyn Error>>>()?;
    let table = Table::join(tables, &Limits::default())?;
    let name = names.first().map(String::as_str).unwrap_or_default();
    println!(
        "{} rows, {} columns, {:?}",
        table.len(),
        table.columns().len(),
        table.sources().first()
    );
    let likely = recognise::recognise(name, &table);
    for guess in &likely {
        println!("{:>5.1} % {}", guess.confidence * 100.0, guess.kind);
    }
    let Some(best) = likely.first() else {
        return Ok(());
    };
    let proposal = propose::propose(best.kind, &table);
    println!(
        "preset {:?}, lines {:?}, constants {:?}",
        proposal.preset, proposal.lines, proposal.constants
    );
    for column in &proposal.columns {
        let field = column
            .mapped
            .as_ref()
            .map_or("-", |mapped| mapped.field.as_str());
        println!(
            "{:>3} {:<32} {field:<26} {} {:?}",
            column.confidence,
            column.column,
            column.why,
            column.samples.first()
        );
    }
    for question in &proposal.questions {
        println!("? {question:?}");
    }
    let mapping = proposal.mapping(&[])?;
    let today = "2026-11-22".parse()?;
    let options = PrepareOptions {
        default_currency: Some(Currency::USD),
        today,
    };
    let prepared = prepare::prepare(best.kind, &table, &mapping, &options)?;
    let (mut rows, mut problems) = (0, 0);
    for row in prepared.rows() {
        rows += 1;
        problems += usize::from(!row.problems.is_empty());
        if rows < 4 {
            println!("{} {:?}", row.number, row.values);
        }
        if !row.problems.is_empty() && problems < 6 {
            println!("{} {}", row.number, row.reason());
        }
    }
    println!("{rows} prepared, {problems} with problems");
    Ok(())
}
