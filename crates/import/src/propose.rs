//! A proposal which column feeds which field, from headings and values, with its reasons.

mod assign;
mod lines;
mod preset;

use serde::Serialize;

use crate::{
    catalog,
    column::{self, Answer, Question},
    exported,
    facts::{self, Facts},
    field::{self, Field, ValueKind},
    heading,
    kind::Kind,
    mapping::{Constant, LineAmounts, MappedColumn, Mapping, VERSION},
    problem::MappingProblem,
    table::Table,
    words,
};

pub(crate) use assign::{Choice, as_written, assign};
pub use preset::{Preset, preset};

/// What the columns of a table probably are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposal {
    pub kind: Kind,
    pub preset: Option<Preset>,
    pub columns: Vec<ColumnProposal>,
    /// Values for all rows that no column gives, each with its reason.
    pub constants: Vec<ProposedConstant>,
    /// How the lines of one opportunity are put together, when a file has several.
    pub lines: Option<LineAmounts>,
    /// What a person has to answer before the file can be prepared.
    pub questions: Vec<Question>,
    /// Columns that no field takes.
    pub ignored: Vec<String>,
}

/// One column: the field it probably feeds and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ColumnProposal {
    pub column: String,
    pub mapped: Option<MappedColumn>,
    /// From 0 to 100.
    pub confidence: u8,
    pub why: String,
    pub samples: Vec<String>,
    /// Not rounded, to order columns of one field.
    #[serde(skip)]
    score: f64,
}

/// A value for all rows, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProposedConstant {
    pub constant: Constant,
    pub why: String,
}

/// A column and what a person answered about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct ColumnAnswer {
    pub column: String,
    pub answer: Answer,
}

/// Proposes a field for every column of the table.
pub fn propose(kind: Kind, table: &Table) -> Proposal {
    let facts = facts::gather(table);
    let is_export = exported::kind_of(table) == Some(kind);
    let choices = if is_export {
        as_written(kind, table)
    } else {
        assign(kind, table, &facts)
    };
    let mut questions = Vec::new();
    let mut columns = Vec::new();
    for (position, choice) in choices.iter().enumerate() {
        let column = &table.columns()[position];
        let mapped = choice.field.map(|field| {
            let mut mapped = if is_export {
                MappedColumn::new(column, field.name)
            } else {
                shape(column, field, &facts[position])
            };
            decide(table, position, field, &mut mapped, &mut questions);
            mapped
        });
        columns.push(ColumnProposal {
            column: column.clone(),
            mapped,
            confidence: (choice.score.clamp(0.0, 1.0) * 100.0).round() as u8,
            why: choice.why.clone(),
            samples: facts[position].examples.clone(),
            score: choice.score,
        });
    }
    let ignored = columns
        .iter()
        .filter(|column| column.mapped.is_none())
        .map(|column| column.column.clone())
        .collect();
    let lines = if kind == Kind::Opportunities && !is_export {
        lines::find(table, &choices)
    } else {
        None
    };
    let constants = constants(kind, table, &choices);
    Proposal {
        kind,
        preset: preset(table),
        columns,
        constants,
        lines,
        questions,
        ignored,
    }
}

impl Proposal {
    /// Gives columns that no field took, and that are called like a facet which the program added, to
    /// the terms of that facet. `facets` are keys and names.
    pub fn add_facets<'f>(&mut self, facets: impl Iterator<Item = (&'f str, &'f str)>) {
        if !catalog::is_tagged(self.kind) {
            return;
        }
        for (key, name) in facets {
            let Some(field) = field::find(self.kind, &format!("terms:{key}")) else {
                continue;
            };
            let means = [
                heading::key(key),
                heading::key(name),
                heading::key(field.name),
            ];
            for column in &mut self.columns {
                if column.mapped.is_none() && means.contains(&heading::key(&column.column)) {
                    column.mapped = Some(MappedColumn::new(&column.column, field.name));
                    (column.confidence, column.score) = (90, 0.9);
                    column.why = format!("It is called like the facet {name} of this program.");
                    self.ignored.retain(|ignored| *ignored != column.column);
                }
            }
        }
    }

    /// The mapping that follows from the proposal and the answers to its questions.
    pub fn mapping(&self, answers: &[ColumnAnswer]) -> Result<Mapping, MappingProblem> {
        // Where several columns feed one field, the first filled one counts: the surest goes first.
        let mut ordered: Vec<&ColumnProposal> = self.columns.iter().collect();
        ordered.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut columns: Vec<MappedColumn> = ordered
            .iter()
            .filter_map(|column| column.mapped.clone())
            .collect();
        for question in &self.questions {
            let fits = |given: &&ColumnAnswer| {
                given.column == question.column
                    && question
                        .options
                        .iter()
                        .any(|option| option.answer == given.answer)
            };
            let answer = answers
                .iter()
                .find(fits)
                .ok_or_else(|| unanswered(question))?;
            for mapped in columns
                .iter_mut()
                .filter(|mapped| mapped.column == question.column)
            {
                apply(answer.answer, mapped);
            }
        }
        Ok(Mapping {
            version: VERSION,
            kind: self.kind,
            columns,
            constants: self
                .constants
                .iter()
                .map(|proposed| proposed.constant.clone())
                .collect(),
            default_currency: None,
            lines: self.lines,
        })
    }
}

