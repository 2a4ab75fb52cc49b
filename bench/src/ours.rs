//! The workload on the engine of `matching`: which sets there are and what each is worth.

use std::sync::Arc;

use matching::engine::{
    Bitmap, Counting, Kernel, List, Part, Rows, Selection, Top, count_by_lists, count_by_sets, rank,
};

use crate::{
    kept::Kept,
    oracle::LIMIT,
    world::{Answer, Query, Row, USE_POINTS, USES_MAX, VALUES, WORDS},
};

/// Words that more than one row in so many holds are bitmaps, all others lists: as in the product.
const COMMON: usize = 32;

/// A clone shares everything until one of the two is written.
#[derive(Clone)]
pub struct Table {
    rows: u32,
    standing: Standing,
    values: Arc<Vec<Bitmap>>,
    words: Arc<Vec<Word>>,
    lists: Arc<Lists>,
}

/// What changes with every use.
#[derive(Clone)]
struct Standing {
    eligible: Bitmap,
    /// The uses that an advocate still has before it counts as worn out, in base two.
    fresh: [Bitmap; 3],
    kept: Kept,
}

enum Word {
    Common(Bitmap),
    Rare(List),
}

/// The values of each row, side by side.
struct Lists {
    starts: Vec<u32>,
    values: Vec<u16>,
}

impl Lists {
    fn of(&self, row: u32) -> &[u16] {
        let row = row as usize;
        &self.values[self.starts[row] as usize..self.starts[row + 1] as usize]
    }
}

/// Why a row has its score: the points of each wish, each word and the uses, in this order.
pub type Reason = Vec<u8>;

impl Table {
    pub fn new(rows: &[Row]) -> Self {
        let mut values = vec![Bitmap::default(); VALUES];
        let mut postings = vec![Vec::new(); WORDS as usize];
        let mut lists = Lists {
            starts: vec![0],
            values: Vec::new(),
        };
        for (number, row) in (0..).zip(rows) {
            for value in row.values() {
                values[value as usize].insert(number);
                lists.values.push(value as u16);
            }
            lists.starts.push(lists.values.len() as u32);
            for word in &row.words {
                postings[*word as usize].push(number);
            }
        }
        let words = postings.into_iter().map(|list: Vec<u32>| {
            if list.len() > rows.len() / COMMON {
                Word::Common(Bitmap::of(list))
            } else {
                Word::Rare(List::of(list))
            }
        });
        lists.values.shrink_to_fit();
        let kept = Kept::new((0..rows.len()).map(|row| lists.of(row as u32)));
        let mut table = Self {
            rows: rows.len() as u32,
            standing: Standing {
                eligible: Bitmap::default(),
                fresh: Default::default(),
                kept,
            },
            values: Arc::new(values),
            words: Arc::new(words.collect()),
            lists: Arc::new(lists),
        };
        for (number, row) in (0..).zip(rows) {
            table.set_standing(number, row.eligible(), row.uses);
        }
        table
    }

    /// What a use, a rest or its end does to a row.
    pub fn set_standing(&mut self, row: u32, eligible: bool, uses: u8) {
        for (plane, set) in self.standing.fresh.iter_mut().enumerate() {
            set.set(row, (USES_MAX - uses) >> plane & 1 == 1);
        }
        if self.standing.eligible.contains(row) == eligible {
            return;
        }
        self.standing.eligible.set(row, eligible);
        self.standing.kept.change(self.lists.of(row), eligible);
    }

    /// The answer with the reasons of its rows.
    pub fn answer(&self, query: &Query, kernel: Kernel) -> (Answer, Vec<Reason>) {
        let selection = self.selection(query, kernel);
        let parts = self.parts(query);
        let mut top = Top::new(LIMIT, |row| self.worn(row));
        rank(&selection, &parts, kernel, &mut top);
        let rows: Vec<(u32, u8)> = top.rows().collect();
        let reasons = rows.iter().map(|(row, _)| {
            let given = parts.iter().map(|part| {
                if part.rows.contains(*row) {
                    part.points
                } else {
                    0
                }
            });
            given.collect()
        });
        let reasons = reasons.collect();
        let answer = Answer {
            counts: self.counts(query, &selection, kernel),
            total: selection.count() as u32,
            rows,
        };
        (answer, reasons)
    }

