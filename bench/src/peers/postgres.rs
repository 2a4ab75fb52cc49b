//! PostgreSQL: a GIN index over the values of eligible rows, a tsvector per story, masks for the
//! score. What its backend uses is read from the kernel's account of that process.

use std::io::Write;

use postgres::{Client, NoTls, SimpleQueryMessage, SimpleQueryRow};

use super::{Failure, Peer, sql};
use crate::{
    oracle::LIMIT,
    world::{Answer, Query, Row, VALUES},
};

pub struct Postgres {
    client: Client,
    backend: i32,
}

impl Postgres {
    pub fn new(url: &str, rows: &[Row]) -> Result<Self, Failure> {
        let mut client = Client::connect(url, NoTls)?;
        client.batch_execute(&format!(
            "drop table if exists advocate; \
             create unlogged table advocate ({}, values int[] not null, story tsvector not null)",
            sql::columns("smallint", "bigint")
        ))?;
        let mut copy = client.copy_in("copy advocate from stdin")?;
        for (number, row) in rows.iter().enumerate() {
            let fields = sql::fields(number, row)
                .into_iter()
                .map(|field| field.to_string());
            let values = row
                .values()
                .iter()
                .map(u32::to_string)
                .collect::<Vec<_>>()
                .join(",");
            let words = row.words.iter().map(|word| format!("w{word}"));
            let words = words.collect::<Vec<_>>().join(" ");
            let fields = fields.collect::<Vec<_>>().join("\t");
            writeln!(copy, "{fields}\t{{{values}}}\t{words}")?;
        }
        copy.finish()?;
        client.batch_execute(
            "create index on advocate using gin (values) with (fastupdate = off) where eligible = 1; \
             create index on advocate using gin (story) with (fastupdate = off); \
             set max_parallel_workers_per_gather = 0; set jit = off; set work_mem = '256MB'",
        )?;
        client.batch_execute("vacuum analyze advocate")?;
        let backend = client.query_one("select pg_backend_pid()", &[])?.get(0);
        Ok(Self { client, backend })
    }

    fn used(&self) -> Result<u64, Failure> {
        let account = std::fs::read_to_string(format!("/proc/{}/schedstat", self.backend))?;
        let used = account
            .split_whitespace()
            .next()
            .ok_or("an account of the backend")?;
        Ok(used.parse()?)
    }

    fn rows(&mut self, text: &str) -> Result<Vec<SimpleQueryRow>, Failure> {
        let messages = self.client.simple_query(text)?;
        let rows = messages.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        Ok(rows.collect())
    }
}

/// Two numbers of a row.
fn pair<T: std::str::FromStr<Err: std::error::Error + 'static>>(
    row: &SimpleQueryRow,
) -> Result<(u32, T), Failure> {
    let one = row.get(0).ok_or("a first column")?.parse()?;
    let other = row.get(1).ok_or("a second column")?.parse()?;
    Ok((one, other))
}

impl Peer for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    fn ask(&mut self, query: &Query) -> Result<(Answer, u64), Failure> {
        let musts = query
            .musts
            .iter()
            .map(u16::to_string)
            .collect::<Vec<_>>()
            .join(",");
        let filter = format!("eligible = 1 and values @> '{{{musts}}}'");
        let words = query.words.iter().map(|(word, points)| {
            format!(" + case when story @@ 'w{word}'::tsquery then {points} else 0 end")
        });
        let top = format!(
            "select id, {}{} as score from advocate where {filter} \
             order by score desc, uses, id limit {LIMIT}",
            sql::score(query),
            words.collect::<String>()
        );
        let facets = format!(
            "select value, count(*) from advocate, unnest(values) value where {filter} group by value"
        );
        let start = self.used()?;
        let best = self.rows(&top)?;
        let counted = self.rows(&facets)?;
        let taken = self.used()? - start;
        let mut counts = vec![0; VALUES];
        for row in &counted {
            let (value, count) = pair(row)?;
            counts[value as usize] = count;
        }
        let rows = best.iter().map(pair).collect::<Result<_, _>>()?;
        let total = sql::total(query, &counts);
        Ok((
            Answer {
                rows,
                counts,
                total,
            },
            taken,
        ))
    }
}
