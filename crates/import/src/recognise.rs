//! Which kind of records a table holds, by how well each kind explains its columns.

use crate::{
    exported,
    facts::{self, Facts},
    field::Field,
    kind::Kind,
    propose::{self, Choice},
    table::Table,
};

/// A kind and how likely it is, from 0 to 1; all of them add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Likely {
    pub kind: Kind,
    pub confidence: f64,
}

/// Words of file names that speak for a kind.
const FILE_WORDS: &[(Kind, &[&str])] = &[
    (
        Kind::Accounts,
        &[
            "account",
            "company",
            "companies",
            "adopters",
            "organizations",
            "sites",
        ],
    ),
    (Kind::Contacts, &["contact", "people", "persons", "leads"]),
    (
        Kind::Users,
        &["users", "team", "owners", "sellers", "employees"],
    ),
    (
        Kind::Opportunities,
        &["opportunit", "deal", "pipeline", "orders"],
    ),
    (
        Kind::Advocates,
        &["advocate", "reference", "testimonial", "champions"],
    ),
    (Kind::Content, &["content", "assets", "library"]),
    (Kind::Uses, &["uses", "activities", "usage"]),
    (
        Kind::Terms,
        &["terms", "taxonomy", "products", "industries"],
    ),
];

const FILE_BONUS: f64 = 1.5;
const QUOTE_BONUS: f64 = 1.0;
/// What explains less than this explains nothing.
const SCORE_MIN: f64 = 0.25;

/// The kinds that the table may be, the most likely first; empty when no kind explains it.
pub fn recognise(file_name: &str, table: &Table) -> Vec<Likely> {
    if let Some(kind) = exported::kind_of(table) {
        return vec![Likely {
            kind,
            confidence: 1.0,
        }];
    }
    let facts = facts::gather(table);
    let mut scored: Vec<(Kind, f64)> = Kind::ALL
        .iter()
        .map(|kind| (*kind, score(*kind, file_name, table, &facts)))
        .filter(|(_, score)| *score >= SCORE_MIN)
        .collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    // Sharpened, so that a kind that explains twice as much is not called a toss-up.
    let total: f64 = scored.iter().map(|(_, score)| score * score).sum();
    scored
        .into_iter()
        .map(|(kind, score)| Likely {
            kind,
            confidence: score * score / total,
        })
        .collect()
}

fn score(kind: Kind, file_name: &str, table: &Table, facts: &[Facts<'_>]) -> f64 {
    let choices = propose::assign(kind, table, facts);
    let is_mapped = |name: &str| {
        choices
            .iter()
            .any(|choice| choice.field.is_some_and(|field| field.name == name))
    };
    // What a constant can give later does not speak against the kind.
    let given = |name: &str| is_mapped(name) || matches!(name, "term.facet" | "use.activity");
    if propose::missing(kind, given).is_some() {
        return 0.0;
    }
    let mut score: f64 = choices
        .iter()
        .filter_map(|choice| Some(weight(kind, choice, choice.field?)))
        .sum();
    score *= speciality(kind, table, &choices, &is_mapped);
    // Whoever is quoted spoke for us: that says more than the company beside it.
    if kind == Kind::Advocates && is_mapped("content.quote") {
        score += QUOTE_BONUS;
    }
    score += sobject(kind, table, facts);
    let name = file_name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(file_name)
        .to_lowercase();
    let named = FILE_WORDS
        .iter()
        .any(|(of, words)| *of == kind && words.iter().any(|word| name.contains(word)));
    if score < SCORE_MIN {
        return 0.0;
    }
    score + if named { FILE_BONUS } else { 0.0 }
}

/// A field of the kind's own record says more than one of a record that it points at.
fn weight(kind: Kind, choice: &Choice, field: &Field) -> f64 {
    let own = match kind {
        Kind::Accounts => field.record() == "account",
        Kind::Contacts => field.record() == "contact",
        Kind::Users => matches!(field.record(), "user" | "manager"),
        Kind::Opportunities => field.record() == "opportunity",
        Kind::Advocates => matches!(field.record(), "advocate" | "content"),
        Kind::Content => field.record() == "content",
        Kind::Uses => field.record() == "use",
        Kind::Terms => field.record() == "term",
    };
    choice.score * if own { 1.0 } else { 0.4 }
}

/// Kinds with common headings need a heading that only they have.
fn speciality(
    kind: Kind,
    table: &Table,
    choices: &[Choice],
    is_mapped: &impl Fn(&str) -> bool,
) -> f64 {
    let any = |names: &[&str]| names.iter().any(|name| is_mapped(name));
    let special = match kind {
        Kind::Accounts => any(&["account.name"]),
        Kind::Contacts => {
            any(&[
                "contact.email",
                "contact.phone",
                "contact.last_name",
                "contact.title",
            ]) && any(&["contact.name", "contact.last_name", "contact.email"])
        }
        Kind::Users => any(&["manager.name", "manager.email", "user.role", "user.team"]),
        Kind::Opportunities => any(&[
            "opportunity.stage",
            "opportunity.close_on",
            "opportunity.amount",
            "opportunity.status",
        ]),
        Kind::Advocates => any(&[
            "content.quote",
            "advocate.story",
            "advocate.outcomes",
            "advocate.status",
            "advocate.activities",
            "advocate.consent_until",
        ]),
        Kind::Content => {
            any(&["content.url", "content.text", "content.quote"]) && any(&["content.title"])
        }
        Kind::Uses => any(&["use.activity"]) && any(&["use.used_on"]),
        Kind::Terms => propose::facet(table, choices).is_some() || any(&["term.facet"]),
    };
    if special { 1.0 } else { 0.3 }
}

/// What Salesforce itself says: the object in a tree export, or the first characters of the ids.
fn sobject(kind: Kind, table: &Table, facts: &[Facts<'_>]) -> f64 {
    const CERTAIN: f64 = 20.0;
    let (name, prefix) = match kind {
        Kind::Accounts => ("Account", "001"),
        Kind::Contacts => ("Contact", "003"),
        Kind::Users => ("User", "005"),
        Kind::Opportunities => ("Opportunity", "006"),
        Kind::Advocates | Kind::Content | Kind::Uses | Kind::Terms => return 0.0,
    };
    let column = |name: &str| {
        table
            .columns()
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    };
    let typed =
        column("attributes.type").is_some_and(|at| facts[at].share(|value| value == name) > 0.9);
    let prefixed = column("id").is_some_and(|at| {
        facts[at].is_salesforce_id() && facts[at].share(|id| id.starts_with(prefix)) > 0.9
    });
    if typed || prefixed { CERTAIN } else { 0.0 }
}
