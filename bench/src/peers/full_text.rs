//! tantivy in memory, one segment: an `eligible` term, filters and words as terms of constant score,
//! everything else in packed fast fields, and one collector that ranks and counts in one pass.

use std::cmp::Reverse;

use tantivy::{
    DocId, Index, IndexReader, IndexWriter, ReloadPolicy, Score, SegmentOrdinal, SegmentReader,
    TantivyDocument, Term,
    collector::{Collector, SegmentCollector},
    columnar::Column,
    merge_policy::{LogMergePolicy, NoMergePolicy},
    query::{BooleanQuery, ConstScoreQuery, Occur, Query as Asked, TermQuery},
    schema::{FAST, Field, INDEXED, IndexRecordOption, Schema},
};

use super::{Failure, Peer};
use crate::{
    clock,
    oracle::LIMIT,
    world::{Answer, MULTIPLE, Query, Row, SINGLE, USE_POINTS, USES_MAX, VALUES},
};

/// Besides the values of facets.
const ELIGIBLE: u64 = VALUES as u64;
const WRITER_BYTES: usize = 256 << 20;

pub struct FullText {
    writer: IndexWriter,
    reader: IndexReader,
    fields: Fields,
}

#[derive(Clone, Copy)]
struct Fields {
    number: Field,
    value: Field,
    word: Field,
    single: Field,
    masks: [Field; 3],
    uses: Field,
}

impl FullText {
    pub fn new(rows: &[Row]) -> Result<Self, Failure> {
        let mut schema = Schema::builder();
        let fields = Fields {
            number: schema.add_u64_field("number", INDEXED | FAST),
            value: schema.add_u64_field("value", INDEXED),
            word: schema.add_u64_field("word", INDEXED),
            single: schema.add_u64_field("single", FAST),
            masks: MULTIPLE.map(|facet| schema.add_u64_field(facet.name, FAST)),
            uses: schema.add_u64_field("uses", FAST),
        };
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        // All of it becomes one segment at the end; merges on the way would take segments from under it.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for (number, row) in rows.iter().enumerate() {
            writer.add_document(document(fields, number, row))?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.set_merge_policy(Box::new(LogMergePolicy::default()));
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            writer,
            reader,
            fields,
        })
    }

    /// Replaces a row and waits until the next search sees it: processor time of all its threads,
    /// and time on the wall.
    pub fn update(&mut self, number: usize, row: &Row) -> Result<(u64, u64), Failure> {
        let (used, start) = (clock::process(), clock::wall());
        self.writer
            .delete_term(Term::from_field_u64(self.fields.number, number as u64));
        self.writer
            .add_document(document(self.fields, number, row))?;
        self.writer.commit()?;
        self.reader.reload()?;
        Ok((clock::process() - used, clock::wall() - start))
    }

    fn term(&self, field: Field, value: u64, points: u8) -> Box<dyn Asked> {
        let term = TermQuery::new(Term::from_field_u64(field, value), IndexRecordOption::Basic);
        Box::new(ConstScoreQuery::new(Box::new(term), f32::from(points)))
    }
}

fn document(fields: Fields, number: usize, row: &Row) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_u64(fields.number, number as u64);
    for value in row.values() {
        document.add_u64(fields.value, u64::from(value));
    }
    if row.eligible() {
        document.add_u64(fields.value, ELIGIBLE);
    }
    for word in &row.words {
        document.add_u64(fields.word, u64::from(*word));
    }
    document.add_u64(fields.single, u64::from_le_bytes(row.single));
    for (field, mask) in fields.masks.iter().zip(row.masks) {
        document.add_u64(*field, mask);
    }
    document.add_u64(fields.uses, u64::from(row.uses));
    document
}

