//! What the values of a column look like, from a sample: the second witness beside the heading.

use domain::text::EmailAddress;

use crate::{
    amount::{self, MarkEvidence},
    cells, countries,
    day::{self, Reading},
    field::{Field, ValueKind},
    salesforce,
    table::Table,
    words,
};

/// Rows that are looked at, spread evenly over the table.
const SAMPLE_ROWS: usize = 400;
const EXAMPLES: usize = 3;

/// The filled values of a sample, and a few of them to show.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts<'t> {
    pub(crate) values: Vec<&'t str>,
    pub(crate) examples: Vec<String>,
}

/// The facts of every column.
pub(crate) fn gather(table: &Table) -> Vec<Facts<'_>> {
    let mut facts: Vec<Facts<'_>> = vec![Facts::default(); table.columns().len()];
    let step = table.len().div_ceil(SAMPLE_ROWS).max(1);
    for row in table.rows().step_by(step) {
        for (column, text) in row.cells() {
            if let Some(text) = cells::clean(text) {
                facts[column].values.push(text);
            }
        }
    }
    for fact in &mut facts {
        for value in &fact.values {
            let example: String = value.chars().take(80).collect();
            if fact.examples.len() < EXAMPLES && !fact.examples.contains(&example) {
                fact.examples.push(example);
            }
        }
    }
    facts
}

impl Facts<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The share of values for which the fact holds; 0 without values.
    pub(crate) fn share(&self, fact: impl Fn(&str) -> bool) -> f64 {
        if self.values.is_empty() {
            return 0.0;
        }
        self.values.iter().filter(|value| fact(value)).count() as f64 / self.values.len() as f64
    }

    /// The share of values that the field could take; 1 without values.
    pub(crate) fn fit(&self, field: &Field) -> f64 {
        if self.values.is_empty() {
            return 1.0;
        }
        match field.value {
            ValueKind::Text
            | ValueKind::LongText
            | ValueKind::Lines
            | ValueKind::Id
            | ValueKind::Terms { .. }
            | ValueKind::List => 1.0,
            ValueKind::PersonName => self.share(|value| !is_id_like(value)),
            ValueKind::Email => self.share(is_email),
            ValueKind::Phone => self.share(is_phone),
            ValueKind::Url => self.share(is_web_address),
            ValueKind::Day => self.share(|value| day::read(value) != Reading::NotADay),
            ValueKind::Money => {
                self.share(|value| amount::evidence(value) != MarkEvidence::NotANumber)
            }
            ValueKind::Currency => self.share(|value| amount::currency(value).is_some()),
            ValueKind::Whole { .. } => {
                self.share(|value| value.trim_end_matches('%').parse::<f64>().is_ok())
            }
            ValueKind::Count => self.share(|value| value.bytes().any(|byte| byte.is_ascii_digit())),
            ValueKind::YesNo => self.share(|value| words::yes_no(value).is_some()),
            ValueKind::Word { list } => self.share(|value| list.find(value).is_some()),
            ValueKind::Words { list } => self.share(|value| {
                value
                    .split([';', ',', '|'])
                    .any(|part| list.find(part).is_some())
            }),
        }
    }

    /// How much the values look like this very field, for headings that leave it open (0 to 1).
    pub(crate) fn likeness(&self, field: &Field) -> f64 {
        match field.name {
            "contact.title" | "user.title" => self.share(is_job_title),
            "content.title" => self.share(|value| value.split_whitespace().count() > 4),
            "terms:region" => self.share(countries::is_place),
            _ => 0.0,
        }
    }

    pub(crate) fn likeness_of_place(&self) -> f64 {
        self.share(countries::is_place)
    }

    /// Most values are `Name, Title` or `Name, Title, Company`.
    pub(crate) fn is_person_line(&self) -> bool {
        self.share(|value| value.contains(", ")) > 0.5
    }

    /// Some values are `Name, <address>`.
    pub(crate) fn has_name_and_address(&self) -> bool {
        self.share(|value| value.contains(',') && (value.contains("http") || value.contains("](")))
            > 0.1
    }

    pub(crate) fn has_references(&self) -> bool {
        self.values.iter().any(|value| cells::has_reference(value))
    }

    pub(crate) fn is_salesforce_id(&self) -> bool {
        !self.values.is_empty() && self.share(salesforce::is_id) > 0.95
    }
}

pub(crate) fn is_email(text: &str) -> bool {
    text.split([';', ','])
        .next()
        .is_some_and(|first| first.parse::<EmailAddress>().is_ok())
}

pub(crate) fn is_web_address(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && !text.contains('@')
        && domain::text::web_domain(text).is_some_and(|host| {
            host.rsplit('.')
                .next()
                .is_some_and(|top| top.len() > 1 && top.chars().all(char::is_alphabetic))
        })
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (5..=20).contains(&digits)
        && text
            .chars()
            .filter(|character| character.is_alphabetic())
            .count()
            <= 4
}

fn is_id_like(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) || is_email(text) || is_web_address(text)
}

fn is_job_title(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "manager",
        "director",
        "engineer",
        "vp",
        "president",
        "head",
        "chief",
        "officer",
        "lead",
        "cto",
        "ceo",
        "cio",
        "cfo",
        "coo",
        "ciso",
        "architect",
        "analyst",
        "consultant",
        "developer",
        "administrator",
        "specialist",
        "owner",
        "founder",
        "executive",
        "buyer",
        "supervisor",
        "coordinator",
        "scientist",
        "professor",
        "partner",
    ];
    text.to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| WORDS.contains(&word))
}
