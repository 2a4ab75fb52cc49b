//! Measures reading and preparing 100,000 contacts of 16 columns:
//! `cargo run --release -p import --example measure`.

use std::{error::Error, fs, time::Instant};

use import::{
    kind::Kind,
    prepare::{self, PrepareOptions},
    propose,
    read::{self, ReadOptions},
    recognise,
};

const CONTACTS: usize = 100_000;

fn main() -> Result<(), Box<dyn Error>> {
    let file = contacts();
    println!(
        "file: {:.1} MB, {} rows of 16 columns",
        megabytes(file.len()),
        CONTACTS
    );
    let start = Instant::now();
    let table = read::read("contacts.csv", file.as_bytes(), &ReadOptions::default())?;
    let read_s = start.elapsed().as_secs_f64();
    let likely = recognise::recognise("contacts.csv", &table);
    let proposal = propose::propose(Kind::Contacts, &table);
    let mapping = proposal.mapping(&[])?;
    let propose_s = start.elapsed().as_secs_f64() - read_s;
    let options = PrepareOptions {
        default_currency: None,
        today: "2026-11-22".parse()?,
    };
    let prepared = prepare::prepare(Kind::Contacts, &table, &mapping, &options)?;
    let (mut rows, mut values, mut problems) = (0_usize, 0_usize, 0_usize);
    for row in prepared.rows() {
        rows += 1;
        values += row.values.len();
        problems += row.problems.len();
    }
    let total_s = start.elapsed().as_secs_f64();
    println!(
        "most likely: {:?}, {} columns mapped",
        likely.first(),
        mapping.columns.len()
    );
    println!("read {read_s:.3} s, recognise and propose {propose_s:.3} s, all {total_s:.3} s");
    println!(
        "{rows} rows, {values} values, {problems} problems: {:.0} rows a second",
        rows as f64 / total_s
    );
    println!("table: {:.1} MB", megabytes(table.heap_bytes()));
    // Where the system says it: the most memory this process ever held, the file included.
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        status
            .lines()
            .filter(|line| line.starts_with("VmHWM"))
            .for_each(|line| println!("peak: {line}"));
    }
    Ok(())
}

fn contacts() -> String {
    let mut file = String::from(
        "Id,First Name,Last Name,Email,Phone,Title,Company,Website,Country,Industry,Number of employees,Annual Revenue (USD),\
         NPS,Customer since,Preferred language,Time Zone\n",
    );
    const COUNTRIES: [&str; 4] = ["Germany", "United States", "Kenya", "Japan"];
    const TITLES: [&str; 4] = [
        "VP of Engineering",
        "CTO",
        "\"Director, Operations\"",
        "Head of IT",
    ];
    for number in 0..CONTACTS {
        let company = number / 7;
        file.push_str(&format!(
            "C-{number},First{number},Last{number},person{number}@company{company}.example.com,+49 30 {number:07},{},Company {company} GmbH,\
             https://company{company}.example.com,{},Industrial Machinery,{},\"{},{:03}.50\",{},{}/{}/20{:02},German;English,Europe/Berlin\n",
            TITLES[number % 4],
            COUNTRIES[number % 4],
            number % 5000,
            number % 900 + 1,
            number % 1000,
            number % 10,
            number % 12 + 1,
            number % 28 + 1,
            number % 20 + 1,
        ));
    }
    file
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
