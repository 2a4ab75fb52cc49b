//! Columns that can be read in two ways, with the option that says which one is meant.

use app::Error;
use import::{
    column::{Answer, Question, QuestionOption},
    propose,
    read::{self, Limits, ReadOptions},
    table,
};

use super::FileArgs;
use crate::cli::Failure;

/// A refused file with what to write on the command line, where a column waits for an answer; any
/// other failure as it is.
pub fn explained(error: Error, args: &FileArgs) -> Failure {
    if !matches!(error, Error::BadFile(_)) || args.mapping.is_some() {
        return Failure::App(error);
    }
    let open = open_questions(args).unwrap_or_default();
    if open.is_empty() {
        return Failure::App(error);
    }
    let sentences: Vec<String> = open.iter().map(sentence).collect();
    // A heading of several lines stays on the one line of a refusal.
    Failure::Refused(sentences.join(" ").replace(char::is_control, " "))
}

/// The questions of the proposal that no option answers. The file is read a second time, because
/// only a refusal needs them; absent where that fails, as the refusal at hand says why.
fn open_questions(args: &FileArgs) -> Option<Vec<Question>> {
    let answers = super::answers(args).ok()?;
    let files = super::read_files(&args.files).ok()?;
    let tables = files
        .iter()
        .map(|(name, bytes)| read::read(name, bytes, &ReadOptions::default()))
        .collect::<Result<Vec<_>, _>>()
        .ok()?;
    let table = table::Table::join(tables, &Limits::default()).ok()?;
    let is_open = |question: &Question| {
        !answers.iter().any(|given| {
            given.column == question.column
                && question
                    .options
                    .iter()
                    .any(|option| option.answer == given.answer)
        })
    };
    let questions = propose::propose(args.kind, &table).questions;
    Some(questions.into_iter().filter(is_open).collect())
}

fn sentence(question: &Question) -> String {
    let options: Vec<String> = question
        .options
        .iter()
        .map(|option| written(&question.column, option))
        .collect();
    format!(
        "\"{}\" can be read in more than one way. Add {}.",
        question.column,
        options.join(", or ")
    )
}

/// `--date-order "Close date=day_first" (Day first: 03/04/2025 is 2025-04-03)`.
fn written(column: &str, option: &QuestionOption) -> String {
    let (name, answer) = match option.answer {
        Answer::DateOrder(order) => ("--date-order", order.as_str()),
        Answer::DecimalMark(mark) => ("--decimal-mark", mark.as_str()),
    };
    format!("{name} \"{column}={answer}\" ({})", option.meaning)
}
