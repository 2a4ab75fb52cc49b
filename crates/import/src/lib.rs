//! A customer's file into typed rows: encodings, formats, column recognition, values.
//!
//! Decides what the bytes say: `read` makes a `Table`, `recognise` and `propose` find out what the
//! table holds, a `Mapping` keeps that decision, `prepare` gives typed rows with their problems.
//! Refuses to know what is stored already: which account a name points at, which term a word
//! means and what is written are decided by the caller.

pub mod amount;
pub mod calendar_file;
pub mod catalog;
mod cells;
pub mod column;
mod countries;
pub mod day;
mod delimited;
pub mod encoding;
pub mod exported;
mod facts;
pub mod field;
mod heading;
mod json;
pub mod kind;
pub mod mapping;
mod node;
pub mod prepare;
pub mod problem;
pub mod propose;
pub mod read;
pub mod recognise;
pub mod rejected;
pub mod salesforce;
pub mod sdl;
pub mod similar;
pub mod table;
pub mod value;
mod words;
mod workbook;
mod yaml;
