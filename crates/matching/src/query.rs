//! What is asked, and which asks are refused before any work is done.

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, FacetId, TermId},
    opportunity::DealStage,
    protection::Ask,
    time::Day,
};

pub const CRITERIA_MAX: usize = 64;
/// Over all criteria of a query.
pub const TERMS_MAX: usize = 200;
pub const TEXT_BYTES_MAX: usize = 10_000;
pub const WEIGHT_MAX: u32 = 1000;
pub const LIMIT_MAX: usize = 200;
/// Accounts and advocates together.
pub const EXCLUDED_MAX: usize = 1000;

/// A need: what the advocate should be like, what for and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// At most one per facet.
    pub criteria: Vec<Criterion>,
    pub text: Option<TextCriterion>,
    pub activity: Activity,
    /// The need-by day.
    pub day: Day,
    pub today: Day,
    /// Whom the advocate would speak to.
    pub prospect: Option<AccountId>,
    /// Content of this stage comes first.
    pub stage: Option<DealStage>,
    /// Leaves out advocates who rest or are blocked on the day. Those who can be had with
    /// somebody's yes (short notice, a lock the owner may lift) stay.
    pub only_available: bool,
    pub restricted_visible: bool,
    /// Leaves out who has nothing in common with what is asked; nobody where nothing is asked.
    pub in_common_only: bool,
    /// Accounts a page; 0 asks for the numbers only.
    pub limit: usize,
    /// Accounts to skip.
    pub offset: usize,
    /// Left out everywhere, with their content.
    pub exclude_accounts: Vec<AccountId>,
    pub exclude_advocates: Vec<AdvocateId>,
}

/// The requested terms of one facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    pub facet: FacetId,
    pub terms: Vec<TermId>,
    /// Only who fits one of the terms in full.
    pub must: bool,
    pub weight: u32,
}

/// Free text: counts like one more criterion, never a must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextCriterion {
    pub text: String,
    pub weight: u32,
}

impl Query {
    /// Everybody who is available for the activity on the day, first page of 20 accounts.
    pub fn new(activity: Activity, day: Day, today: Day) -> Self {
        Self {
            criteria: Vec::new(),
            text: None,
            activity,
            day,
            today,
            prospect: None,
            stage: None,
            only_available: true,
            restricted_visible: false,
            in_common_only: false,
            limit: 20,
            offset: 0,
            exclude_accounts: Vec::new(),
            exclude_advocates: Vec::new(),
        }
    }

    /// What protection is asked about each advocate.
    pub(crate) fn ask(&self) -> Ask {
        Ask {
            activity: self.activity,
            day: self.day,
            today: self.today,
            prospect: self.prospect,
            except: None,
        }
    }
}

/// Why a query is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryProblem {
    #[error("the search has {0} criteria and at most {CRITERIA_MAX} are taken; remove some")]
    TooManyCriteria(usize),
    #[error("the search names {0} terms and at most {TERMS_MAX} are taken; remove some")]
    TooManyTerms(usize),
    #[error("the text is {0} bytes long and at most {TEXT_BYTES_MAX} are taken; shorten it")]
    TextTooLong(usize),
    #[error("the text holds no word to look for; write one or leave the text out")]
    NoWords,
    #[error("a weight of {0} cannot be used; choose one from 1 to {WEIGHT_MAX}")]
    WeightOutOfRange(u32),
    #[error("a page of {0} rows is too long and at most {LIMIT_MAX} are given; ask for several")]
    LimitTooHigh(usize),
    #[error(
        "the search leaves out {0} accounts and advocates and at most {EXCLUDED_MAX} are taken; \
         leave out fewer"
    )]
    TooManyExcluded(usize),
    #[error("the day {day} was over on {today}; choose {today} or a later day")]
    DayIsPast { day: Day, today: Day },
    #[error("there is no facet {0}; it may have been removed, so choose another")]
    UnknownFacet(FacetId),
    #[error("there is no term {0}; it may have been removed, so choose another")]
    UnknownTerm(TermId),
    #[error("the term {term} belongs to another facet than {facet}; move it to its own criterion")]
    TermOfAnotherFacet { term: TermId, facet: FacetId },
    #[error("the criterion of the facet {0} names no term; add one or remove the criterion")]
    NoTerms(FacetId),
    #[error("two criteria name the facet {0}; put their terms into one")]
    FacetNamedTwice(FacetId),
}

/// Refuses what is out of bounds without a look at the taxonomy.
pub(crate) fn check_bounds(query: &Query) -> Result<(), QueryProblem> {
    if query.criteria.len() > CRITERIA_MAX {
        return Err(QueryProblem::TooManyCriteria(query.criteria.len()));
    }
    let terms = query.criteria.iter().map(|each| each.terms.len()).sum();
    if terms > TERMS_MAX {
        return Err(QueryProblem::TooManyTerms(terms));
    }
    if let Some(text) = query.text.as_ref().map(|text| text.text.len())
        && text > TEXT_BYTES_MAX
    {
        return Err(QueryProblem::TextTooLong(text));
    }
    let weights = query.criteria.iter().map(|each| each.weight);
    let mut weights = weights.chain(query.text.as_ref().map(|text| text.weight));
    if let Some(weight) = weights.find(|weight| !(1..=WEIGHT_MAX).contains(weight)) {
        return Err(QueryProblem::WeightOutOfRange(weight));
    }
    if query.limit > LIMIT_MAX {
        return Err(QueryProblem::LimitTooHigh(query.limit));
    }
    let excluded = query.exclude_accounts.len() + query.exclude_advocates.len();
    if excluded > EXCLUDED_MAX {
        return Err(QueryProblem::TooManyExcluded(excluded));
    }
    if query.day < query.today {
        let (day, today) = (query.day, query.today);
        return Err(QueryProblem::DayIsPast { day, today });
    }
    Ok(())
}
