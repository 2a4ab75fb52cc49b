//! Requests through their use cases, on both engines.

mod absence;
mod addresses;
mod appointments;
mod briefs;
mod candidates;
mod clock;
mod conditions;
mod debrief;
mod digest;
mod drafts;
mod erasure;
mod gates;
mod holds;
mod imported;
mod inbox;
mod locks;
mod may;
mod moves;
mod need_by;
mod outlook;
mod outside;
mod path;
mod proof;
mod refusals;
mod substitute;
mod world;
