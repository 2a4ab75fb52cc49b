//! What only a whole column can tell: the order of its dates and the mark of its decimals.

use domain::word_list;
use serde::{Deserialize, Serialize};

use crate::{
    amount::{self, DecimalMark, MarkEvidence},
    cells,
    day::{self, ColumnOrder, DateOrder, OrderEvidence},
    table::Table,
};

word_list! {
    /// What a person is asked about a column.
    QuestionKind { DateOrder, DecimalMark }
}

/// Something about a column that the file leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    pub column: String,
    pub what: QuestionKind,
    /// The possible answers, each with what the examples would then mean.
    pub options: Vec<QuestionOption>,
    /// Values of the column that can be read in more than one way.
    pub examples: Vec<String>,
    pub why: String,
}

/// One possible answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionOption {
    pub answer: Answer,
    pub meaning: String,
}

/// What a person answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    DateOrder(DateOrder),
    DecimalMark(DecimalMark),
}

/// Either the answer that the column gives itself (`None` when nothing depends on it), or the question.
pub(crate) type Decision = Result<Option<Answer>, Question>;

const EXAMPLES: usize = 3;

/// The order of the dates of a column.
pub(crate) fn date_order(table: &Table, column: usize) -> Decision {
    let mut evidence = OrderEvidence::default();
    let mut examples: Vec<String> = Vec::new();
    for text in table.values(column).filter_map(cells::clean) {
        let reading = day::read(text);
        evidence.add(reading);
        if matches!(reading, day::Reading::Either { .. })
            && examples.len() < EXAMPLES
            && !examples.iter().any(|known| known == text)
        {
            examples.push(text.to_owned());
        }
    }
    match evidence.order() {
        ColumnOrder::NotNeeded => Ok(None),
        ColumnOrder::Decided(order) => Ok(Some(Answer::DateOrder(order))),
        ColumnOrder::Open => Err(date_question(table, column, evidence, examples)),
    }
}

fn date_question(
    table: &Table,
    column: usize,
    evidence: OrderEvidence,
    examples: Vec<String>,
) -> Question {
    let why = if evidence.month_first > 0 {
        format!(
            "{} dates can only be read with the month first and {} only with the day first.",
            evidence.month_first, evidence.day_first
        )
    } else {
        "Every date can be read with the month first and with the day first.".to_owned()
    };
    let options = DateOrder::ALL
        .iter()
        .map(|order| {
            let shown = examples
                .first()
                .and_then(|example| day::read(example).day(Some(*order)));
            let name = match order {
                DateOrder::MonthFirst => "Month first",
                DateOrder::DayFirst => "Day first",
            };
            QuestionOption {
                answer: Answer::DateOrder(*order),
                meaning: described(name, &examples, shown.map(|day| day.to_string())),
            }
        })
        .collect();
    Question {
        column: table.columns()[column].clone(),
        what: QuestionKind::DateOrder,
        options,
        examples,
        why,
    }
}

/// The mark of the amounts of a column.
pub(crate) fn decimal_mark(table: &Table, column: usize) -> Decision {
    let (mut dot, mut comma, mut either) = (0_usize, 0_usize, 0_usize);
    let mut examples: Vec<String> = Vec::new();
    for text in table.values(column).filter_map(cells::clean) {
        match amount::evidence(text) {
            MarkEvidence::Mark(DecimalMark::Dot) => dot += 1,
            MarkEvidence::Mark(DecimalMark::Comma) => comma += 1,
            MarkEvidence::Either => {
                either += 1;
                if examples.len() < EXAMPLES && !examples.iter().any(|known| known == text) {
                    examples.push(text.to_owned());
                }
            }
            MarkEvidence::Silent | MarkEvidence::NotANumber => {}
        }
    }
    match (dot, comma, either) {
        (0, 0, 0) => return Ok(None),
        (1.., 0, _) => return Ok(Some(Answer::DecimalMark(DecimalMark::Dot))),
        (0, 1.., _) => return Ok(Some(Answer::DecimalMark(DecimalMark::Comma))),
        (_, _, _) => {}
    }
    let why = if dot > 0 {
        format!("{dot} amounts have a dot before the cents and {comma} a comma.")
    } else {
        "Every amount can be read with thousands or with three decimals.".to_owned()
    };
    let options = DecimalMark::ALL
        .iter()
        .map(|mark| {
            let shown = examples
                .first()
                .and_then(|example| amount::read(example, *mark))
                .map(plain_decimal);
            let name = match mark {
                DecimalMark::Dot => "A dot before the cents",
                DecimalMark::Comma => "A comma before the cents",
            };
            QuestionOption {
                answer: Answer::DecimalMark(*mark),
                meaning: described(name, &examples, shown),
            }
        })
        .collect();
    Err(Question {
        column: table.columns()[column].clone(),
        what: QuestionKind::DecimalMark,
        options,
        examples,
        why,
    })
}

fn described(name: &str, examples: &[String], shown: Option<String>) -> String {
    match (examples.first(), shown) {
        (Some(example), Some(shown)) => format!("{name}: {example} is {shown}"),
        (_, _) => name.to_owned(),
    }
}

fn plain_decimal(amount: amount::Amount) -> String {
    let (whole, fraction) = (
        amount.millionths / 1_000_000,
        (amount.millionths % 1_000_000).abs(),
    );
    if fraction == 0 {
        return whole.to_string();
    }
    format!("{whole}.{fraction:06}")
        .trim_end_matches('0')
        .to_owned()
}
