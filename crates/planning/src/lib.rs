//! How many references are enough, which ones, by when, and what the next one is worth.
//!
//! Decides demand, supply and coverage by formula. Refuses to know where deals and advocates are
//! stored, who may see them, how anything is worded on a screen, and what day it is.

pub mod calculator;
mod count;
pub mod coverage;
pub mod demand;
pub mod exact;
pub mod goal;
pub mod head_count;
pub mod needs;
pub mod recruiting;
pub mod supply;
