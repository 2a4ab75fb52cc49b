//! Which column goes to which field: the best pairs of heading and values first.

use crate::{
    catalog, exported,
    facts::{self, Facts},
    field::{Field, ValueKind},
    heading,
    kind::Kind,
    table::Table,
};

/// A pair below this is not proposed.
const SCORE_MIN: f64 = 0.4;
/// At least this share of the values must be readable as the field.
const FIT_MIN: f64 = 0.6;
/// A heading that means one field alone: whatever value can be read goes there, and each that cannot is
/// reported. Names of people are left out, for a heading such as "owner" stands over ids as well.
const SURE_HEADING: f64 = 0.9;
/// Headings that leave it open are decided by the values, up to this much.
const LIKENESS_WEIGHT: f64 = 0.3;
const OPEN_HEADING: f64 = 0.6;
/// Fewer values than this prove nothing without a heading.
const VALUES_MIN: usize = 3;
/// Headings of addresses and pictures: their values look like places and websites.
const MISLEADING: &[&str] = &[
    "address", "street", "picture", "image", "logo", "photo", "avatar", "file", "repo",
];

/// What was decided about a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice {
    pub(crate) field: Option<&'static Field>,
    pub(crate) score: f64,
    pub(crate) why: String,
}

struct Pair {
    column: usize,
    field: usize,
    score: f64,
    by_heading: bool,
}

/// The columns of an export are what the program wrote them for.
pub(crate) fn as_written(kind: Kind, table: &Table) -> Vec<Choice> {
    let choice = |heading: &String| match exported::field_of(kind, heading) {
        Some(field) => Choice {
            field: Some(field),
            score: 1.0,
            why: "Goodword wrote this column.".to_owned(),
        },
        None => Choice::default(),
    };
    table.columns().iter().map(choice).collect()
}

/// Decides for every column of the table.
pub(crate) fn assign(kind: Kind, table: &Table, facts: &[Facts<'_>]) -> Vec<Choice> {
    let fields = catalog::fields(kind);
    let mut choices: Vec<Choice> = vec![Choice::default(); table.columns().len()];
    let mut pairs: Vec<Pair> = Vec::new();
    for (column, name) in table.columns().iter().enumerate() {
        let before = pairs.len();
        by_heading(
            kind,
            column,
            name,
            &facts[column],
            &mut pairs,
            &mut choices[column],
        );
        if pairs.len() == before && choices[column].why.is_empty() {
            by_values(kind, column, name, &facts[column], &mut pairs);
        }
    }
    lone_name(kind, fields, table, &mut pairs);
    pairs.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(a.column.cmp(&b.column))
            .then(a.field.cmp(&b.field))
    });
    let mut taken = vec![false; fields.len()];
    for second_round in [false, true] {
        for pair in &pairs {
            let field = &fields[pair.field];
            let free = !taken[pair.field] || (second_round && field.several && pair.by_heading);
            if choices[pair.column].field.is_some() || !free {
                continue;
            }
            taken[pair.field] = true;
            choices[pair.column] = Choice {
                field: Some(field),
                score: pair.score,
                why: reason(pair, field, &facts[pair.column]),
            };
        }
    }
    for (column, choice) in choices.iter_mut().enumerate() {
        if choice.field.is_none() && choice.why.is_empty() {
            choice.why = if facts[column].is_empty() {
                "No field goes by this name, and it is empty."
            } else {
                "No field goes by this name."
            }
            .to_owned();
            if let Some(rival) = pairs.iter().find(|pair| pair.column == column) {
                choice.why = format!(
                    "Another column fits \"{}\" better.",
                    fields[rival.field].label
                );
            }
        }
    }
    choices
}

