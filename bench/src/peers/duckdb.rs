//! DuckDB in memory with one thread, in a Python process beside this one: masks for score and filter,
//! a list of values for the counts, a table of postings.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use super::{Failure, Peer, sql};
use crate::{
    oracle::LIMIT,
    world::{Answer, Query, Row, VALUES},
};

/// Takes lists of statements, gives back the rows of each and the thread's processor time.
const DRIVER: &str = r#"
import duckdb, json, sys, time
connection = duckdb.connect(config={"threads": 1})
connection.execute("set enable_progress_bar = false")
for line in sys.stdin:
    start = time.thread_time_ns()
    answers = [connection.execute(text).fetchall() for text in json.loads(line)]
    taken = time.thread_time_ns() - start
    print(json.dumps({"taken": taken, "answers": answers}, default=str), flush=True)
"#;

pub struct DuckDb {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

#[derive(serde::Deserialize)]
struct Reply {
    taken: u64,
    answers: Vec<Vec<Vec<serde_json::Value>>>,
}

impl DuckDb {
    /// `python` has the package duckdb; files are handed over in `folder`.
    pub fn new(python: &str, folder: &Path, rows: &[Row]) -> Result<Self, Failure> {
        let mut process = Command::new(python)
            .args(["-c", DRIVER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let to = process.stdin.take().ok_or("a way to the driver")?;
        let from = BufReader::new(process.stdout.take().ok_or("a way from the driver")?);
        let mut peer = Self { process, to, from };
        let (advocates, postings) = (folder.join("advocates.csv"), folder.join("postings.csv"));
        write_files(&advocates, &postings, rows)?;
        peer.run(&[
            format!(
                "create table advocate ({}, held usmallint[])",
                sql::columns("utinyint", "ubigint")
            ),
            format!(
                "copy advocate from '{}' (header false, delimiter '|')",
                advocates.display()
            ),
            "create table loaded (word integer, id integer)".to_owned(),
            format!("copy loaded from '{}' (header false)", postings.display()),
            "create table postings as select * from loaded order by word, id".to_owned(),
            "drop table loaded".to_owned(),
        ])?;
        Ok(peer)
    }

    /// The bytes of memory that it says its data takes.
    pub fn bytes(&mut self) -> Result<u64, Failure> {
        let text = "select sum(memory_usage_bytes)::bigint from duckdb_memory()".to_owned();
        let reply = self.run(&[text])?;
        number(&reply.answers[0][0][0])
    }

    fn run(&mut self, statements: &[String]) -> Result<Reply, Failure> {
        serde_json::to_writer(&mut self.to, statements)?;
        self.to.write_all(b"\n")?;
        self.to.flush()?;
        let mut line = String::new();
        self.from.read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for DuckDb {
    fn drop(&mut self) {
        // Without its input the driver ends by itself; a kill makes sure of it.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn write_files(advocates: &Path, postings: &Path, rows: &[Row]) -> Result<(), Failure> {
    let mut advocate = std::io::BufWriter::new(std::fs::File::create(advocates)?);
    let mut posting = std::io::BufWriter::new(std::fs::File::create(postings)?);
    for (number, row) in rows.iter().enumerate() {
        let fields = sql::fields(number, row)
            .into_iter()
            .map(|field| field.to_string());
        let fields = fields.collect::<Vec<_>>().join("|");
        writeln!(advocate, "{fields}|{:?}", row.values())?;
        for word in &row.words {
            writeln!(posting, "{word},{number}")?;
        }
    }
    advocate.flush()?;
    Ok(posting.flush()?)
}

fn number<T: TryFrom<u64>>(value: &serde_json::Value) -> Result<T, Failure> {
    let read = value.as_u64().or_else(|| value.as_str()?.parse().ok());
    read.and_then(|read| T::try_from(read).ok())
        .ok_or_else(|| format!("{value} is no number").into())
}

impl Peer for DuckDb {
    fn name(&self) -> &'static str {
        "DuckDB"
    }

    fn ask(&mut self, query: &Query) -> Result<(Answer, u64), Failure> {
        let (score, filter) = (sql::score(query), sql::filter(query));
        let words = query.words.iter().map(|(word, _)| word.to_string());
        let words = words.collect::<Vec<_>>().join(", ");
        let points = query
            .words
            .iter()
            .map(|(word, points)| format!("when {word} then {points}"));
        let points = points.collect::<Vec<_>>().join(" ");
        let reply = self.run(&[
            format!(
                "select id, ({score} + coalesce(told.points, 0))::integer as score from advocate \
                 left join (select id, sum(case word {points} end) as points from postings \
                 where word in ({words}) group by id) told using (id) where {filter} \
                 order by score desc, uses, id limit {LIMIT}"
            ),
            format!(
                "select place, count(*) from (select unnest(held) as place from advocate \
                 where {filter}) group by place"
            ),
        ])?;
        let mut counts = vec![0; VALUES];
        for row in &reply.answers[1] {
            counts[number::<usize>(&row[0])?] = number(&row[1])?;
        }
        let rows = reply.answers[0]
            .iter()
            .map(|row| Ok((number(&row[0])?, number(&row[1])?)));
        let rows = rows.collect::<Result<_, Failure>>()?;
        let total = sql::total(query, &counts);
        Ok((
            Answer {
                rows,
                counts,
                total,
            },
            reply.taken,
        ))
    }
}
