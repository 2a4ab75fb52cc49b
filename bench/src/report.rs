//! The figures as a page, and the gates.

use std::{fmt::Write, path::Path};

use matching::engine::Kernel;

use crate::{
    clock::quantile,
    compare::{Compared, MILLION, Timed},
    peers::Failure,
};

/// A promise and whether this run kept it.
struct Gate {
    promise: String,
    found: String,
    held: bool,
}

fn p50(samples: &[u64]) -> f64 {
    quantile(samples, 500) as f64
}

/// At least so many times.
fn at_least(promise: String, least: f64, found: f64) -> Gate {
    Gate {
        promise: format!("{promise}: at least {least}x"),
        found: format!("{found:.1}x"),
        held: found >= least,
    }
}

fn at_most(promise: String, most: f64, found: f64) -> Gate {
    Gate {
        promise: format!("{promise}: at most {most}x"),
        found: format!("{found:.2}x"),
        held: found <= most,
    }
}

/// By peer: with AVX-512 and with the portable kernel. AVX2 alone is held to half of the first.
const RATIOS: [(&str, f64, f64); 4] = [
    ("tantivy", 50.0, 12.0),
    ("DuckDB", 400.0, 90.0),
    ("PostgreSQL", 1_000.0, 180.0),
    ("SQLite", 1_500.0, 250.0),
];

fn gates(run: &Compared) -> Vec<Gate> {
    let mut gates = Vec::new();
    let (Some(portable), Some(best)) = (run.ours.first(), run.ours.last()) else {
        return gates;
    };
    let share = if Kernel::best() == Kernel::Avx512 {
        1.0
    } else {
        0.5
    };
    let ratio = |peer: &Timed, ours: &Timed| p50(&peer.answers) / p50(&ours.answers);
    for peer in &run.peers {
        let known = RATIOS.iter().find(|(name, ..)| *name == peer.name);
        let Some((name, fastest, least)) = known else {
            continue;
        };
        if run.rows >= MILLION {
            gates.push(at_least(
                format!("{} against {name}", best.name),
                60.0,
                ratio(peer, best),
            ));
        } else {
            let faster = format!("{} against {name}", best.name);
            gates.push(at_least(faster, fastest * share, ratio(peer, best)));
            let slower = format!("{} against {name}", portable.name);
            gates.push(at_least(slower, *least, ratio(peer, portable)));
        }
    }
    if run.rows >= MILLION {
        let found = p50(&run.scan) / p50(&run.read);
        gates.push(at_most(
            "scan against reading its bytes".to_owned(),
            2.5,
            found,
        ));
    }
    let spread = quantile(&best.answers, 990) as f64 / p50(&best.answers);
    gates.push(at_most(
        format!("p99 against p50, {}", best.name),
        5.0,
        spread,
    ));
    let update = p50(&run.peer_updates.0) / p50(&run.updates);
    let promise = "update until visible against tantivy, processor time";
    gates.push(at_least(promise.to_owned(), 500.0, update));
    let found = run.bytes as f64 / run.duckdb_bytes as f64;
    gates.push(at_most("memory against DuckDB".to_owned(), 0.5, found));
    gates
}

fn micros(nanos: f64) -> String {
    match nanos {
        ..10_000.0 => format!("{:.2} µs", nanos / 1e3),
        ..1_000_000.0 => format!("{:.0} µs", nanos / 1e3),
        _ => format!("{:.2} ms", nanos / 1e6),
    }
}

fn page(run: &Compared, gates: &[Gate]) -> Result<String, Failure> {
    let mut page = String::new();
    let best = run.ours.last().ok_or("a kernel")?;
    writeln!(page, "## Match: {} advocates\n", run.rows)?;
    writeln!(
        page,
        "Top 20 with all 401 facet counts, ours with explanations; {} queries, one thread, processor \
         time of the thread or backend. {} rows are eligible, {} meet a query's filter on average. Load average {}.\n",
        best.answers.len(),
        run.eligible,
        run.met,
        std::fs::read_to_string("/proc/loadavg")?
            .split(' ')
            .take(3)
            .collect::<Vec<_>>()
            .join(", "),
    )?;
    writeln!(page, "| engine | p50 | p99 | p50 against {} |", best.name)?;
    writeln!(page, "| --- | --- | --- | --- |")?;
    for (timed, is_ours) in run
        .ours
        .iter()
        .map(|ours| (ours, true))
        .chain(run.peers.iter().map(|peer| (peer, false)))
    {
        let name = if is_ours {
            format!("ours, {}", timed.name)
        } else {
            timed.name.clone()
        };
        let (half, high) = (p50(&timed.answers), quantile(&timed.answers, 990) as f64);
        let ratio = half / p50(&best.answers);
        writeln!(
            page,
            "| {name} | {} | {} | {ratio:.1}x |",
            micros(half),
            micros(high)
        )?;
    }
    writeln!(page, "\n| also measured | |\n| --- | --- |")?;
    writeln!(
        page,
        "| top 20 alone, {} | {} |",
        best.name,
        micros(p50(&run.scan))
    )?;
    writeln!(
        page,
        "| reading the same bytes at {:.1} GB/s | {} |",
        run.bandwidth / 1e9,
        micros(p50(&run.read))
    )?;
    writeln!(page, "| building ours | {} |", micros(run.built as f64))?;
    writeln!(
        page,
        "| memory per advocate, ours | {} bytes |",
        run.bytes / run.rows
    )?;
    writeln!(
        page,
        "| memory per advocate, DuckDB | {} bytes |",
        run.duckdb_bytes / run.rows as u64
    )?;
    writeln!(
        page,
        "| one use until visible, ours | {} |",
        micros(p50(&run.updates))
    )?;
    let (used, wall) = (p50(&run.peer_updates.0), p50(&run.peer_updates.1));
    writeln!(
        page,
        "| one use until visible, tantivy | {} ({} on the wall) |",
        micros(used),
        micros(wall)
    )?;
    writeln!(page, "\n| gate | found | |\n| --- | --- | --- |")?;
    for gate in gates {
        let word = if gate.held { "held" } else { "missed" };
        writeln!(page, "| {} | {} | {word} |", gate.promise, gate.found)?;
    }
    let held = gates.iter().filter(|gate| gate.held).count();
    writeln!(page, "\ngates held: {held} of {}", gates.len())?;
    Ok(page)
}

/// Writes the section of a run; whether every gate held.
pub fn write(run: &Compared) -> Result<bool, Failure> {
    let gates = gates(run);
    let page = page(run, &gates)?;
    keep(&format!("match-{}", run.rows), &page)?;
    Ok(gates.iter().all(|gate| gate.held))
}

/// Writes one section and puts all of them together.
pub fn keep(name: &str, page: &str) -> Result<(), Failure> {
    print!("{page}");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sections = here.join("results");
    std::fs::write(sections.join(format!("{name}.md")), page)?;
    let mut names: Vec<_> = std::fs::read_dir(&sections)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    names.sort();
    let mut whole =
        "# Measured\n\nWritten by the benchmarks, a section each. Figures hold for the \
                     machine and the load of their run; the ratios are what the gates judge.\n"
            .to_owned();
    let is_section = |name: &&std::path::PathBuf| name.extension().is_some_and(|end| end == "md");
    for name in names.iter().filter(is_section) {
        write!(whole, "\n{}", std::fs::read_to_string(name)?)?;
    }
    Ok(std::fs::write(here.join("RESULTS.md"), whole)?)
}
