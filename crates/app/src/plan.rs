//! Planning: how many references are enough, which ones, by when.
//!
//! Decides who may ask and loads what the formulas of the planning crate need. Refuses to know the
//! formulas themselves.

pub mod calculator;
