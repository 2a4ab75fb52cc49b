//! Generates planning problems, and solves and times them with our coverage.
//!
//! `bench-plan generate ADVOCATES SEED FILE` writes a problem that every peer reads;
//! `bench-plan time FILE RUNS` solves it, checks it against what is served, and prints JSON.

use std::{error::Error, process::ExitCode};

use cpu_time::ThreadTime;
use planning::coverage::{Capacity, Coverage, Supply, Want, group};

mod generate;
mod problem;

use problem::Stated;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["generate", advocates, seed, file] => generate_to(advocates, seed, file),
        ["time", file, runs] => time(file, runs),
        _ => Err("usage: bench-plan generate ADVOCATES SEED FILE | time FILE RUNS".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-plan: {error}");
            ExitCode::FAILURE
        }
    }
}

fn generate_to(advocates: &str, seed: &str, file: &str) -> Result<(), Box<dyn Error>> {
    let population = generate::problem(advocates.parse()?, seed.parse()?);
    let started = ThreadTime::now();
    let (grouped, _) = group(&population.supply);
    let grouping_ms = milliseconds(started);
    let fits: usize = (0..population.supply.len())
        .map(|place| population.supply.fits(place).len())
        .sum();
    let told = serde_json::json!({
        "advocates": advocates.parse::<u64>()?,
        "usable": population.supply.len(),
        "fits": fits,
        "groups": grouped.len(),
        "grouping_ms": grouping_ms,
        "units_of_supply": units_of(&population.supply),
        "units_of_demand": population.wants.iter().map(|want| want.units).sum::<u64>(),
        "segments": population.segments,
        "windows": population.supply.windows(),
    });
    let stated = Stated {
        supply: grouped,
        ..population
    };
    std::fs::write(file, stated.to_text())?;
    println!("{told}");
    Ok(())
}

fn units_of(supply: &Supply) -> u64 {
    (0..supply.len())
        .map(|place| {
            let capacity = supply.capacity(place);
            let windows: u64 = capacity
                .per_window
                .iter()
                .map(|units| u64::from(*units))
                .sum();
            windows.min(u64::from(capacity.total))
        })
        .sum()
}

fn time(file: &str, runs: &str) -> Result<(), Box<dyn Error>> {
    let runs: usize = runs.parse()?;
    let stated = Stated::read(&std::fs::read_to_string(file)?)?;
    let mut coverage = solve(stated.supply.clone(), stated.wants.clone(), stated.segments)?;
    let value = coverage.value_covered();
    check_served(&coverage)?;
    let mut whole = Vec::with_capacity(runs);
    for _ in 0..runs {
        let (supply, wants) = (stated.supply.clone(), stated.wants.clone());
        let started = ThreadTime::now();
        let again = solve(supply, wants, stated.segments)?;
        whole.push(milliseconds(started));
        if again.value_covered() != value {
            return Err("two runs differ".into());
        }
    }
    let sizes = coverage.component_sizes();
    let mut searching = Vec::with_capacity(runs);
    for _ in 0..runs {
        let started = ThreadTime::now();
        for place in 0..sizes.len() {
            coverage.solve_component(place);
        }
        searching.push(milliseconds(started));
    }
    let costs: Vec<f64> = (0..sizes.len())
        .map(|place| {
            let started = ThreadTime::now();
            coverage.solve_component(place);
            milliseconds(started)
        })
        .collect();
    // The event hits the component that takes longest to solve.
    let mut by_size: Vec<usize> = (0..sizes.len()).collect();
    by_size.sort_by(|one, other| costs[*one].total_cmp(&costs[*other]));
    let costliest = *by_size.last().ok_or("no component")?;
    // The event: one supplier of that component loses a window and gets it back.
    let supplier = (0..stated.supply.len())
        .find(|place| {
            let first = stated.supply.fits(*place).first();
            first.and_then(|segment| coverage.component_of(*segment)) == Some(costliest)
        })
        .ok_or("no supplier in the costliest component")?;
    let supplier_number = u32::try_from(supplier)?;
    let own = stated.supply.capacity(supplier);
    let windows = vec![0; own.per_window.len()];
    let mut events = Vec::with_capacity(runs * 2);
    for _ in 0..runs {
        for capacity in [
            Capacity {
                per_window: &windows,
                total: own.total,
            },
            own,
        ] {
            let started = ThreadTime::now();
            coverage
                .change_supplier(supplier_number, capacity)
                .map_err(|why| format!("{why:?}"))?;
            events.push(milliseconds(started));
        }
    }
    if coverage.value_covered() != value {
        return Err("a change that was taken back left another value".into());
    }
    let median_component = by_size[by_size.len() / 2];
    let mut at_median = Vec::with_capacity(runs);
    for _ in 0..runs {
        let started = ThreadTime::now();
        coverage.solve_component(median_component);
        at_median.push(milliseconds(started));
    }
    let mut worths = Vec::with_capacity(runs);
    for _ in 0..runs {
        let started = ThreadTime::now();
        let worth = coverage.worth_of_a_unit();
        worths.push(milliseconds(started));
        std::hint::black_box(worth);
    }
    let told = serde_json::json!({
        "value": value.to_string(),
        "units": coverage.units_covered(),
        "components": sizes.len(),
        "largest_nodes": sizes.iter().max(),
        "search_alone_ms": spread(&mut searching),
        "whole_ms": spread(&mut whole),
        "replan_costliest_ms": spread(&mut events),
        "replan_median_ms": spread(&mut at_median),
        "worth_of_every_profile_ms": spread(&mut worths),
    });
    println!("{told}");
    Ok(())
}

fn solve(supply: Supply, wants: Vec<Want>, segments: u32) -> Result<Coverage, String> {
    let windows = supply.windows();
    Coverage::solve(segments, windows, supply, wants).map_err(|why| format!("{why:?}"))
}

/// No supplier gives more than it has, and what is given is what is covered.
fn check_served(coverage: &Coverage) -> Result<(), String> {
    let supply = coverage.supply();
    let windows = supply.windows() as usize;
    let mut given = vec![0_u64; supply.len() * windows];
    let mut units = 0;
    for one in coverage.served() {
        let place = one.supplier as usize;
        if !supply.fits(place).contains(&one.segment) {
            return Err(format!("supplier {place} serves what it does not fit"));
        }
        given[place * windows + one.window as usize] += one.units;
        units += one.units;
    }
    for place in 0..supply.len() {
        let capacity = supply.capacity(place);
        let own = &given[place * windows..(place + 1) * windows];
        let fits = own
            .iter()
            .zip(capacity.per_window)
            .all(|(given, most)| *given <= u64::from(*most));
        if !fits || own.iter().sum::<u64>() > u64::from(capacity.total) {
            return Err(format!("supplier {place} gives more than it has"));
        }
    }
    if units == coverage.units_covered() {
        Ok(())
    } else {
        Err("what is given is not what is covered".to_owned())
    }
}

/// Median, least and most of the runs.
fn spread(runs: &mut [f64]) -> serde_json::Value {
    runs.sort_by(f64::total_cmp);
    serde_json::json!({
        "median": runs[runs.len() / 2],
        "least": runs[0],
        "most": runs[runs.len() - 1],
        "runs": runs.len(),
    })
}

/// On a machine that others use as well, the time on the wall measures them.
fn milliseconds(started: ThreadTime) -> f64 {
    started.elapsed().as_secs_f64() * 1_000.0
}
