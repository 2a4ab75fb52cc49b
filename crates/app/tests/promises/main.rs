//! What must hold whatever happens: long random sequences of what people of all roles do, with
//! moving clocks, commands that cross each other and commands that are cut off, held against the
//! definitions read plainly.
//!
//! `GOODWORD_SEED` sets the first seed, `GOODWORD_STEPS` how many commands each engine takes (300
//! when absent); `make soak` runs this for an hour.

mod ahead;
mod commands;
mod oracle;
mod plans;
mod rows;
mod world;

use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};
use testkit::TestDb;

use ahead::Ahead;
use commands::{Command, choose, perform};
use oracle::Seen;
use plans::Beside;
use world::World;

/// After so many commands a new world begins, so that a long run stays as fast as a short one.
const EPISODE: u64 = 300;

#[expect(
    clippy::disallowed_methods,
    reason = "long runs take more steps from other seeds, and only they know"
)]
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

/// What the commands of a run came to.
#[derive(Debug, Default)]
struct Figures {
    commands: u64,
    done: u64,
    refused: u64,
    cut_off: u64,
    crossed: u64,
    requests: usize,
    candidates: usize,
    uses: usize,
    holds: usize,
    joined: usize,
}

/// One command alone, two that cross each other, or one that is cut off and the program begun anew.
async fn step(world: &mut World, chance: &mut ChaCha8Rng, figures: &mut Figures) -> String {
    let first = choose(world, chance).await;
    figures.commands += 1;
    match chance.random_range(0..20) {
        0 | 1 => {
            let within = std::time::Duration::from_micros(chance.random_range(0..3_000));
            let cut = tokio::time::timeout(within, perform(world, &first)).await;
            figures.cut_off += u64::from(cut.is_err());
            world.begin_anew();
            format!("{first:?}, cut off after {within:?}: {}", cut.is_err())
        }
        2..=4 => {
            let second = choose(world, chance).await;
            figures.commands += 1;
            figures.crossed += 1;
            let (one, other) = tokio::join!(perform(world, &first), perform(world, &second));
            count(figures, &first, &one);
            count(figures, &second, &other);
            format!("{first:?} -> {one:?} crossed by {second:?} -> {other:?}")
        }
        _ => {
            let outcome = perform(world, &first).await;
            count(figures, &first, &outcome);
            format!("{first:?} -> {outcome:?}")
        }
    }
}

fn count(figures: &mut Figures, command: &Command, outcome: &Result<(), String>) {
    if outcome.is_err() {
        figures.refused += 1;
        return;
    }
    figures.done += 1;
    match command {
        Command::Ahead(Ahead::PutBy { .. }) => figures.holds += 1,
        Command::Ahead(Ahead::Join(..)) => figures.joined += 1,
        _ => {}
    }
}

async fn episode(db: TestDb, seed: u64, steps: u64, figures: &mut Figures) {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut world = World::on(db).await;
    let mut seen = Seen::default();
    let mut beside = Beside::on(&world);
    let mut history: Vec<String> = Vec::new();
    let until = figures.commands + steps;
    while figures.commands < until {
        history.push(step(&mut world, &mut chance, figures).await);
        let broken = seen.broken(&world).await;
        let told = history.iter().rev().take(12).rev();
        let told: Vec<&str> = told.map(String::as_str).collect();
        assert!(
            broken.is_empty(),
            "seed {seed}: {broken:#?}\nafter\n{}",
            told.join("\n")
        );
        if history.len().is_multiple_of(20) {
            beside.agrees(&world).await;
        }
    }
    beside.agrees(&world).await;
    let faults = storage::log::verify(&world.test.db.store)
        .await
        .expect("the log is read");
    assert_eq!(faults, [], "seed {seed}");
    let (requests, candidates, uses) = seen.counts();
    figures.requests += requests;
    figures.candidates += candidates;
    figures.uses += uses;
}

testkit::on_both_engines! {
    async fn no_promise_is_broken_whatever_people_do(first: TestDb) {
        let engine = first.store.engine();
        let (seed, steps) = (number("GOODWORD_SEED", 1), number("GOODWORD_STEPS", EPISODE));
        let mut figures = Figures::default();
        let mut db = Some(first);
        for place in 0..steps.div_ceil(EPISODE) {
            let fresh = match db.take() {
                Some(first) => first,
                None if engine == storage::Engine::Sqlite => TestDb::sqlite().await,
                None => TestDb::postgres().await,
            };
            let left = steps - place * EPISODE;
            episode(fresh, seed + place, left.min(EPISODE), &mut figures).await;
        }
        println!("{engine:?} from seed {seed}: {figures:?}");
        // Nothing is shown by commands that are all refused.
        assert!(figures.done * 3 > figures.commands, "{figures:?}");
        assert!(figures.candidates > 20, "{figures:?}");
        assert!(figures.uses > 0 || figures.commands < 1_000, "{figures:?}");
    }
}

/// The commands are known by what they say; the run above prints them when a promise breaks.
const _: fn(&Command) -> String = |command| format!("{command:?}");
