//! SQLite in memory: bit masks, a covering index of the eligible rows, FTS5 for the stories.

use rusqlite::{Connection, params_from_iter};

use super::{Failure, Peer, sql};
use crate::{
    clock,
    oracle::LIMIT,
    world::{Answer, MULTIPLE, Query, Row, SINGLE, VALUES},
};

pub struct Sqlite(Connection);

impl Sqlite {
    pub fn new(rows: &[Row]) -> Result<Self, Failure> {
        let mut connection = Connection::open_in_memory()?;
        let names: Vec<&str> = SINGLE
            .iter()
            .chain(&MULTIPLE)
            .map(|facet| facet.name)
            .collect();
        connection.execute_batch(&format!(
            "create table advocate ({}); \
             create virtual table story using fts5(words, content='', detail=none);",
            sql::columns("integer", "integer")
        ))?;
        let write = connection.transaction()?;
        {
            let places = vec!["?"; 3 + names.len()].join(", ");
            let mut advocate = write.prepare(&format!("insert into advocate values ({places})"))?;
            let mut story = write.prepare("insert into story (rowid, words) values (?, ?)")?;
            for (number, row) in rows.iter().enumerate() {
                let fields = sql::fields(number, row)
                    .into_iter()
                    .map(|field| field as i64);
                advocate.execute(params_from_iter(fields))?;
                let words = row.words.iter().map(|word| format!("w{word}"));
                let words = words.collect::<Vec<_>>().join(" ");
                story.execute((number as i64, words))?;
            }
        }
        write.commit()?;
        connection.execute_batch(&format!(
            "create index live on advocate (activities, {}, products, use_cases, uses, eligible) \
             where eligible = 1; \
             insert into story (story) values ('optimize'); analyze;",
            names[..SINGLE.len()].join(", ")
        ))?;
        Ok(Self(connection))
    }

    fn top(&self, query: &Query) -> Result<Vec<(u32, u8)>, Failure> {
        let words = query.words.iter().map(|(word, points)| {
            format!(" + (id in (select rowid from story where story match 'w{word}')) * {points}")
        });
        let text = format!(
            "select id, {}{} as score from advocate where {} order by score desc, uses, id limit {LIMIT}",
            sql::score(query),
            words.collect::<String>(),
            sql::filter(query)
        );
        let mut statement = self.0.prepare(&text)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn counts(&self, query: &Query) -> Result<Vec<u32>, Failure> {
        let mut counts = vec![0; VALUES];
        let filter = sql::filter(query);
        let groups = SINGLE.iter().map(|facet| {
            format!(
                "select {} + {}, count(*) from met group by 1",
                facet.first, facet.name
            )
        });
        let text = format!(
            "with met as materialized (select * from advocate where {filter}) {}",
            groups.collect::<Vec<_>>().join(" union all ")
        );
        let mut statement = self.0.prepare(&text)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            let (value, count): (usize, u32) = row?;
            counts[value] = count;
        }
        let text = format!("select {} from advocate where {filter}", sql::mask_sums());
        let mut statement = self.0.prepare(&text)?;
        let first = usize::from(MULTIPLE[0].first);
        statement.query_row([], |row| {
            for (place, count) in counts[first..].iter_mut().enumerate() {
                *count = row.get::<_, Option<u32>>(place)?.unwrap_or(0);
            }
            Ok(())
        })?;
        Ok(counts)
    }
}

impl Peer for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite"
    }

    fn ask(&mut self, query: &Query) -> Result<(Answer, u64), Failure> {
        let start = clock::thread();
        let rows = self.top(query)?;
        let counts = self.counts(query)?;
        let taken = clock::thread() - start;
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
