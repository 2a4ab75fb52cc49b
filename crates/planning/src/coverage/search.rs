//! Augmenting paths on the contracted exchange graph of one component.
//!
//! Its nodes are segment-windows; suppliers only label its arcs. An arc from a node to another says:
//! some supplier that fits the first serves the second and could serve the first instead. A node is
//! free while a supplier that fits it has units left. A path from a wanted node to a free one covers
//! more and takes nothing from any node on the way.
//!
//! Arcs are rows of bits that may hold too many, never too few: one is set when a supplier starts to
//! serve a node and is cleared when a search finds no supplier behind it. So a search that finds no
//! free node has proved that none can be reached, ever, because capacity is never given back: the
//! nodes that it saw are dead and no later search enters them. Paths are shortest, so no supplier's
//! constraint is crossed twice on one path.

use super::component::Component;

const WORD: usize = 64;
const NOBODY: u32 = u32::MAX;
/// Above this, a hint for every pair of nodes would take more than 16 MiB.
const HINTED_NODES_MAX: usize = 2_048;

/// The state of a search and of everything it has assigned so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    words: usize,
    /// Units left, by supplier and window, and by supplier.
    left: Vec<u32>,
    left_total: Vec<u32>,
    /// Units served, by fit and window.
    flows: Vec<u32>,
    rows: Vec<u64>,
    dead: Vec<u64>,
    free: Vec<u64>,
    /// By node, the first seat of its segment that may still have units left.
    next_seat: Vec<u32>,
    visited: Vec<u64>,
    parents: Vec<u32>,
    queue: Vec<u32>,
    path: Vec<Step>,
    /// By arc, the seat where its supplier was found last; empty for components too large for it.
    hints: Vec<u32>,
}

/// An exchange on a path: the supplier serves `from` instead of `to`.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The place of the supplier among those of the segment it comes to.
    seat: u32,
    supplier: u32,
    from_fit: u32,
    to_fit: u32,
    from: u32,
    to: u32,
}

impl Search {
    /// Forgets everything assigned and starts from whole capacities.
    pub fn restart(&mut self, component: &Component, capacity: &[u32], total: &[u32]) {
        let nodes = component.nodes();
        self.words = nodes.div_ceil(WORD);
        refill(&mut self.left, capacity);
        refill(&mut self.left_total, total);
        reset(&mut self.flows, component.fits.len() * component.windows, 0);
        reset(&mut self.rows, nodes * self.words, 0);
        reset(&mut self.dead, self.words, 0);
        reset(&mut self.free, self.words, u64::MAX);
        reset(&mut self.next_seat, nodes, 0);
        reset(&mut self.parents, nodes, NOBODY);
        let hinted = if nodes <= HINTED_NODES_MAX { nodes } else { 0 };
        reset(&mut self.hints, hinted * hinted, 0);
    }

    /// Takes one more supplier, the last one, whose fits are the last ones. What was proved to be out of reach may
    /// be reached through it.
    pub fn add_supplier(&mut self, capacity: &[u32], total: u32, fits: usize) {
        self.left.extend_from_slice(capacity);
        self.left_total.push(total);
        let flows = self.flows.len() + fits * capacity.len();
        self.flows.resize(flows, 0);
        self.dead.fill(0);
        self.free.fill(u64::MAX);
    }

    pub fn flow(&self, place: usize) -> u32 {
        self.flows.get(place).copied().unwrap_or(0)
    }

    pub fn nothing_visited(&self) -> Vec<u64> {
        vec![0; self.words]
    }

    /// Covers up to `units` more at a node and says how many; the rest can be covered by nothing.
    pub fn cover(&mut self, component: &Component, node: usize, units: u64) -> u64 {
        let mut open = units;
        while open > 0 && !is_set(&self.dead, node) {
            let given = match self.find_free(component, node) {
                Some(free) => self.augment(component, node, free, open),
                None => break,
            };
            open -= u64::from(given);
        }
        units - open
    }

