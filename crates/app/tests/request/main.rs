//! Requests through their use cases, on both engines.

mod path;
mod refusals;
mod world;
