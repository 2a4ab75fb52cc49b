//! Counts that are kept for filters that many rows meet: an activity with none, one or two values of
//! the facets that are often demanded beside it. The rows of all other filters are few, and are
//! counted when somebody asks.

use std::sync::Arc;

use crate::world::{ACTIVITY, Facet, LANGUAGE, PRODUCT, REGION, VALUES};

/// Facets of which a value is often demanded beside the activity.
const PAIRED: [Facet; 3] = [REGION, LANGUAGE, PRODUCT];
/// Places of their values; the first place stands for none.
const PLACES: usize = 1 + (REGION.values + LANGUAGE.values + PRODUCT.values) as usize;
/// A filter is kept where one row in so many holds its values.
const OFTEN: usize = 32;
/// Changes that every reader adds up, so that a write copies this list and no counts.
const WAITING_MAX: usize = 64;

/// Two places, the lower one first; the rows that hold both meet the filter.
type Filter = (usize, usize);

/// A clone shares everything until one of the two is written.
#[derive(Clone)]
pub struct Kept {
    /// The numbers of the filters that are kept, by both places.
    numbers: Arc<Vec<Option<u16>>>,
    /// By activity, then by filter.
    counts: Vec<Arc<Vec<Arc<[u32]>>>>,
    /// What came or went since these were counted.
    waiting: Arc<Waiting>,
}

/// Rows that came or went, by their values: readers find them in one place.
#[derive(Clone, Default)]
struct Waiting {
    came: Vec<bool>,
    /// Where the values of each row end.
    ends: Vec<usize>,
    values: Vec<u16>,
}

impl Waiting {
    fn push(&mut self, values: &[u16], came: bool) {
        self.values.extend(values);
        self.ends.push(self.values.len());
        self.came.push(came);
    }

    fn iter(&self) -> impl Iterator<Item = (&[u16], bool)> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        let spans = starts.zip(&self.ends).zip(&self.came);
        spans.map(|((start, end), came)| (&self.values[start..*end], *came))
    }
}

impl Kept {
    /// Chooses the filters by what the rows hold, eligible or not; none of them came yet.
    pub fn new<'a>(rows: impl ExactSizeIterator<Item = &'a [u16]>) -> Self {
        let count = rows.len();
        let mut held = vec![0; PLACES * PLACES];
        for values in rows {
            for (one, other) in filters(values) {
                held[one * PLACES + other] += 1;
            }
        }
        let mut filters = 0;
        let numbers = held.iter().map(|held| {
            let is_kept = *held > count / OFTEN;
            is_kept.then(|| {
                filters += 1;
                filters - 1
            })
        });
        let numbers: Vec<Option<u16>> = numbers.collect();
        let none: Arc<[u32]> = vec![0; VALUES].into();
        let of_activity = Arc::new(vec![none; usize::from(filters)]);
        Self {
            numbers: Arc::new(numbers),
            counts: vec![of_activity; usize::from(ACTIVITY.values)],
            waiting: Arc::default(),
        }
    }

    /// A row with these values came into what is counted, or went out of it.
    pub fn change(&mut self, values: &[u16], came: bool) {
        let waiting = Arc::make_mut(&mut self.waiting);
        waiting.push(values, came);
        if waiting.came.len() < WAITING_MAX {
            return;
        }
        for (values, came) in std::mem::take(waiting).iter() {
            self.add_up(values, came);
        }
    }

    /// By value, how many rows that meet the musts hold it; `None` where that is not kept.
    pub fn of(&self, musts: &[u16]) -> Option<Vec<u32>> {
        let (activity, values) = musts.split_first()?;
        let (one, other) = match values {
            [] => (0, 0),
            [value] => (0, place(*value)?),
            [one, other] => {
                let (one, other) = (place(*one)?, place(*other)?);
                (one.min(other), one.max(other))
            }
            _ => return None,
        };
        let number = self.numbers[one * PLACES + other]?;
        let mut counts = self.counts[activity_of(*activity)?][usize::from(number)].to_vec();
        for (values, came) in self.waiting.iter() {
            if musts.iter().all(|must| values.contains(must)) {
                add(&mut counts, values, came);
            }
        }
        Some(counts)
    }

    /// The bytes of the counts.
    pub fn bytes(&self) -> usize {
        let counts = self.counts.iter().map(|of_activity| of_activity.len());
        counts.sum::<usize>() * (VALUES * size_of::<u32>() + 24)
            + self.numbers.len() * size_of::<Option<u16>>()
    }

    fn add_up(&mut self, values: &[u16], came: bool) {
        let numbers = filters(values).filter_map(|(one, other)| self.numbers[one * PLACES + other]);
        let numbers: Vec<u16> = numbers.collect();
        for activity in values.iter().filter_map(|value| activity_of(*value)) {
            let of_activity = Arc::make_mut(&mut self.counts[activity]);
            for number in &numbers {
                add(
                    Arc::make_mut(&mut of_activity[usize::from(*number)]),
                    values,
                    came,
                );
            }
        }
    }
}

fn add(counts: &mut [u32], values: &[u16], came: bool) {
    for value in values {
        let count = &mut counts[usize::from(*value)];
        *count = if came { *count + 1 } else { *count - 1 };
    }
}

/// The filters that a row with these values meets beside its activities.
fn filters(values: &[u16]) -> impl Iterator<Item = Filter> {
    let places = values.iter().filter_map(|value| paired(*value));
    let places: Vec<(usize, usize)> = [(0, 0)].into_iter().chain(places).collect();
    let pairs = (0..places.len()).flat_map(move |one| {
        let first = places[one];
        let others = places[one..].to_vec().into_iter();
        others.map(move |other| (first, other))
    });
    // Nobody demands two values of one facet; none with none is the activity by itself.
    let pairs = pairs.filter(|((facet, _), (other, _))| facet != other || *facet == 0);
    pairs.map(|((_, one), (_, other))| (one, other))
}

fn activity_of(value: u16) -> Option<usize> {
    place_in(&ACTIVITY, value)
}

/// The place of a value that is often demanded beside an activity.
fn place(value: u16) -> Option<usize> {
    paired(value).map(|(_, place)| place)
}

/// The number of its facet, from 1 on, and the place of such a value.
fn paired(value: u16) -> Option<(usize, usize)> {
    let mut first = 1;
    for (facet, number) in PAIRED.iter().zip(1..) {
        if let Some(place) = place_in(facet, value) {
            return Some((number, first + place));
        }
        first += usize::from(facet.values);
    }
    None
}

fn place_in(facet: &Facet, value: u16) -> Option<usize> {
    let place = value.checked_sub(facet.first)?;
    (place < facet.values).then_some(usize::from(place))
}