    /// The nearest free node; where there is none, all that was seen is dead.
    fn find_free(&mut self, component: &Component, start: usize) -> Option<usize> {
        if self.is_free(component, start) {
            return Some(start);
        }
        self.visited.clone_from(&self.dead);
        set(&mut self.visited, start);
        self.queue.clear();
        self.queue.push(small(start));
        let mut head = 0;
        while head < self.queue.len() {
            let from = self.queue[head] as usize;
            head += 1;
            for word in 0..self.words {
                let mut new = self.rows[from * self.words + word] & !self.visited[word];
                self.visited[word] |= new;
                while new != 0 {
                    let node = word * WORD + new.trailing_zeros() as usize;
                    new &= new - 1;
                    self.parents[node] = small(from);
                    if self.is_free(component, node) {
                        return Some(node);
                    }
                    self.queue.push(small(node));
                }
            }
        }
        self.dead.clone_from(&self.visited);
        None
    }

    fn is_free(&mut self, component: &Component, node: usize) -> bool {
        if !is_set(&self.free, node) {
            return false;
        }
        let (segment, window) = (node / component.windows, node % component.windows);
        let seats = component.seats_of(segment);
        let mut place = self.next_seat[node] as usize;
        while let Some(seat) = seats.get(place) {
            let supplier = seat.supplier as usize;
            if self.left_total[supplier] > 0 && self.left[supplier * component.windows + window] > 0
            {
                break;
            }
            place += 1;
        }
        self.next_seat[node] = small(place);
        if place == seats.len() {
            self.free[node / WORD] &= !(1 << (node % WORD));
            return false;
        }
        true
    }

    /// Pushes as much as fits along the path that was found; 0 when an arc of it turned out to be
    /// none, which clears that arc.
    fn augment(&mut self, component: &Component, start: usize, free: usize, open: u64) -> u32 {
        let windows = component.windows;
        let seat = component.seats_of(free / windows)[self.next_seat[free] as usize];
        let giver = seat.supplier as usize;
        let window = free % windows;
        let mut units = self.left_total[giver]
            .min(self.left[giver * windows + window])
            .min(u32::try_from(open).unwrap_or(u32::MAX));
        self.path.clear();
        let mut to = free;
        while to != start {
            let from = self.parents[to] as usize;
            let arc = from * component.nodes() + to;
            let hint = self.hints.get(arc).map_or(0, |seat| *seat as usize);
            let Some((step, most)) = self.label(component, from, to, hint) else {
                self.rows[from * self.words + to / WORD] &= !(1 << (to % WORD));
                return 0;
            };
            if let Some(hint) = self.hints.get_mut(arc) {
                *hint = step.seat;
            }
            units = units.min(most);
            self.path.push(step);
            to = from;
        }
        for place in 0..self.path.len() {
            self.exchange(component, self.path[place], units);
        }
        self.left_total[giver] -= units;
        self.left[giver * windows + window] -= units;
        self.serve(component, giver, seat.fit as usize, window, units);
        units
    }

    /// The next supplier behind an arc that can exchange anything, and how much. Looks from the hinted
    /// seat on, then at those before it: to look for the best one costs more than it saves.
    fn label(
        &self,
        component: &Component,
        from: usize,
        to: usize,
        hint: usize,
    ) -> Option<(Step, u32)> {
        let windows = component.windows;
        let (segment, window) = (from / windows, from % windows);
        let (to_segment, to_window) = (to / windows, to % windows);
        let seats = component.seats_of(segment);
        let (before, from_hint) = seats.split_at(hint.min(seats.len()));
        for (place, seat) in (hint..).zip(from_hint).chain((0..).zip(before)) {
            let supplier = seat.supplier as usize;
            let most = if window == to_window {
                u32::MAX
            } else {
                self.left[supplier * windows + window]
            };
            if most == 0 {
                continue;
            }
            let to_fit = component
                .fits_of(supplier)
                .find(|fit| component.fits[*fit] as usize == to_segment);
            let Some(to_fit) = to_fit else { continue };
            let most = most.min(self.flows[to_fit * windows + to_window]);
            if most > 0 {
                let step = Step {
                    seat: small(place),
                    supplier: seat.supplier,
                    from_fit: seat.fit,
                    to_fit: small(to_fit),
                    from: small(from),
                    to: small(to),
                };
                return Some((step, most));
            }
        }
        None
    }

