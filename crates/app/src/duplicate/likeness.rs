//! Which records are probably the same one: pairs with a score and the reasons for it.
//!
//! Records are compared only within blocks that share a key, and a large block is compared with its
//! first record alone, so the work grows with the number of records and never with its square.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::import::values::names_company;

/// Why two records are probably the same.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = DuplicateReason)]
pub enum Reason {
    /// The web domain is the same, and is one of a company.
    SameDomain,
    /// The name is the same but for case, accents and punctuation.
    SameName,
    /// The name is the same but for the legal form, such as Inc or GmbH.
    SameNameButForm,
    /// The same words in another order.
    SwappedName,
    /// A slip or two apart.
    SimilarName,
    /// Both are at the same account.
    SameAccount,
    /// The e-mail addresses are of the same company.
    SameEmailDomain,
}

impl Reason {
    const ALL: [Self; 7] = [
        Self::SameDomain,
        Self::SameName,
        Self::SameNameButForm,
        Self::SwappedName,
        Self::SimilarName,
        Self::SameAccount,
        Self::SameEmailDomain,
    ];

    /// The stored and sent form.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::SameDomain => "same_domain",
            Self::SameName => "same_name",
            Self::SameNameButForm => "same_name_but_form",
            Self::SwappedName => "swapped_name",
            Self::SimilarName => "similar_name",
            Self::SameAccount => "same_account",
            Self::SameEmailDomain => "same_email_domain",
        }
    }

    /// None for a reason of another version of the program.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }

    /// Points of a hundred; a second reason adds a tenth of its own.
    fn points(self) -> u32 {
        match self {
            Self::SameDomain => 85,
            Self::SameName => 80,
            Self::SameNameButForm | Self::SwappedName => 75,
            Self::SimilarName => 60,
            Self::SameAccount => 15,
            Self::SameEmailDomain => 10,
        }
    }
}

/// A record as far as it can tell a duplicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Likely {
    pub(crate) id: Uuid,
    pub(crate) name_folded: String,
    /// The web domain of an account, or that of a contact's e-mail address.
    pub(crate) domain: Option<String>,
    /// The account of a contact; only contacts at the same account or of the same e-mail domain are
    /// compared, because many people share a name.
    pub(crate) account: Option<Uuid>,
}

/// Two records that are probably the same, the smaller id first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) one: Uuid,
    pub(crate) other: Uuid,
    /// From 1 to 99.
    pub(crate) score: u32,
    pub(crate) reasons: Vec<Reason>,
}

/// Pairs that are kept; a steward who is through with them looks again.
pub(crate) const PAIRS_MAX: usize = 2_000;
/// Records of a block that are compared with each other.
const BLOCK_MAX: usize = 40;
/// Names alike from here on.
const LIKENESS_MIN: f64 = 0.85;
/// Shorter names differ by one letter too easily.
const LENGTH_MIN: usize = 5;

/// Words that say what a company is by law and nothing about which one it is.
const FORMS: &[&str] = &[
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "kg",
    "kk",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "sa",
    "sarl",
    "sas",
    "se",
    "sl",
    "spa",
    "srl",
];

/// A folded name without its legal form; the whole name where nothing else is left.
pub(crate) fn without_form(folded: &str) -> String {
    let words: Vec<&str> = folded.split(' ').collect();
    let kept = words
        .iter()
        .rposition(|word| !FORMS.contains(word))
        .map_or(words.len(), |last| last + 1);
    words[..kept].join(" ")
}

