//! Column headings as people and programs write them, and the fields they may mean.

use std::{collections::HashMap, sync::LazyLock};

use domain::{money::Currency, text::fold};

use crate::{catalog, kind::Kind};

/// A field that a heading may mean, and how surely (0 to 1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Meaning {
    /// Place in the list of fields of the kind.
    pub(crate) field: usize,
    pub(crate) score: f64,
}

/// Each alias that stands further down its list counts this much less.
const ORDER_STEP: f64 = 0.002;
const BARE_SCORE: f64 = 0.9;
const DOUBTFUL: f64 = 0.5;
const WITHOUT_BRACKETS: f64 = 0.95;
const LAST_TWO_PARTS: f64 = 0.9;
const LAST_PART: f64 = 0.6;

static MEANINGS: LazyLock<Vec<HashMap<String, Vec<Meaning>>>> =
    LazyLock::new(|| Kind::ALL.iter().map(|kind| build(*kind)).collect());

fn build(kind: Kind) -> HashMap<String, Vec<Meaning>> {
    let mut meanings: HashMap<String, Vec<Meaning>> = HashMap::new();
    for (position, field) in catalog::fields(kind).iter().enumerate() {
        let own = catalog::split(field.aliases).map(|alias| (alias, 1.0));
        let bare = catalog::bare_aliases(kind, field.name).map(|alias| (alias, BARE_SCORE));
        let names = [field.name, field.label]
            .into_iter()
            .map(|name| (name, 1.0));
        for (order, (alias, certainty)) in own.chain(bare).chain(names).enumerate() {
            let (alias, certainty) = match alias.strip_prefix('~') {
                Some(doubtful) => (doubtful, DOUBTFUL),
                None => (alias, certainty),
            };
            let score = certainty - ORDER_STEP * order as f64;
            let known = meanings.entry(key(alias)).or_default();
            match known.iter_mut().find(|meaning| meaning.field == position) {
                Some(meaning) => meaning.score = meaning.score.max(score),
                None => known.push(Meaning {
                    field: position,
                    score,
                }),
            }
        }
    }
    meanings
}

/// The fields of a kind that the heading may mean, each with its best score.
pub(crate) fn meanings(kind: Kind, heading: &str) -> Vec<Meaning> {
    let mut found: Vec<Meaning> = Vec::new();
    for (key, certainty) in readings(heading) {
        for meaning in MEANINGS[kind as usize].get(&key).into_iter().flatten() {
            let score = meaning.score * certainty;
            match found.iter_mut().find(|known| known.field == meaning.field) {
                Some(known) => known.score = known.score.max(score),
                None => found.push(Meaning {
                    field: meaning.field,
                    score,
                }),
            }
        }
    }
    found
}

/// The heading as a key: whole, without what stands in brackets, and its last parts when it comes
/// from a nested record.
fn readings(heading: &str) -> Vec<(String, f64)> {
    let mut readings = vec![(key(heading), 1.0)];
    if let Some((front, _)) = heading.split_once(['(', '[']) {
        readings.push((key(front), WITHOUT_BRACKETS));
    }
    let parts: Vec<&str> = heading.split('.').collect();
    if let [.., before, last] = parts[..] {
        readings.push((key(&format!("{before} {last}")), LAST_TWO_PARTS));
        readings.push((key(last), LAST_PART));
    }
    readings.retain(|(key, _)| !key.is_empty());
    readings
}

/// Letters and digits only: `BillingCountry`, `BILLING_COUNTRY` and `Billing country` are one.
pub(crate) fn key(heading: &str) -> String {
    let heading = heading.trim();
    // Salesforce marks a company's own fields so.
    let heading = match heading.char_indices().nth_back(2) {
        Some((at, _)) if heading[at..].eq_ignore_ascii_case("__c") => &heading[..at],
        _ => heading,
    };
    fold(heading).replace(' ', "")
}

/// The currency that a heading names: `Amount (EUR)`, `ARR USD`, `amount_eur`.
pub(crate) fn currency(heading: &str) -> Option<Currency> {
    let mut words = heading
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let last = words.next_back()?;
    words.next()?;
    // A word such as `all` is the currency of Albania too: only the ones people trade in count.
    const COMMON: &str = "USD EUR GBP JPY CHF CAD AUD NZD SEK NOK DKK PLN CZK HUF INR CNY HKD SGD BRL MXN ZAR KRW ILS AED";
    let upper = last.to_ascii_uppercase();
    COMMON
        .split(' ')
        .any(|code| code == upper)
        .then(|| upper.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(kind: Kind, heading: &str) -> Option<&'static str> {
        let best = meanings(kind, heading)
            .into_iter()
            .max_by(|a, b| a.score.total_cmp(&b.score))?;
        Some(catalog::fields(kind)[best.field].name)
    }

    #[test]
    fn headings_of_many_programs_mean_the_same_field() {
        for heading in [
            "BILLINGCOUNTRY",
            "BillingCountry",
            "billing_country",
            "Billing Country",
            "Country/Region",
        ] {
            assert_eq!(
                best(Kind::Accounts, heading),
                Some("terms:region"),
                "{heading}"
            );
        }
        assert_eq!(
            best(Kind::Contacts, "Person - Email (Work)"),
            Some("contact.email")
        );
        assert_eq!(
            best(Kind::Contacts, "Organization - Name*"),
            Some("account.name")
        );
        assert_eq!(best(Kind::Accounts, "Name"), Some("account.name"));
        assert_eq!(best(Kind::Opportunities, "Name"), Some("opportunity.name"));
        assert_eq!(best(Kind::Accounts, "Industry__c"), Some("terms:industry"));
        assert_eq!(
            best(Kind::Opportunities, "Deal value (EUR)"),
            Some("opportunity.amount")
        );
        assert_eq!(best(Kind::Accounts, "shoe size"), None);
    }

    #[test]
    fn a_heading_may_name_the_currency() {
        assert_eq!(
            currency("Amount (EUR)")
                .map(|currency| currency.to_string())
                .as_deref(),
            Some("EUR")
        );
        assert_eq!(currency("amount_usd"), Some(Currency::USD));
        assert_eq!(currency("USD"), None);
        assert_eq!(currency("sum of all"), None);
    }

    #[test]
    fn no_alias_means_two_fields_equally() {
        for kind in Kind::ALL {
            for (alias, known) in &MEANINGS[*kind as usize] {
                let top = known
                    .iter()
                    .map(|meaning| meaning.score)
                    .fold(0.0, f64::max);
                let names: Vec<&str> = known
                    .iter()
                    .filter(|meaning| meaning.score > 0.6 && top - meaning.score < 1e-9)
                    .map(|meaning| catalog::fields(*kind)[meaning.field].name)
                    .collect();
                assert!(names.len() < 2, "{kind}: {alias} means {names:?}");
            }
        }
    }
}
