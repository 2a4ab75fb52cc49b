//! Find, through the use cases that its screen asks.

mod kept;
mod question;
mod weights;
mod workbench;
mod world;
