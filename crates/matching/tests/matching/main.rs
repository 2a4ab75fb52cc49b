//! The match index through its public door.

mod bounded;
mod changes;
mod engine;
mod full_fit;
mod oracle;
mod question;
mod question_oracle;
mod random;
mod ranking;
mod ratios;
mod refusals;
mod text_oracle;
mod world;
