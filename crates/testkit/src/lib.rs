//! Builders, fixed clock, test databases on both engines.

pub mod postgres;