impl Peer for FullText {
    fn name(&self) -> &'static str {
        "tantivy"
    }

    fn ask(&mut self, query: &Query) -> Result<(Answer, u64), Failure> {
        let start = clock::thread();
        let mut clauses = vec![(Occur::Must, self.term(self.fields.value, ELIGIBLE, 0))];
        for must in &query.musts {
            clauses.push((
                Occur::Must,
                self.term(self.fields.value, u64::from(*must), 0),
            ));
        }
        for (word, points) in &query.words {
            clauses.push((
                Occur::Should,
                self.term(self.fields.word, u64::from(*word), *points),
            ));
        }
        let answer = self
            .reader
            .searcher()
            .search(&BooleanQuery::new(clauses), &Ranking::new(query))?;
        Ok((answer, clock::thread() - start))
    }
}

/// The points of each value.
#[derive(Clone)]
struct Ranking {
    points: Vec<u8>,
    wanted: [Vec<(u32, u8)>; 3],
}

impl Ranking {
    fn new(query: &Query) -> Self {
        let mut points = vec![0; VALUES];
        for wish in &query.wishes {
            for value in &wish.values {
                points[usize::from(*value)] += wish.points;
            }
        }
        let wanted = MULTIPLE.map(|facet| {
            let places = (0..facet.values)
                .map(|place| (u32::from(place), points[usize::from(facet.first + place)]));
            places.filter(|(_, points)| *points > 0).collect()
        });
        Self { points, wanted }
    }
}

struct OfSegment {
    ranking: Ranking,
    number: Column<u64>,
    single: Column<u64>,
    masks: [Column<u64>; 3],
    uses: Column<u64>,
    best: Vec<(Reverse<u8>, u8, u32)>,
    counts: Vec<u32>,
    total: u32,
}

type Found = (Vec<(Reverse<u8>, u8, u32)>, Vec<u32>, u32);

impl Collector for Ranking {
    type Fruit = Answer;
    type Child = OfSegment;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<OfSegment> {
        let fast = segment.fast_fields();
        Ok(OfSegment {
            ranking: self.clone(),
            number: fast.u64("number")?,
            single: fast.u64("single")?,
            masks: [
                fast.u64("products")?,
                fast.u64("use_cases")?,
                fast.u64("activities")?,
            ],
            uses: fast.u64("uses")?,
            best: Vec::with_capacity(LIMIT + 1),
            counts: vec![0; VALUES],
            total: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Found>) -> tantivy::Result<Answer> {
        let mut best = Vec::new();
        let mut counts = vec![0; VALUES];
        let mut total = 0;
        for (found, counted, matching) in fruits {
            best.extend(found);
            total += matching;
            for (count, more) in counts.iter_mut().zip(counted) {
                *count += more;
            }
        }
        best.sort_unstable();
        best.truncate(LIMIT);
        let rows = best
            .into_iter()
            .map(|(score, _, number)| (number, score.0))
            .collect();
        Ok(Answer {
            rows,
            counts,
            total,
        })
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, words: Score) {
        let uses = self.uses.values.get_val(doc) as u8;
        let mut score = (USES_MAX - uses) * USE_POINTS + words as u8;
        for (facet, place) in SINGLE
            .iter()
            .zip(self.single.values.get_val(doc).to_le_bytes())
        {
            let value = usize::from(facet.first) + usize::from(place);
            score += self.ranking.points[value];
            self.counts[value] += 1;
        }
        for ((facet, column), wanted) in MULTIPLE.iter().zip(&self.masks).zip(&self.ranking.wanted)
        {
            let mask = column.values.get_val(doc);
            for (place, points) in wanted {
                score += points * (mask >> place & 1) as u8;
            }
            let mut left = mask;
            while left != 0 {
                self.counts[usize::from(facet.first) + left.trailing_zeros() as usize] += 1;
                left &= left - 1;
            }
        }
        self.total += 1;
        let worst = self.best.last().filter(|_| self.best.len() == LIMIT);
        if worst.is_none_or(|worst| (Reverse(score), uses) <= (worst.0, worst.1)) {
            let this = (Reverse(score), uses, self.number.values.get_val(doc) as u32);
            let place = self.best.partition_point(|other| *other < this);
            self.best.insert(place, this);
            self.best.truncate(LIMIT);
        }
    }

    fn harvest(self) -> Found {
        (self.best, self.counts, self.total)
    }
}
