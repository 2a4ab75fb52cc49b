//! Coverage: which demand the capacity covers so that the money covered is greatest, exactly.
//!
//! Decides the transportation problem: wants (units at a segment and window, each worth money) are
//! served by suppliers (capacity per window and in total, usable in every segment they fit). Money
//! sits on the wants alone, so the wants that can be covered together form a polymatroid, and taking
//! them by falling value with augmenting paths is exact; no linear program is needed. Segments that
//! share no supplier, even through others, are solved apart: those are the components.
//! Refuses to know what a unit or a window is.

use std::collections::HashMap;

mod component;
mod recruit;
mod search;
mod supply;

pub use recruit::Recruit;
pub use supply::{Capacity, Supply};

use component::Component;

/// Units wanted at one segment and window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    pub segment: u32,
    pub window: u32,
    pub units: u64,
    /// What one unit is worth. Wants of no worth are served last.
    pub value: u64,
}

/// Units that a supplier gives at a segment and window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    /// The supplier's place in the supply.
    pub supplier: u32,
    pub segment: u32,
    pub window: u32,
    pub units: u64,
}

/// Why a problem cannot be stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfBounds {
    /// A want or a supplier names a segment or a window that is not there.
    Segment(u32),
    Window(u32),
    /// Nothing has this place.
    Place(u32),
}

/// A solved coverage that can be changed: only the component of a change is solved again.
#[derive(Clone, Debug)]
pub struct Coverage {
    windows: u32,
    supply: Supply,
    wants: Vec<Want>,
    components: Vec<Component>,
    /// The component and the local number of each segment.
    segments: Vec<(u32, u32)>,
    /// The component and the local number of each supplier; `None` for one that fits nowhere.
    suppliers: Vec<Option<(u32, u32)>>,
    /// Units covered of each want.
    covered: Vec<u64>,
}

impl Coverage {
    /// States the problem and solves it.
    pub fn solve(
        segments: u32,
        windows: u32,
        supply: Supply,
        wants: Vec<Want>,
    ) -> Result<Self, OutOfBounds> {
        Self::stated(segments, windows, supply, wants, None)
    }

    /// States another problem and solves it. Parts of it that stand as they stood in this one keep what covers them,
    /// so the answer is that of [`Coverage::solve`] and only what changed is solved.
    pub fn followed(
        &self,
        segments: u32,
        windows: u32,
        supply: Supply,
        wants: Vec<Want>,
    ) -> Result<Self, OutOfBounds> {
        Self::stated(segments, windows, supply, wants, Some(self))
    }

    fn stated(
        segments: u32,
        windows: u32,
        supply: Supply,
        wants: Vec<Want>,
        before: Option<&Self>,
    ) -> Result<Self, OutOfBounds> {
        check(segments, windows, &supply, &wants)?;
        let mut coverage = component::partition(segments, windows, supply, wants);
        for place in 0..coverage.components.len() {
            let component = &mut coverage.components[place];
            let first = component.first_segment();
            let known = before.zip(first).and_then(|(before, segment)| {
                let place = before.component_of(segment)?;
                Some(&before.components[place])
            });
            match known.filter(|known| known.states_what(component)) {
                Some(known) => component.take_over(known),
                None => component.solve(),
            }
            coverage.note_covered(place);
        }
        Ok(coverage)
    }

    pub fn wants(&self) -> &[Want] {
        &self.wants
    }

    pub fn supply(&self) -> &Supply {
        &self.supply
    }

    /// Units covered of the want at a place; 0 where there is none.
    pub fn covered(&self, want: usize) -> u64 {
        self.covered.get(want).copied().unwrap_or(0)
    }

    /// The value of all units covered.
    pub fn value_covered(&self) -> u128 {
        self.wants
            .iter()
            .zip(&self.covered)
            .map(|(want, covered)| u128::from(want.value) * u128::from(*covered))
            .sum()
    }

    /// All units covered.
    pub fn units_covered(&self) -> u64 {
        self.covered.iter().sum()
    }

