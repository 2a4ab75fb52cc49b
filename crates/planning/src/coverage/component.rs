//! One part of the problem that touches no other: its tables, and the greedy pass over its wants.
//!
//! A node is a segment in a window, numbered `segment * windows + window` within the component.

use super::{Capacity, Coverage, Served, Supply, Want, search::Search};

/// A want of the component.
#[derive(Clone, Copy, Debug)]
pub(super) struct LocalWant {
    /// The place among all wants.
    pub place: u32,
    pub node: u32,
    pub units: u64,
    pub value: u64,
    pub covered: u64,
}

/// The tables of one component. Suppliers and segments have numbers of their own here.
#[derive(Clone, Debug, Default)]
pub(super) struct Component {
    pub windows: usize,
    /// The segments' numbers outside.
    segments: Vec<u32>,
    /// The suppliers' places outside.
    suppliers: Vec<u32>,
    /// Where each supplier's fits start; one more at the end.
    pub fit_starts: Vec<u32>,
    /// Local segments that a supplier fits, by supplier, rising.
    pub fits: Vec<u32>,
    /// Where each segment's suppliers start; one more at the end.
    pub seat_starts: Vec<u32>,
    /// Suppliers that fit a segment, with the place of the segment among all fits.
    pub seats: Vec<Seat>,
    capacity: Vec<u32>,
    capacity_total: Vec<u32>,
    /// By falling value, earlier wants first.
    wants: Vec<LocalWant>,
    search: Search,
}

/// A supplier at a segment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seat {
    pub supplier: u32,
    /// Place of the segment in `fits`; its flows stand at `fit * windows + window`.
    pub fit: u32,
}

impl Component {
    pub fn nodes(&self) -> usize {
        self.segments.len() * self.windows
    }

    pub fn wants(&self) -> &[LocalWant] {
        &self.wants
    }

    pub fn seats_of(&self, segment: usize) -> &[Seat] {
        &self.seats[self.seat_starts[segment] as usize..self.seat_starts[segment + 1] as usize]
    }

    pub fn fits_of(&self, supplier: usize) -> std::ops::Range<usize> {
        self.fit_starts[supplier] as usize..self.fit_starts[supplier + 1] as usize
    }

    pub fn first_segment(&self) -> Option<u32> {
        self.segments.first().copied()
    }

    /// Whether another component states the same problem, whatever its segments, suppliers and wants are called
    /// outside.
    pub fn states_what(&self, other: &Self) -> bool {
        let alike = |one: &LocalWant, other: &LocalWant| {
            (one.node, one.units, one.value) == (other.node, other.units, other.value)
        };
        self.windows == other.windows
            && self.segments.len() == other.segments.len()
            && self.fit_starts == other.fit_starts
            && self.fits == other.fits
            && self.capacity == other.capacity
            && self.capacity_total == other.capacity_total
            && self.wants.len() == other.wants.len()
            && self
                .wants
                .iter()
                .zip(&other.wants)
                .all(|(one, other)| alike(one, other))
    }

    /// Takes the answer of one that states the same.
    pub fn take_over(&mut self, solved: &Self) {
        self.search = solved.search.clone();
        for (own, known) in self.wants.iter_mut().zip(&solved.wants) {
            own.covered = known.covered;
        }
    }

    pub fn change_supplier(&mut self, supplier: u32, capacity: Capacity<'_>) {
        let first = supplier as usize * self.windows;
        for (window, units) in self.capacity[first..first + self.windows]
            .iter_mut()
            .enumerate()
        {
            *units = capacity.per_window.get(window).copied().unwrap_or(0);
        }
        self.capacity_total[supplier as usize] = capacity.total;
    }

    pub fn change_want(&mut self, place: u32, units: u64) {
        for want in self.wants.iter_mut().filter(|want| want.place == place) {
            want.units = units;
        }
    }

    /// Covers the wants by falling value; what one gets, no later one takes away.
    pub fn solve(&mut self) {
        let mut search = std::mem::take(&mut self.search);
        search.restart(self, &self.capacity, &self.capacity_total);
        for place in 0..self.wants.len() {
            let want = self.wants[place];
            self.wants[place].covered = search.cover(self, want.node as usize, want.units);
        }
        self.search = search;
    }

    /// For every node the greatest value of a unit that is not covered and would be, if one more
    /// unit could be given at the node: 0 where nothing is missing. Of a solved component.
    pub fn worth_at_nodes(&self) -> Vec<u64> {
        let mut worth = vec![0; self.nodes()];
        let mut known = self.search.nothing_visited();
        for want in self.wants.iter().filter(|want| want.covered < want.units) {
            self.search
                .reach(self, want.node as usize, &mut known, |node| {
                    worth[node] = want.value;
                });
        }
        worth
    }

    pub fn served(&self) -> impl Iterator<Item = Served> {
        (0..self.suppliers.len()).flat_map(move |supplier| {
            self.fits_of(supplier).flat_map(move |fit| {
                (0..self.windows).filter_map(move |window| {
                    let units = u64::from(self.search.flow(fit * self.windows + window));
                    (units > 0).then(|| Served {
                        supplier: self.suppliers[supplier],
                        segment: self.segments[self.fits[fit] as usize],
                        window: u32::try_from(window).unwrap_or(u32::MAX),
                        units,
                    })
                })
            })
        })
    }

