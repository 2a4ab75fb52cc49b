//! Requests through their use cases, on both engines.

mod candidates;
mod clock;
mod locks;
mod path;
mod refusals;
mod world;
