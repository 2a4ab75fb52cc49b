//! One run: everything loaded, checked against the oracle, then timed in turns.

use matching::engine::Kernel;

use crate::{
    clock, oracle,
    ours::Table,
    peers::{
        Failure, Peer, duckdb::DuckDb, full_text::FullText, postgres::Postgres, sqlite::Sqlite,
    },
    probe,
    world::{Answer, Query, Row, World},
};

const QUERIES: usize = 200;
/// From here on only tantivy keeps up; DuckDB still says what its data takes.
pub const MILLION: usize = 1_000_000;
/// Queries that are checked at a million rows; all are checked below.
const CHECKED_AT_MILLION: usize = 20;
/// An engine answers a query so often in its turn, and the median counts: the first answer pays for
/// what the engine before it pushed out of the caches.
const ANSWERS_PER_TURN: usize = 3;
/// An answer that takes longer does not notice the caches, and is given once.
const LONG_NANOS: u64 = 10_000_000;

/// Nanoseconds of processor time per query.
pub struct Timed {
    pub name: String,
    pub answers: Vec<u64>,
}

/// All that a run found out.
pub struct Compared {
    pub rows: usize,
    pub eligible: usize,
    /// Rows that meet a query's musts, on average.
    pub met: usize,
    /// Our kernels, the portable one first and the fastest last.
    pub ours: Vec<Timed>,
    /// The first rows alone, on the fastest kernel.
    pub scan: Vec<u64>,
    /// What reading the bytes of the scan takes at the speed of memory.
    pub read: Vec<u64>,
    pub peers: Vec<Timed>,
    pub built: u64,
    pub bytes: usize,
    pub duckdb_bytes: u64,
    pub updates: Vec<u64>,
    pub peer_updates: (Vec<u64>, Vec<u64>),
    pub bandwidth: f64,
}

pub fn run(count: usize) -> Result<Compared, Failure> {
    let world = World::new();
    let rows = world.rows(count, 1);
    let queries = world.queries(&rows, QUERIES, 2);
    let started = clock::thread();
    let table = Table::new(&rows);
    let built = clock::thread() - started;
    let each = table.bytes() / count;
    eprintln!("{count} rows of {each} bytes loaded into the engine; loading the others");
    let mut full_text = FullText::new(&rows)?;
    let mut peers: Vec<Box<dyn Peer>> = Vec::new();
    let folder = std::env::temp_dir().join(format!("goodword-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut duckdb = DuckDb::new(&setting("GOODWORD_BENCH_PYTHON")?, &folder, &rows)?;
    std::fs::remove_dir_all(&folder)?;
    let duckdb_bytes = duckdb.bytes()?;
    if count < MILLION {
        peers.push(Box::new(duckdb));
        peers.push(Box::new(Postgres::new(
            &setting("GOODWORD_TEST_POSTGRES_URL")?,
            &rows,
        )?));
        peers.push(Box::new(Sqlite::new(&rows)?));
    } else {
        // It is asked for the size of its data alone.
        drop(duckdb);
    }
    let peer_updates = probe::peer_updates(&mut full_text, &rows)?;
    // Loaded anew: the updates left it in several segments.
    peers.insert(0, Box::new(FullText::new(&rows)?));
    drop(full_text);
    let met = check(&rows, &queries, &table, &mut peers)?;
    eprintln!("every engine answers as the oracle does; timing");
    let mut compared = Compared {
        rows: count,
        eligible: rows.iter().filter(|row| row.eligible()).count(),
        met,
        ours: Vec::new(),
        scan: Vec::new(),
        read: Vec::new(),
        peers: Vec::new(),
        built,
        bytes: table.bytes(),
        duckdb_bytes,
        updates: probe::updates(&table, &rows),
        peer_updates,
        bandwidth: probe::bandwidth(),
    };
    time(&queries, &table, &mut peers, &mut compared)?;
    Ok(compared)
}

fn setting(name: &str) -> Result<String, Failure> {
    std::env::var(name)
        .map_err(|_| format!("{name} is not set; start with make bench-match").into())
}

/// Refuses to time an engine that does not answer as the oracle does.
fn check(
    rows: &[Row],
    queries: &[Query],
    table: &Table,
    peers: &mut [Box<dyn Peer>],
) -> Result<usize, Failure> {
    let checked = if rows.len() < MILLION {
        queries.len()
    } else {
        CHECKED_AT_MILLION
    };
    let mut met = 0;
    for query in &queries[..checked] {
        let expected = oracle::answer(rows, query);
        met += expected.total as usize;
        let agrees = |name: &str, answer: &Answer| {
            let same = *answer == expected;
            same.then_some(()).ok_or_else(|| {
                format!("{name} answers {query:?} with {answer:?}, the oracle with {expected:?}")
            })
        };
        for kernel in Kernel::available() {
            agrees(&format!("{kernel:?}"), &table.answer(query, kernel).0)?;
        }
        for peer in &mut *peers {
            let (answer, _) = peer.ask(query)?;
            agrees(peer.name(), &answer)?;
        }
    }
    Ok(met / checked)
}

fn time(
    queries: &[Query],
    table: &Table,
    peers: &mut [Box<dyn Peer>],
    compared: &mut Compared,
) -> Result<(), Failure> {
    let named = |name: String| Timed {
        name,
        answers: Vec::new(),
    };
    let kernels = Kernel::available();
    compared.ours = kernels
        .iter()
        .map(|kernel| named(format!("{kernel:?}")))
        .collect();
    compared.peers = peers
        .iter()
        .map(|peer| named(peer.name().to_owned()))
        .collect();
    for query in queries {
        for (kernel, timed) in kernels.iter().zip(&mut compared.ours) {
            timed.answers.push(turn(|| {
                let start = clock::thread();
                std::hint::black_box(table.answer(query, *kernel));
                Ok(clock::thread() - start)
            })?);
        }
        compared.scan.push(turn(|| {
            let start = clock::thread();
            std::hint::black_box(table.top(query, Kernel::best()));
            Ok(clock::thread() - start)
        })?);
        let read = table.bytes_read(query) as f64 * 1e9 / compared.bandwidth;
        compared.read.push(read as u64);
        for (peer, timed) in peers.iter_mut().zip(&mut compared.peers) {
            timed.answers.push(turn(|| Ok(peer.ask(query)?.1))?);
        }
    }
    Ok(())
}

/// The median of one engine's answers to one query.
fn turn(mut answer: impl FnMut() -> Result<u64, Failure>) -> Result<u64, Failure> {
    let first = answer()?;
    if first > LONG_NANOS {
        return Ok(first);
    }
    let mut answers = vec![first];
    for _ in 1..ANSWERS_PER_TURN {
        answers.push(answer()?);
    }
    Ok(clock::quantile(&answers, 500))
}