    /// Adds a supplier at the end to a solved component, and goes on from what is covered. More capacity takes nothing
    /// from what greedy covers with less (suppliers together are a union of matroids, and one more spans nothing that
    /// was not spanned before), so only what is missing is looked at.
    pub fn add_supplier(&mut self, place: u32, fits: &[u32], capacity: Capacity<'_>) {
        self.suppliers.push(place);
        self.fits.extend_from_slice(fits);
        self.fit_starts.push(number(self.fits.len()));
        let windows = self.windows;
        let given = capacity.per_window.iter().copied();
        let own = self.capacity.len();
        self.capacity
            .extend(given.chain(std::iter::repeat(0)).take(windows));
        self.capacity_total.push(capacity.total);
        self.seat();
        let mut search = std::mem::take(&mut self.search);
        search.add_supplier(&self.capacity[own..], capacity.total, fits.len());
        for place in 0..self.wants.len() {
            let want = self.wants[place];
            if want.covered < want.units {
                let missing = want.units - want.covered;
                self.wants[place].covered += search.cover(self, want.node as usize, missing);
            }
        }
        self.search = search;
    }

    /// Lists the suppliers of each segment, in the suppliers' order.
    fn seat(&mut self) {
        let mut starts = vec![0_u32; self.segments.len() + 1];
        for segment in &self.fits {
            starts[*segment as usize + 1] += 1;
        }
        for segment in 0..self.segments.len() {
            starts[segment + 1] += starts[segment];
        }
        let mut next = starts.clone();
        self.seats = vec![Seat::default(); self.fits.len()];
        for supplier in 0..self.suppliers.len() {
            for fit in self.fits_of(supplier) {
                let at = &mut next[self.fits[fit] as usize];
                self.seats[*at as usize] = Seat {
                    supplier: number(supplier),
                    fit: number(fit),
                };
                *at += 1;
            }
        }
        self.seat_starts = starts;
    }
}

/// Splits the problem where no supplier connects it, and fills each part's tables.
pub(super) fn partition(segments: u32, windows: u32, supply: Supply, wants: Vec<Want>) -> Coverage {
    let roots = join(segments as usize, &supply);
    let mut of_root = vec![u32::MAX; segments as usize];
    let mut components: Vec<Component> = Vec::new();
    let mut homes = Vec::with_capacity(segments as usize);
    for (segment, root) in (0_u32..).zip(&roots) {
        let place = &mut of_root[*root as usize];
        if *place == u32::MAX {
            *place = number(components.len());
            components.push(Component {
                windows: windows as usize,
                fit_starts: vec![0],
                ..Component::default()
            });
        }
        let component = &mut components[*place as usize];
        homes.push((*place, number(component.segments.len())));
        component.segments.push(segment);
    }
    let suppliers = place_suppliers(&supply, &homes, &mut components);
    for (place, want) in (0_u32..).zip(&wants) {
        let (component, segment) = homes[want.segment as usize];
        components[component as usize].wants.push(LocalWant {
            place,
            node: segment * windows + want.window,
            units: want.units,
            value: want.value,
            covered: 0,
        });
    }
    for component in &mut components {
        component.seat();
        component
            .wants
            .sort_by_key(|want| (std::cmp::Reverse(want.value), want.place));
    }
    Coverage {
        windows,
        covered: vec![0; wants.len()],
        supply,
        wants,
        components,
        segments: homes,
        suppliers,
    }
}

fn place_suppliers(
    supply: &Supply,
    homes: &[(u32, u32)],
    components: &mut [Component],
) -> Vec<Option<(u32, u32)>> {
    (0..supply.len())
        .map(|place| {
            let fits = supply.fits(place);
            let (home, _) = homes[*fits.first()? as usize];
            let component = &mut components[home as usize];
            let local = number(component.suppliers.len());
            component.suppliers.push(number(place));
            component
                .fits
                .extend(fits.iter().map(|segment| homes[*segment as usize].1));
            component.fit_starts.push(number(component.fits.len()));
            let capacity = supply.capacity(place);
            component.capacity.extend_from_slice(capacity.per_window);
            component.capacity_total.push(capacity.total);
            Some((home, local))
        })
        .collect()
}

/// The root of each segment: two segments with one root are connected.
fn join(segments: usize, supply: &Supply) -> Vec<u32> {
    let mut parents: Vec<u32> = (0..number(segments)).collect();
    for place in 0..supply.len() {
        let mut fits = supply.fits(place).iter();
        let Some(first) = fits.next() else { continue };
        let root = root(&mut parents, *first);
        for segment in fits {
            let other = self::root(&mut parents, *segment);
            parents[other as usize] = root;
        }
    }
    (0..number(segments))
        .map(|segment| root(&mut parents, segment))
        .collect()
}

fn root(parents: &mut [u32], mut segment: u32) -> u32 {
    while parents[segment as usize] != segment {
        let above = parents[parents[segment as usize] as usize];
        parents[segment as usize] = above;
        segment = above;
    }
    segment
}

/// Places are counted in 32 bits: a problem with more would not fit into memory.
pub(super) fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
