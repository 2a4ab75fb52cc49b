//! The population and the queries, made from a seed: what every engine loads and is asked.

use crate::random::{Random, Zipf};

/// A facet's name, its first value and how many values it has. Values are numbered through.
pub struct Facet {
    pub name: &'static str,
    pub first: u16,
    pub values: u16,
}

const fn facet(name: &'static str, first: u16, values: u16) -> Facet {
    Facet {
        name,
        first,
        values,
    }
}

pub const INDUSTRY: Facet = facet("industry", 0, 24);
pub const SUB_INDUSTRY: Facet = facet("sub_industry", 24, 168);
pub const REGION: Facet = facet("region", 192, 6);
pub const COUNTRY: Facet = facet("country", 198, 60);
pub const SIZE: Facet = facet("size", 258, 6);
pub const PERSONA: Facet = facet("persona", 264, 12);
pub const SENIORITY: Facet = facet("seniority", 276, 5);
pub const LANGUAGE: Facet = facet("language", 281, 20);
pub const PRODUCT: Facet = facet("products", 301, 40);
pub const USE_CASE: Facet = facet("use_cases", 341, 48);
pub const ACTIVITY: Facet = facet("activities", 389, 12);
/// Of all facets.
pub const VALUES: usize = 401;
/// Facets of which a row holds exactly one value, in the order of [`Row::single`].
pub const SINGLE: [Facet; 8] = [
    INDUSTRY,
    SUB_INDUSTRY,
    REGION,
    COUNTRY,
    SIZE,
    PERSONA,
    SENIORITY,
    LANGUAGE,
];
/// Facets of which a row holds any number of values, in the order of [`Row::masks`].
pub const MULTIPLE: [Facet; 3] = [PRODUCT, USE_CASE, ACTIVITY];
/// Words that stories are made of.
pub const WORDS: u64 = 20_000;
/// Recent uses are counted up to here.
pub const USES_MAX: u8 = 7;
/// What each recent use costs.
pub const USE_POINTS: u8 = 3;

/// One advocate; its number is its place.
#[derive(Clone)]
pub struct Row {
    /// Places in their facets, in the order of [`SINGLE`].
    pub single: [u8; 8],
    /// A bit per value, in the order of [`MULTIPLE`].
    pub masks: [u64; 3],
    /// Ascending, each once.
    pub words: Vec<u32>,
    pub uses: u8,
    pub active: bool,
    pub consented: bool,
    pub resting: bool,
    pub capacity: u8,
    pub embargoed: bool,
}

impl Row {
    /// All that does not depend on the query.
    pub fn eligible(&self) -> bool {
        self.active && self.consented && !self.resting && self.capacity > 0 && !self.embargoed
    }

    /// The row's values, ascending.
    pub fn values(&self) -> Vec<u32> {
        let single = SINGLE.iter().zip(self.single);
        let mut values: Vec<u32> = single
            .map(|(facet, place)| u32::from(facet.first) + u32::from(place))
            .collect();
        for (facet, mask) in MULTIPLE.iter().zip(self.masks) {
            let held = (0..u32::from(facet.values)).filter(|place| mask >> place & 1 == 1);
            values.extend(held.map(|place| u32::from(facet.first) + place));
        }
        values
    }
}

/// Any of the values gives the points; the second step of an ordinal facet is its neighbours.
#[derive(Clone, Debug)]
pub struct Wish {
    pub values: Vec<u16>,
    pub points: u8,
}

/// One question: the first twenty by score, then fewer uses, then the lower number.
#[derive(Clone, Debug)]
pub struct Query {
    /// Values that are demanded; the first is the activity.
    pub musts: Vec<u16>,
    pub wishes: Vec<Wish>,
    /// Words with the points that each gives.
    pub words: Vec<(u32, u8)>,
}

/// What every engine has to answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Number and score, best first.
    pub rows: Vec<(u32, u8)>,
    /// By value, over all rows that meet the musts.
    pub counts: Vec<u32>,
    pub total: u32,
}

/// The frequencies that rows and queries share.
pub struct World {
    single: Vec<Zipf>,
    multiple: Vec<Zipf>,
    words: Zipf,
}

impl World {
    pub fn new() -> Self {
        let zipf = |facet: &Facet| Zipf::new(u64::from(facet.values));
        Self {
            single: SINGLE.iter().map(zipf).collect(),
            multiple: MULTIPLE.iter().map(zipf).collect(),
            words: Zipf::new(WORDS),
        }
    }

    /// The population; accounts of two to three advocates share what is the account's.
    pub fn rows(&self, count: usize, seed: u64) -> Vec<Row> {
        let mut random = Random(seed);
        let accounts = (count * 2 / 5).max(1);
        let shared: Vec<([u8; 5], bool)> =
            (0..accounts).map(|_| self.account(&mut random)).collect();
        (0..count)
            .map(|_| {
                let account = shared[random.below(accounts as u64) as usize];
                self.row(&mut random, account)
            })
            .collect()
    }