    /// The first rows alone, for the scan by itself.
    pub fn top(&self, query: &Query, kernel: Kernel) -> Vec<(u32, u8)> {
        let selection = self.selection(query, kernel);
        let mut top = Top::new(LIMIT, |row| self.worn(row));
        rank(&selection, &self.parts(query), kernel, &mut top);
        top.rows().collect()
    }

    pub fn is_eligible(&self, row: u32) -> bool {
        self.standing.eligible.contains(row)
    }

    /// The bytes of everything that it holds.
    pub fn bytes(&self) -> usize {
        let sets = self.values.iter().chain(&self.standing.fresh);
        let sets: usize = sets
            .chain([&self.standing.eligible])
            .map(Bitmap::bytes)
            .sum();
        let words = self.words.iter().map(|word| match word {
            Word::Common(set) => set.bytes(),
            Word::Rare(list) => list.bytes(),
        });
        let words = words.sum::<usize>() + self.words.len() * size_of::<Word>();
        let lists = self.lists.starts.capacity() * 4 + self.lists.values.capacity() * 2;
        sets + words + lists + self.standing.kept.bytes()
    }

    /// The bytes of all sets that a query reads.
    pub fn bytes_read(&self, query: &Query) -> usize {
        let dense = query.musts.len() + 1 + 3;
        let wished: usize = query.wishes.iter().map(|wish| wish.values.len()).sum();
        let words = query
            .words
            .iter()
            .map(|(word, _)| match &self.words[*word as usize] {
                Word::Common(_) => self.rows as usize / 8,
                Word::Rare(list) => list.bytes(),
            });
        (dense + wished) * self.rows as usize / 8 + words.sum::<usize>()
    }

    fn selection(&self, query: &Query, kernel: Kernel) -> Selection {
        let mut conditions = vec![Rows::Bitmap(&self.standing.eligible)];
        conditions.extend(
            query
                .musts
                .iter()
                .map(|value| Rows::Bitmap(self.value(*value))),
        );
        Selection::new(self.rows, &conditions, &[], kernel)
    }

    fn parts(&self, query: &Query) -> Vec<Part<'_>> {
        let wishes = query.wishes.iter().map(|wish| {
            let rows = match wish.values[..] {
                [value] => Rows::Bitmap(self.value(value)),
                _ => {
                    let sets = wish
                        .values
                        .iter()
                        .map(|value| Rows::Bitmap(self.value(*value)));
                    Rows::AnyOf(sets.collect())
                }
            };
            Part {
                rows,
                points: wish.points,
            }
        });
        let words = query.words.iter().map(|(word, points)| Part {
            rows: match &self.words[*word as usize] {
                Word::Common(set) => Rows::Bitmap(set),
                Word::Rare(list) => Rows::List(list),
            },
            points: *points,
        });
        let fresh = (0..).zip(&self.standing.fresh).map(|(plane, set)| Part {
            rows: Rows::Bitmap(set),
            points: USE_POINTS << plane,
        });
        wishes.chain(words).chain(fresh).collect()
    }

    fn counts(&self, query: &Query, selection: &Selection, kernel: Kernel) -> Vec<u32> {
        match self.standing.kept.of(&query.musts) {
            Some(counts) => counts,
            None => match Counting::cheaper(selection, VALUES) {
                Counting::BySets => count_by_sets(selection, self.values.iter(), kernel),
                Counting::ByLists => count_by_lists(selection, VALUES, |row| self.lists.of(row)),
            },
        }
    }

    fn value(&self, value: u16) -> &Bitmap {
        &self.values[usize::from(value)]
    }

    fn worn(&self, row: u32) -> u32 {
        let fresh = (0..).zip(&self.standing.fresh);
        let fresh: u32 = fresh
            .map(|(plane, set)| u32::from(set.contains(row)) << plane)
            .sum();
        u32::from(USES_MAX) - fresh
    }
}