    fn exchange(&mut self, component: &Component, step: Step, units: u32) {
        let windows = component.windows;
        let supplier = step.supplier as usize;
        let window = step.from as usize % windows;
        let to_window = step.to as usize % windows;
        self.flows[step.to_fit as usize * windows + to_window] -= units;
        if window != to_window {
            self.left[supplier * windows + window] -= units;
            let regained = &mut self.left[supplier * windows + to_window];
            let was_full = *regained == 0;
            *regained += units;
            if was_full {
                self.reopen(component, supplier, to_window);
            }
        }
        self.serve(component, supplier, step.from_fit as usize, window, units);
    }

    /// A supplier serves more at a node; the first time, every node it fits may take that from it.
    fn serve(
        &mut self,
        component: &Component,
        supplier: usize,
        fit: usize,
        window: usize,
        units: u32,
    ) {
        let flow = &mut self.flows[fit * component.windows + window];
        let is_new = *flow == 0;
        *flow += units;
        if !is_new {
            return;
        }
        let node = component.fits[fit] as usize * component.windows + window;
        for other in component.fits_of(supplier) {
            let first = component.fits[other] as usize * component.windows;
            for from in first..first + component.windows {
                self.rows[from * self.words + node / WORD] |= 1 << (node % WORD);
            }
        }
    }

    /// A supplier has units left in a window again: its nodes of that window may take from all that it serves.
    fn reopen(&mut self, component: &Component, supplier: usize, window: usize) {
        let windows = component.windows;
        for served in component.fits_of(supplier) {
            for other in 0..windows {
                if self.flows[served * windows + other] == 0 {
                    continue;
                }
                let node = component.fits[served] as usize * windows + other;
                for fit in component.fits_of(supplier) {
                    let from = component.fits[fit] as usize * windows + window;
                    self.rows[from * self.words + node / WORD] |= 1 << (node % WORD);
                }
            }
        }
    }

    /// Calls `tell` for every node that a unit wanted at `start` could be passed on to, `start`
    /// included, but for those known already.
    pub fn reach(
        &self,
        component: &Component,
        start: usize,
        known: &mut [u64],
        mut tell: impl FnMut(usize),
    ) {
        if is_set(known, start) {
            return;
        }
        set(known, start);
        tell(start);
        let mut queue = vec![start];
        while let Some(from) = queue.pop() {
            for word in 0..self.words {
                let mut new = self.rows[from * self.words + word] & !known[word];
                while new != 0 {
                    let node = word * WORD + new.trailing_zeros() as usize;
                    new &= new - 1;
                    if self.label(component, from, node, 0).is_some() {
                        set(known, node);
                        tell(node);
                        queue.push(node);
                    }
                }
            }
        }
    }
}

fn is_set(bits: &[u64], place: usize) -> bool {
    bits[place / WORD] >> (place % WORD) & 1 == 1
}

fn set(bits: &mut [u64], place: usize) {
    bits[place / WORD] |= 1 << (place % WORD);
}

fn reset<T: Clone>(values: &mut Vec<T>, length: usize, value: T) {
    values.clear();
    values.resize(length, value);
}

fn refill(values: &mut Vec<u32>, from: &[u32]) {
    values.clear();
    values.extend_from_slice(from);
}

/// Nodes, seats and fits of one component are counted in 32 bits.
fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NOBODY)
}
