//! Suppliers in flat columns: a million of them are walked through in one go.

/// What one supplier can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Capacity<'a> {
    /// Most units in each window.
    pub per_window: &'a [u32],
    /// Most units over all windows.
    pub total: u32,
}

/// Suppliers: where each fits and what it can give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supply {
    windows: u32,
    starts: Vec<u32>,
    fits: Vec<u32>,
    per_window: Vec<u32>,
    total: Vec<u32>,
}

impl Supply {
    pub fn new(windows: u32) -> Self {
        Self {
            windows,
            starts: vec![0],
            fits: Vec::new(),
            per_window: Vec::new(),
            total: Vec::new(),
        }
    }

    /// Adds a supplier that fits these segments, each named once and in rising order. A capacity with fewer windows
    /// than the supply has gives nothing in the others.
    pub fn push(&mut self, fits: &[u32], capacity: Capacity<'_>) {
        debug_assert!(fits.is_sorted_by(|one, next| one < next), "{fits:?}");
        self.fits.extend_from_slice(fits);
        self.starts
            .push(u32::try_from(self.fits.len()).unwrap_or(u32::MAX));
        self.per_window.extend(self.padded(capacity));
        self.total.push(capacity.total);
    }

    fn padded<'a>(&self, capacity: Capacity<'a>) -> impl Iterator<Item = u32> + use<'a> {
        capacity
            .per_window
            .iter()
            .copied()
            .chain(std::iter::repeat(0))
            .take(self.windows as usize)
    }

    pub(super) fn change(&mut self, place: usize, capacity: Capacity<'_>) {
        let windows = self.windows as usize;
        let padded = self.padded(capacity);
        for (units, changed) in self.per_window[place * windows..].iter_mut().zip(padded) {
            *units = changed;
        }
        self.total[place] = capacity.total;
    }

    pub fn len(&self) -> usize {
        self.total.len()
    }

    pub fn is_empty(&self) -> bool {
        self.total.is_empty()
    }

    pub fn windows(&self) -> u32 {
        self.windows
    }

    pub fn fits(&self, place: usize) -> &[u32] {
        &self.fits[self.starts[place] as usize..self.starts[place + 1] as usize]
    }

    pub fn capacity(&self, place: usize) -> Capacity<'_> {
        let windows = self.windows as usize;
        Capacity {
            per_window: &self.per_window[place * windows..(place + 1) * windows],
            total: self.total[place],
        }
    }

    pub(super) fn all_fits(&self) -> &[u32] {
        &self.fits
    }
}
