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
const OFTEN: usize = 64;
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
    /// Rows that came or went since these were counted.
    waiting: Arc<Vec<(u32, bool)>>,
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

    /// The row came into or went out of what is counted; `values_of` tells what a row holds.
    pub fn change<'a>(&mut self, row: u32, came: bool, values_of: impl Fn(u32) -> &'a [u16]) {
        let waiting = Arc::make_mut(&mut self.waiting);
        waiting.push((row, came));
        if waiting.len() < WAITING_MAX {
            return;
        }
        for (row, came) in std::mem::take(waiting) {
            self.add_up(values_of(row), came);
        }
    }

    /// By value, how many rows that meet the musts hold it; `None` where that is not kept.
    pub fn of<'a>(&self, musts: &[u16], values_of: impl Fn(u32) -> &'a [u16]) -> Option<Vec<u32>> {
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
        for (row, came) in self.waiting.iter() {
            let values = values_of(*row);
            if musts.iter().all(|must| values.contains(must)) {
                add(&mut counts, values, *came);
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
    let places = values.iter().filter_map(|value| place(*value));
    let places: Vec<usize> = [0].into_iter().chain(places).collect();
    let pairs = (0..places.len()).flat_map(move |one| {
        let one_place = places[one];
        let others = places[one..].to_vec().into_iter();
        others.map(move |other| (one_place, other))
    });
    // A place with itself is no filter of its own, but none with none is.
    pairs.filter(|(one, other)| one != other || *one == 0)
}

fn activity_of(value: u16) -> Option<usize> {
    place_in(&ACTIVITY, value)
}

/// The place of a value that is often demanded beside an activity.
fn place(value: u16) -> Option<usize> {
    let mut first = 1;
    for facet in &PAIRED {
        if let Some(place) = place_in(facet, value) {
            return Some(first + place);
        }
        first += usize::from(facet.values);
    }
    None
}

fn place_in(facet: &Facet, value: u16) -> Option<usize> {
    let place = value.checked_sub(facet.first)?;
    (place < facet.values).then_some(usize::from(place))
}