fn by_heading(
    kind: Kind,
    column: usize,
    name: &str,
    facts: &Facts<'_>,
    pairs: &mut Vec<Pair>,
    choice: &mut Choice,
) {
    for meaning in heading::meanings(kind, name) {
        let field = &catalog::fields(kind)[meaning.field];
        let fit = facts.fit(field);
        if fit < FIT_MIN && !(is_sure(field, meaning.score) && fit > 0.0) {
            choice.why = format!(
                "It is named like \"{}\", but its values are something else.",
                field.label
            );
            continue;
        }
        let open = if meaning.score <= OPEN_HEADING {
            LIKENESS_WEIGHT * facts.likeness(field)
        } else {
            0.0
        };
        let score = meaning.score * (0.8 + 0.2 * fit) + open;
        if score >= SCORE_MIN {
            choice.why.clear();
            pairs.push(Pair {
                column,
                field: meaning.field,
                score,
                by_heading: true,
            });
        }
    }
    if pairs.iter().any(|pair| pair.column == column) {
        choice.why.clear();
    }
}

fn is_sure(field: &Field, heading: f64) -> bool {
    heading >= SURE_HEADING && field.value != ValueKind::PersonName
}

/// Headings that say nothing: only values that can hardly be anything else count.
fn by_values(kind: Kind, column: usize, name: &str, facts: &Facts<'_>, pairs: &mut Vec<Pair>) {
    let fields = catalog::fields(kind);
    let first = |wanted: &dyn Fn(&Field) -> bool| fields.iter().position(wanted);
    let mut add = |field: Option<usize>, share: f64| {
        if let Some(field) = field.filter(|_| share >= 0.8) {
            pairs.push(Pair {
                column,
                field,
                score: 0.5 * share,
                by_heading: false,
            });
        }
    };
    let heading = heading::key(name);
    if facts.values.len() < VALUES_MIN || MISLEADING.iter().any(|word| heading.contains(word)) {
        return;
    }
    let is_link = |value: &str| value.starts_with("http") && facts::is_web_address(value);
    let is_contact = |field: &Field| matches!(field.name, "contact.email" | "user.email");
    add(first(&is_contact), facts.share(facts::is_email));
    if kind == Kind::Accounts {
        add(
            first(&|field| field.name == "account.website"),
            facts.share(is_link),
        );
    }
    add(
        first(&|field| field.name == "terms:region"),
        facts.likeness_of_place(),
    );
}

/// In a list of stories, `name` alone is the customer; beside a company, an e-mail or a job title
/// it is the person.
fn lone_name(kind: Kind, fields: &[Field], table: &Table, pairs: &mut Vec<Pair>) {
    if !matches!(kind, Kind::Advocates | Kind::Content) {
        return;
    }
    let says = |wanted: &dyn Fn(&Field) -> bool| {
        pairs
            .iter()
            .any(|pair| pair.score > OPEN_HEADING && wanted(&fields[pair.field]))
    };
    let is_person_fact = |field: &Field| {
        matches!(field.value, ValueKind::Email | ValueKind::Phone)
            || matches!(
                field.name,
                "contact.title" | "contact.first_name" | "contact.last_name"
            )
    };
    if says(&is_person_fact) || says(&|field| field.name == "account.name") {
        return;
    }
    let has_quote = says(&|field| field.name == "content.quote");
    pairs.retain(|pair| {
        let is_plain_name = heading::key(&table.columns()[pair.column]) == "name";
        let misread = match fields[pair.field].name {
            "contact.name" => true,
            "content.title" => has_quote,
            _ => false,
        };
        !(is_plain_name && misread)
    });
}

fn reason(pair: &Pair, field: &Field, facts: &Facts<'_>) -> String {
    let values = if facts.is_empty() {
        ""
    } else {
        ", and its values fit"
    };
    match (pair.by_heading, pair.score > OPEN_HEADING) {
        (true, true) => format!("The heading means \"{}\"{values}.", field.label),
        (true, false) => format!("The heading may mean \"{}\"{values}.", field.label),
        (false, _) => format!("The values look like \"{}\".", field.label),
    }
}