fn sorted_words(folded: &str) -> String {
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// Probable duplicates among companies, the surest first.
pub(crate) fn accounts(rows: &[Likely]) -> Vec<Pair> {
    let keys = |row: &Likely| {
        let bare = without_form(&row.name_folded);
        let start: String = bare.chars().take(4).collect();
        let domain = row.domain.as_deref().filter(|domain| names_company(domain));
        [
            Some(format!("name {bare}")),
            Some(format!("start {start}")),
            domain.map(|domain| format!("domain {domain}")),
        ]
    };
    pairs(rows, keys, compare_accounts)
}

fn compare_accounts(one: &Likely, other: &Likely) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if one.domain.is_some()
        && one.domain == other.domain
        && one.domain.as_deref().is_some_and(names_company)
    {
        reasons.push(Reason::SameDomain);
    }
    let other_domain = one.domain.is_some() && other.domain.is_some() && one.domain != other.domain;
    let (bare, of_other) = (
        without_form(&one.name_folded),
        without_form(&other.name_folded),
    );
    if one.name_folded == other.name_folded {
        reasons.push(Reason::SameName);
    } else if bare == of_other {
        reasons.push(Reason::SameNameButForm);
    } else if !other_domain && alike(&bare, &of_other) {
        reasons.push(Reason::SimilarName);
    }
    reasons
}

/// Probable duplicates among people, the surest first.
pub(crate) fn contacts(rows: &[Likely]) -> Vec<Pair> {
    let keys = |row: &Likely| {
        let sorted = sorted_words(&row.name_folded);
        let start: String = row.name_folded.chars().take(1).collect();
        let domain = row.domain.as_deref().filter(|domain| names_company(domain));
        [
            row.account.map(|account| format!("{account} {sorted}")),
            domain.map(|domain| format!("{domain} {sorted}")),
            row.account
                .map(|account| format!("{account} start {start}")),
        ]
    };
    pairs(rows, keys, compare_contacts)
}

fn compare_contacts(one: &Likely, other: &Likely) -> Vec<Reason> {
    let named = if one.name_folded == other.name_folded {
        Reason::SameName
    } else if sorted_words(&one.name_folded) == sorted_words(&other.name_folded) {
        Reason::SwappedName
    } else if alike(&one.name_folded, &other.name_folded) {
        Reason::SimilarName
    } else {
        return Vec::new();
    };
    let mut reasons = vec![named];
    if one.account.is_some() && one.account == other.account {
        reasons.push(Reason::SameAccount);
    }
    if one.domain.is_some()
        && one.domain == other.domain
        && one.domain.as_deref().is_some_and(names_company)
    {
        reasons.push(Reason::SameEmailDomain);
    }
    reasons
}

/// Two names are a slip or two apart.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    let long = one.chars().count().min(other.chars().count()) >= LENGTH_MIN;
    long && strsim::normalized_damerau_levenshtein(one, other) >= LIKENESS_MIN
}

fn pairs(
    rows: &[Likely],
    keys: impl Fn(&Likely) -> [Option<String>; 3],
    compare: impl Fn(&Likely, &Likely) -> Vec<Reason>,
) -> Vec<Pair> {
    let mut blocks: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        for key in keys(row).into_iter().flatten() {
            blocks.entry(key).or_default().push(at);
        }
    }
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    for block in blocks.into_values() {
        let with = if block.len() > BLOCK_MAX {
            1
        } else {
            block.len()
        };
        for (place, one) in block.iter().take(with).enumerate() {
            seen.extend(
                block[place + 1..]
                    .iter()
                    .map(|other| (*one.min(other), *one.max(other))),
            );
        }
    }
    let mut found: Vec<Pair> = seen
        .into_iter()
        .filter_map(|(one, other)| {
            pair(&rows[one], &rows[other], compare(&rows[one], &rows[other]))
        })
        .collect();
    found.sort_by(|one, other| {
        (other.score, one.one, one.other).cmp(&(one.score, other.one, other.other))
    });
    found.truncate(PAIRS_MAX);
    found
}

fn pair(one: &Likely, other: &Likely, reasons: Vec<Reason>) -> Option<Pair> {
    let best = reasons.iter().map(|reason| reason.points()).max()?;
    let all: u32 = reasons.iter().map(|reason| reason.points()).sum();
    let score = (best + (all - best) / 5).min(99);
    Some(Pair {
        one: one.id.min(other.id),
        other: one.id.max(other.id),
        score,
        reasons,
    })
}

#[cfg(test)]
mod tests;