pub(crate) fn unanswered(question: &Question) -> MappingProblem {
    let options: Vec<&str> = question
        .options
        .iter()
        .map(|option| option.meaning.as_str())
        .collect();
    MappingProblem::Unanswered {
        column: question.column.clone(),
        options: options.join(", or "),
    }
}

fn apply(answer: Answer, mapped: &mut MappedColumn) {
    match answer {
        Answer::DateOrder(order) => mapped.date_order = Some(order),
        Answer::DecimalMark(mark) => mapped.decimal_mark = Some(mark),
    }
}

/// How the cells of the column are to be taken, seen from a sample.
fn shape(column: &str, field: &Field, facts: &Facts<'_>) -> MappedColumn {
    let mut mapped = MappedColumn::new(column, field.name);
    mapped.splits = match field.name {
        "contact.name" => facts.is_person_line(),
        "account.name" => facts.has_name_and_address(),
        _ => false,
    };
    let is_text = matches!(
        field.value,
        ValueKind::Text
            | ValueKind::LongText
            | ValueKind::Lines
            | ValueKind::PersonName
            | ValueKind::Terms { .. }
    );
    mapped.character_references = is_text && facts.has_references();
    mapped.salesforce_ids = field.value == ValueKind::Id && facts.is_salesforce_id();
    if field.value == ValueKind::Money {
        mapped.currency = heading::currency(column);
    }
    mapped
}

/// What the whole column decides, or asks.
fn decide(
    table: &Table,
    position: usize,
    field: &Field,
    mapped: &mut MappedColumn,
    questions: &mut Vec<Question>,
) {
    let decision = match field.value {
        ValueKind::Day => column::date_order(table, position),
        ValueKind::Money => column::decimal_mark(table, position),
        _ => return,
    };
    match decision {
        Ok(Some(answer)) => apply(answer, mapped),
        Ok(None) => {}
        Err(question) => questions.push(question),
    }
}

fn constants(kind: Kind, table: &Table, choices: &[Choice]) -> Vec<ProposedConstant> {
    let is_mapped = |name: &str| {
        choices
            .iter()
            .any(|choice| choice.field.is_some_and(|field| field.name == name))
    };
    let mut proposed = Vec::new();
    let mut add = |field: &str, value: &str, why: &str| {
        let constant = Constant {
            field: field.to_owned(),
            value: value.to_owned(),
        };
        proposed.push(ProposedConstant {
            constant,
            why: why.to_owned(),
        });
    };
    match kind {
        Kind::Terms if !is_mapped("term.facet") => {
            if let Some(facet) = facet(table, choices) {
                add(
                    "term.facet",
                    facet,
                    "The file names one facet for all its terms.",
                );
            }
        }
        Kind::Opportunities => {
            let is_order = has_order_numbers(table, choices);
            let says_status = [
                "opportunity.stage",
                "opportunity.status",
                "opportunity.is_won",
            ]
            .into_iter()
            .any(is_mapped);
            if is_order && !says_status {
                add(
                    "opportunity.status",
                    "won",
                    "An order is a deal that was won.",
                );
            }
        }
        Kind::Advocates | Kind::Content if !is_mapped("content.kind") => {
            if is_mapped("content.text") {
                add(
                    "content.kind",
                    "case_study",
                    "The file holds whole stories.",
                );
            } else if is_mapped("content.quote") {
                add("content.kind", "quote", "The file holds quotes.");
            }
        }
        Kind::Accounts
        | Kind::Contacts
        | Kind::Users
        | Kind::Advocates
        | Kind::Content
        | Kind::Uses
        | Kind::Terms => {}
    }
    proposed
}

/// Whether the opportunities of the file are orders.
fn has_order_numbers(table: &Table, choices: &[Choice]) -> bool {
    choices.iter().zip(table.columns()).any(|(choice, column)| {
        choice
            .field
            .is_some_and(|field| field.name == "opportunity.external_id")
            && heading::key(column).contains("order")
    })
}

/// The facet that the heading of the terms or the name of the file says.
pub(crate) fn facet(table: &Table, choices: &[Choice]) -> Option<&'static str> {
    let is_name = |choice: &Choice| choice.field.is_some_and(|field| field.name == "term.name");
    let heading = choices
        .iter()
        .position(is_name)
        .map(|at| heading::key(&table.columns()[at]));
    let file = table
        .sources()
        .first()
        .map(|source| source.file_name.as_str())
        .unwrap_or_default();
    heading
        .and_then(|heading| facet_of(&heading))
        .or_else(|| facet_of_file(file))
}

/// `product`, `Products`, `industries`: the facet that a word names.
fn facet_of(word: &str) -> Option<&'static str> {
    let singular = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let shorter = word
        .strip_suffix('s')
        .or_else(|| word.strip_suffix("name"))
        .unwrap_or(word);
    words::find(words::FACET, word)
        .or_else(|| words::find(words::FACET, shorter))
        .or_else(|| singular.and_then(|word| words::find(words::FACET, &word)))
}

fn facet_of_file(file: &str) -> Option<&'static str> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split(|character: char| !character.is_alphabetic())
        .find_map(facet_of)
}

/// Fields that no column feeds, of those that every row needs one of.
pub(crate) fn missing(
    kind: Kind,
    is_fed: impl Fn(&str) -> bool,
) -> Option<&'static [&'static str]> {
    catalog::required(kind)
        .iter()
        .copied()
        .find(|group| !group.iter().any(|name| is_fed(name)))
}
