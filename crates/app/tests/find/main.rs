//! Find, through the use cases that its screen asks.

mod canaries;
mod cards;
mod kept;
mod learned;
mod question;
mod ready;
mod synonyms;
mod weights;
mod workbench;
mod world;