    /// Industry, sub-industry, region, country, size; embargoed.
    fn account(&self, random: &mut Random) -> ([u8; 5], bool) {
        let industry = self.single[0].draw(random) as u8;
        let region = self.single[2].draw(random) as u8;
        let sub = industry * 7 + random.below(7) as u8;
        let country = region * 10 + (random.below(10) * random.below(10) / 10) as u8;
        let size = self.single[4].draw(random) as u8;
        ([industry, sub, region, country, size], random.percent(6))
    }

    fn row(&self, random: &mut Random, (account, embargoed): ([u8; 5], bool)) -> Row {
        let mut single = [0; 8];
        single[..5].copy_from_slice(&account);
        for (place, zipf) in self.single.iter().enumerate().skip(5) {
            single[place] = zipf.draw(random) as u8;
        }
        let mut masks = [0; 3];
        for (mask, (zipf, most)) in masks.iter_mut().zip(self.multiple.iter().zip([5, 4, 0])) {
            for _ in 0..most.min(1 + random.below(5)) {
                *mask |= 1 << zipf.draw(random);
            }
        }
        for activity in 0..u64::from(ACTIVITY.values) {
            masks[2] |= u64::from(random.percent(60 - activity * 4)) << activity;
        }
        let mut words: Vec<u32> = (0..34).map(|_| self.words.draw(random)).collect();
        words.sort_unstable();
        words.dedup();
        Row {
            single,
            masks,
            words,
            uses: (random.below(8) * random.below(8) / 8) as u8,
            active: random.percent(78),
            consented: random.percent(88),
            resting: random.percent(20),
            capacity: if random.percent(13) {
                0
            } else {
                1 + random.below(4) as u8
            },
            embargoed,
        }
    }

    /// The questions. Points add up to at most 255 with the uses.
    pub fn queries(&self, rows: &[Row], count: usize, seed: u64) -> Vec<Query> {
        let mut random = Random(seed);
        let mut holders = vec![0_u64; WORDS as usize];
        for word in rows.iter().flat_map(|row| &row.words) {
            holders[*word as usize] += 1;
        }
        let rarity = |word: u32| {
            let ratio = rows.len() as u64 / holders[word as usize].max(1);
            (ratio.max(1).ilog2() + 1).min(12) as u8
        };
        (0..count)
            .map(|_| self.query(&mut random, &rarity))
            .collect()
    }

    fn query(&self, random: &mut Random, rarity: &impl Fn(u32) -> u8) -> Query {
        let mut wishes = Vec::new();
        let mut wish = |values: Vec<u16>, points: u8| wishes.push(Wish { values, points });
        let mut drawn = [0; 8];
        for (place, facet) in SINGLE.iter().enumerate() {
            let value = self.single[place].draw(random) as u16;
            let points = 4 + 2 * random.below(7) as u8;
            drawn[place] = facet.first + value;
            wish(vec![drawn[place]], points);
            if facet.name == "size" || facet.name == "seniority" {
                let beside = [value.checked_sub(1), Some(value + 1)]
                    .into_iter()
                    .flatten();
                let beside = beside.filter(|value| *value < facet.values);
                wish(
                    beside.map(|value| facet.first + value).collect(),
                    points / 2,
                );
            }
        }
        let activity = ACTIVITY.first + random.below(12) as u16;
        for (zipf, facet) in self.multiple[..2].iter().zip([PRODUCT, USE_CASE]) {
            let first = zipf.draw(random) as u16;
            let second = (first + 1 + zipf.draw(random) as u16) % facet.values;
            let second = if second == first {
                (second + 1) % facet.values
            } else {
                second
            };
            wish(vec![facet.first + first], 2 + random.below(7) as u8);
            wish(vec![facet.first + second], 2 + random.below(7) as u8);
        }
        let other = ACTIVITY.first + (activity - ACTIVITY.first + 1 + random.below(11) as u16) % 12;
        wish(vec![other], 2 + random.below(7) as u8);
        let mut musts = vec![activity];
        musts.extend(random.percent(30).then_some(drawn[2]));
        musts.extend(random.percent(15).then_some(drawn[7]));
        let product = PRODUCT.first + self.multiple[0].draw(random) as u16;
        musts.extend(random.percent(15).then_some(product));
        let mut words: Vec<u32> = (0..3).map(|_| self.words.draw(random)).collect();
        words.sort_unstable();
        words.dedup();
        let words = words.into_iter().map(|word| (word, rarity(word))).collect();
        Query {
            musts,
            wishes,
            words,
        }
    }
}