    /// Who serves what: one optimal way of several, always the same one for the same problem.
    pub fn served(&self) -> Vec<Served> {
        let mut served: Vec<Served> = self.components.iter().flat_map(Component::served).collect();
        served.sort_by_key(|one| (one.supplier, one.segment, one.window));
        served
    }

    /// Parts that do not touch each other, by how many segment-windows each has.
    pub fn component_sizes(&self) -> Vec<usize> {
        self.components.iter().map(Component::nodes).collect()
    }

    /// The component of a segment.
    pub fn component_of(&self, segment: u32) -> Option<usize> {
        let (component, _) = self.segments.get(segment as usize)?;
        Some(*component as usize)
    }

    /// Changes what a supplier can give (a use booked, a lock, a cap raised) and solves what that touches.
    pub fn change_supplier(
        &mut self,
        supplier: u32,
        capacity: Capacity<'_>,
    ) -> Result<(), OutOfBounds> {
        let place = supplier as usize;
        let home = *self
            .suppliers
            .get(place)
            .ok_or(OutOfBounds::Place(supplier))?;
        self.supply.change(place, capacity);
        if let Some((component, local)) = home {
            let component = component as usize;
            self.components[component].change_supplier(local, capacity);
            self.solve_component(component);
        }
        Ok(())
    }

    /// Changes how many units are wanted and solves what that touches.
    pub fn change_want(&mut self, want: u32, units: u64) -> Result<(), OutOfBounds> {
        let place = want as usize;
        let one = self.wants.get_mut(place).ok_or(OutOfBounds::Place(want))?;
        one.units = units;
        let (component, _) = self.segments[one.segment as usize];
        let component = component as usize;
        self.components[component].change_want(want, units);
        self.solve_component(component);
        Ok(())
    }

    /// Solves one component again; for measuring what a change costs.
    pub fn solve_component(&mut self, place: usize) {
        self.components[place].solve();
        self.note_covered(place);
    }

    fn note_covered(&mut self, place: usize) {
        for want in self.components[place].wants() {
            self.covered[want.place as usize] = want.covered;
        }
    }
}

fn check(segments: u32, windows: u32, supply: &Supply, wants: &[Want]) -> Result<(), OutOfBounds> {
    if supply.windows() != windows {
        return Err(OutOfBounds::Window(supply.windows()));
    }
    let named = wants.iter().map(|want| want.segment);
    if let Some(segment) = named
        .chain(supply.all_fits().iter().copied())
        .find(|segment| *segment >= segments)
    {
        return Err(OutOfBounds::Segment(segment));
    }
    match wants.iter().find(|want| want.window >= windows) {
        Some(want) => Err(OutOfBounds::Window(want.window)),
        None => Ok(()),
    }
}

/// Puts suppliers with the same fits and the same capacity together: `k` equal ones can give
/// exactly what one with `k` times the capacity can. Returns the group of each supplier.
pub fn group(supply: &Supply) -> (Supply, Vec<u32>) {
    let mut grouped = Supply::new(supply.windows());
    let mut known: HashMap<(&[u32], Capacity<'_>), u32> = HashMap::new();
    let mut members: Vec<u32> = Vec::new();
    let mut first: Vec<usize> = Vec::new();
    let groups: Vec<u32> = (0..supply.len())
        .map(|place| {
            let key = (supply.fits(place), supply.capacity(place));
            let next = u32::try_from(first.len()).unwrap_or(u32::MAX);
            let group = *known.entry(key).or_insert(next);
            if group == next {
                first.push(place);
                members.push(0);
            }
            members[group as usize] += 1;
            group
        })
        .collect();
    for (place, count) in first.into_iter().zip(members) {
        let capacity = supply.capacity(place);
        let times = |units: &u32| units.saturating_mul(count);
        let per_window: Vec<u32> = capacity.per_window.iter().map(times).collect();
        grouped.push(
            supply.fits(place),
            Capacity {
                per_window: &per_window,
                total: times(&capacity.total),
            },
        );
    }
    (grouped, groups)
}
