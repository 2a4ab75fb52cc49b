//! The one place that reads the time and makes ids; tests put a fixed clock in its place.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use domain::time::{Day, Timestamp};
use uuid::Uuid;

/// The time, real or set by hand.
#[derive(Clone, Debug)]
pub enum Clock {
    Real,
    /// Microseconds since 1970; shared, so that a test can move it while the program runs.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    pub fn fixed(at: Timestamp) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Real => Timestamp::from_jiff(jiff::Timestamp::now()),
            Self::Fixed(at) => Timestamp(at.load(Ordering::Relaxed)),
        }
    }

    pub fn today(&self) -> Day {
        self.now().day()
    }

    /// Moves a fixed clock; the real one cannot be moved.
    pub fn set(&self, to: Timestamp) {
        if let Self::Fixed(at) = self {
            at.store(to.0, Ordering::Relaxed);
        }
    }
}

/// A new id; ids of later calls sort after ids of earlier ones.
#[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
pub fn new_id<T: From<Uuid>>() -> T {
    Uuid::now_v7().into()
}
