//! What a sentence says of a growth goal, for people to look over and change. Nothing leaves the
//! machine: period, change and size are read by rules, industry, region and product by the taxonomy.

use domain::{
    id::TermId,
    money::{Currency, Money},
    taxonomy::{Taxonomy, TermInfo},
    time::Day,
};
use matching::ReadAs;
use planning::goal::{self, Change, Said};
use serde::{Deserialize, Serialize};

use super::GoalChange;
use crate::{
    App,
    actor::Actor,
    change,
    error::Error,
    plan::assume::{Exchange, PlanAssumptions},
    policy::{self, Permission},
    setting::{self, Program},
};

const SENTENCE_MAX: usize = 500;

/// A sentence to read.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadGoal {
    /// Such as "increase Q3 revenue by 20% from healthcare in the Midwest"; 1 to 500 characters.
    pub sentence: String,
}

/// What a sentence was taken for; what it does not say is absent.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GoalReading {
    pub first: Option<Day>,
    pub last: Option<Day>,
    pub change: Option<GoalChange>,
    /// Why an amount that stands there was not taken, and what to do.
    pub change_problem: Option<String>,
    pub words: Vec<GoalWords>,
    /// Words that were not understood.
    pub unread: Vec<String>,
}

/// Words of the sentence and the terms that they were taken for.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GoalWords {
    pub written: String,
    pub facet_name: String,
    pub terms: Vec<GoalTerm>,
}

/// A term that a goal is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct GoalTerm {
    pub id: TermId,
    pub name: String,
}

impl From<&TermInfo> for GoalTerm {
    fn from(term: &TermInfo) -> Self {
        Self {
            id: term.id,
            name: term.name.clone(),
        }
    }
}

/// Reads a sentence. Nothing is stored.
pub async fn read(app: &App, actor: &Actor, ask: &ReadGoal) -> Result<GoalReading, Error> {
    policy::require(actor, Permission::PlanRead)?;
    let sentence = change::text("sentence", &ask.sentence, 1, SENTENCE_MAX)?;
    let said = goal::read(&sentence, app.clock.today());
    let moment = app.index.now(app).await?;
    let reading = moment.ask(|index| index.read(&said.rest, ReadAs::default()))?;
    let taxonomy = &moment.taxonomy;
    let mut words: Vec<GoalWords> = reading
        .recognised
        .iter()
        .filter(|one| !goal::is_usual(&one.written))
        .filter_map(|one| {
            Some(GoalWords {
                written: one.written.clone(),
                facet_name: taxonomy.facet(one.named.facet)?.name.clone(),
                terms: vec![taxonomy.term(one.named.term)?.into()],
            })
        })
        .collect();
    words.extend(sizes(taxonomy, &said).filter(|size| {
        // The program's own word for a size says more than a rule of ours.
        words.iter().all(|one| one.facet_name != size.facet_name)
    }));
    let (change, change_problem) = changed(app, &said).await?;
    let unread = reading.rest.as_deref().unwrap_or_default();
    Ok(GoalReading {
        first: said.period.map(|period| period.first),
        last: said.period.map(|period| period.last),
        change,
        change_problem,
        words,
        unread: unread
            .split_whitespace()
            .filter(|word| !goal::is_usual(word))
            .map(str::to_owned)
            .collect(),
    })
}

/// The bands of company sizes that lie within the employees that were said.
fn sizes(taxonomy: &Taxonomy, said: &Said) -> Option<GoalWords> {
    let (employees, written) = said.employees.clone()?;
    let facet = taxonomy.facet_by_key("company_size")?;
    let terms = taxonomy.terms().iter().filter(|term| {
        term.facet == facet.id
            && !term.retired
            && term.merged_into.is_none()
            && band(&term.name).is_some_and(|(least, most)| {
                employees.contains(&least) && employees.contains(&most)
            })
    });
    let terms: Vec<GoalTerm> = terms.map(GoalTerm::from).collect();
    (!terms.is_empty()).then(|| GoalWords {
        written,
        facet_name: facet.name.clone(),
        terms,
    })
}

/// The least and the most employees of a band such as `201-500` or `10,001+`.
fn band(name: &str) -> Option<(u32, u32)> {
    let plain = name.replace(',', "");
    let mut numbers = plain
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(str::parse::<u32>);
    let least = numbers.next()?.ok()?;
    let most = numbers.next().transpose().ok()?;
    Some((least, most.unwrap_or(u32::MAX)))
}

/// The change in the program's currency, or why an amount of another one was not taken.
async fn changed(app: &App, said: &Said) -> Result<(Option<GoalChange>, Option<String>), Error> {
    let (amount, is_total) = match said.change {
        None => return Ok((None, None)),
        Some(Change::Share(share)) => return Ok((Some(GoalChange::Share { share }), None)),
        Some(Change::By(amount)) => (amount, false),
        Some(Change::To(amount)) => (amount, true),
    };
    let base = setting::read::<Program>(&app.store).await?.value.currency;
    let assumptions = setting::read::<PlanAssumptions>(&app.store).await?.value;
    let currency = meant(said.currency.as_deref(), base);
    let minor = i64::try_from(amount)
        .ok()
        .and_then(|amount| amount.checked_mul(10_i64.pow(currency.digits())));
    let converted =
        minor.and_then(|minor| Exchange::new(base, &assumptions).convert(minor, currency));
    let Some(minor) = converted.and_then(|minor| i64::try_from(minor).ok()) else {
        let problem = format!(
            "The amount is in {currency} and the plan counts in {base}. Set the exchange rate of {currency} in the plan's assumptions, or write the amount in {base}."
        );
        return Ok((None, Some(problem)));
    };
    let amount = Money {
        minor,
        currency: base,
    }
    .decimal();
    let change = if is_total {
        GoalChange::Total { amount }
    } else {
        GoalChange::More { amount }
    };
    Ok((Some(change), None))
}

/// The currency that was written; a bare dollar sign is the program's own where that is a dollar.
fn meant(written: Option<&str>, base: Currency) -> Currency {
    let Some(written) = written.map(str::to_uppercase) else {
        return base;
    };
    let code = match written.as_str() {
        "$" | "DOLLAR" | "DOLLARS" if base.code().ends_with('D') => return base,
        "$" | "DOLLAR" | "DOLLARS" => "USD",
        "€" | "EURO" | "EUROS" => "EUR",
        "£" | "POUND" | "POUNDS" => "GBP",
        "¥" => "JPY",
        code => code,
    };
    code.parse().unwrap_or(base)
}
