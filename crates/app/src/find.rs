//! Find a reference: the question of a deal, or of a person, put to the match index and answered in
//! words that the reader may see.

use std::sync::Arc;

use domain::{
    activity::{Activity, NoticeUnit},
    id::{AccountId, AdvocateId, OpportunityId, TermId},
    protection::Rules,
    record::{Action, RecordKind},
    time::Day,
};
use matching::{ReadAs, Reading};
use serde::{Deserialize, Serialize};
use storage::{NewEvent, opportunity::Opportunity, unmet_search::UnmetSearch};

use crate::{
    App,
    actor::Actor,
    clock::new_id,
    error::Error,
    index::Moment,
    listing,
    policy::{self, Permission},
};

mod answer;
pub mod buyer_questions;
mod card;
pub(crate) mod criteria;
pub mod learned;
mod page;
mod question;
pub mod synonyms;
pub mod weights;
mod words;
pub mod workbench;

pub use answer::{CriterionView, FacetCount, MatchAnswer, RelaxationView, TermCountView, TermRef};
pub use card::{
    AvailabilityState, AvailabilityView, LoadBand, MatchRow, NearRow, Reason, ReasonKind,
};
pub use question::{NamedBy, NamedTerm, RecognisedView};

/// One requested facet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionInput {
    /// The key of a facet, such as `industry`.
    pub facet: String,
    pub terms: Vec<TermId>,
    /// Only advocates who fit one of the terms in full.
    #[serde(default)]
    pub must: bool,
    /// How much it counts, from 1 to 100; by facet when absent.
    pub weight: Option<u32>,
}

/// What is looked for. With a deal and no criteria, the criteria come from the deal.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FindReferences {
    pub opportunity_id: Option<OpportunityId>,
    /// With no criteria: what this advocate is like, whom the answer leaves out.
    pub like_advocate: Option<AdvocateId>,
    /// With no criteria: what this account is like, which the answer leaves out.
    pub like_account: Option<AccountId>,
    pub criteria: Option<Vec<CriterionInput>>,
    /// Words, at most 10,000 bytes. Those that name a term become criteria; the rest is looked for
    /// in stories, outcomes, quotes and content.
    pub text: Option<String>,
    /// Turns words that name a term into criteria; on unless switched off.
    pub read_text: Option<bool>,
    /// Words that stay text even where they name a term; at most 50.
    pub plain: Vec<String>,
    pub activity: Option<Activity>,
    pub need_by: Option<Day>,
    /// Leaves out advocates who rest or are blocked on the day; on unless switched off.
    pub only_available: Option<bool>,
    pub limit: Option<u64>,
    pub cursor: Option<String>,
    /// Keeps a search that nobody matches as unmet demand; on unless switched off, as while typing.
    pub keep_unmet: Option<bool>,
    /// Advocates who are not wanted in the answer; for use cases, never from outside.
    #[serde(skip)]
    pub leave_out: Vec<AdvocateId>,
}

/// Answers for a deal named by its id or the CRM's; changes nothing.
pub async fn for_opportunity(
    app: &App,
    actor: &Actor,
    key: &str,
    ask: FindReferences,
) -> Result<MatchAnswer, Error> {
    policy::require(actor, Permission::Match)?;
    let deal = crate::opportunity::find(app, actor, key).await?;
    best_first(app, actor, ask, Some(deal)).await
}

/// Answers a search; one without a single match is kept as unmet demand with the deal's value, unless
/// it says that it is still being typed.
pub async fn search(app: &App, actor: &Actor, ask: FindReferences) -> Result<MatchAnswer, Error> {
    policy::require(actor, Permission::Match)?;
    let deal = deal_of(app, actor, &ask).await?;
    let kept = deal.clone();
    let wanted = ask.clone();
    let mut answer = best_first(app, actor, ask, deal).await?;
    let asked_something = !answer.criteria.is_empty() || answer.text.is_some();
    let is_kept =
        wanted.keep_unmet.unwrap_or(true) && wanted.cursor.is_none() && !actor.is_viewed();
    if answer.total == 0 && asked_something && is_kept {
        keep_unmet(app, actor, &answer, kept.as_ref()).await?;
        answer.unmet_recorded = true;
    }
    Ok(answer)
}

/// Answers for a request that the caller may propose candidates on; changes nothing.
pub(crate) async fn for_request(
    app: &App,
    actor: &Actor,
    deal: Option<Opportunity>,
    ask: FindReferences,
) -> Result<MatchAnswer, Error> {
    policy::require(actor, Permission::CandidatePropose)?;
    run(app, actor, ask, deal).await
}

async fn keep_unmet(
    app: &App,
    actor: &Actor,
    answer: &MatchAnswer,
    deal: Option<&Opportunity>,
) -> Result<(), Error> {
    let mut tx = app.begin(actor).await?;
    let criteria = serde_json::json!({ "criteria": answer.criteria, "text": answer.text, "activity": answer.activity, "need_by": answer.need_by });
    let row = UnmetSearch {
        id: new_id(),
        user_id: actor.user_id(),
        opportunity_id: deal.map(|deal| deal.id),
        criteria: criteria.to_string(),
        amount_minor: deal.and_then(|deal| deal.amount_minor),
        currency: deal.and_then(|deal| deal.currency),
        at: tx.now(),
    };
    let mut event =
        NewEvent::new(Action::Searched, RecordKind::UnmetSearch, row.id).detail(criteria);
    if let Some(deal) = deal {
        event = event.link(RecordKind::Opportunity, deal.id);
    }
    storage::unmet_search::insert(&tx, row).await?;
    tx.record(event);
    Ok(tx.commit().await?)
}

/// Words that can be kept as text.
const PLAIN_MAX: usize = 50;

async fn run(
    app: &App,
    actor: &Actor,
    ask: FindReferences,
    deal: Option<Opportunity>,
) -> Result<MatchAnswer, Error> {
    let prepared = prepare(app, actor, ask, deal).await?;
    worded(app, actor, prepared).await
}

/// Who has something in common with what is asked: those who fit all of it first.
async fn best_first(
    app: &App,
    actor: &Actor,
    ask: FindReferences,
    deal: Option<Opportunity>,
) -> Result<MatchAnswer, Error> {
    let mut prepared = prepare(app, actor, ask, deal).await?;
    prepared.query.in_common_only = true;
    worded(app, actor, prepared).await
}

async fn worded(app: &App, actor: &Actor, prepared: Prepared) -> Result<MatchAnswer, Error> {
    let query = &prepared.query;
    let found = prepared.now.ask(|index| page::read(index, query))?;
    answer::build(app, actor, &prepared, found).await
}

/// Who can be asked and fits at least this much (in 1/10,000; everybody where nothing is asked),
/// best first: the best advocate of each of at most 200 accounts.
pub(crate) async fn fitting(
    app: &App,
    actor: &Actor,
    ask: FindReferences,
    relevance_min: u32,
) -> Result<Vec<AdvocateId>, Error> {
    policy::require(actor, Permission::Match)?;
    let deal = deal_of(app, actor, &ask).await?;
    let Prepared { now, mut query, .. } = prepare(app, actor, ask, deal).await?;
    query.limit = matching::LIMIT_MAX;
    query.offset = 0;
    query.only_available = true;
    let rows = now.ask(|index| index.query(&query))?.rows.into_iter();
    let fits = rows.filter(|row| row.relevance.is_none_or(|fit| fit >= relevance_min));
    Ok(fits.map(|row| row.advocate).collect())
}

async fn deal_of(
    app: &App,
    actor: &Actor,
    ask: &FindReferences,
) -> Result<Option<Opportunity>, Error> {
    match ask.opportunity_id {
        Some(id) => {
            let deal = crate::opportunity::find(app, actor, &id.to_string()).await?;
            Ok(Some(deal))
        }
        None => Ok(None),
    }
}

/// A search as the index takes it, and what its words were taken for.
struct Prepared {
    now: Arc<Moment>,
    query: matching::Query,
    reading: Reading,
    applies: bool,
}

async fn prepare(
    app: &App,
    actor: &Actor,
    ask: FindReferences,
    deal: Option<Opportunity>,
) -> Result<Prepared, Error> {
    let now = app.index.now(app).await?;
    prepare_at(app, actor, now, ask, deal).await
}

async fn prepare_at(
    app: &App,
    actor: &Actor,
    now: Arc<Moment>,
    mut ask: FindReferences,
    deal: Option<Opportunity>,
) -> Result<Prepared, Error> {
    ask.text = ask.text.filter(|text| !text.trim().is_empty());
    let (taxonomy, weights) = (&now.taxonomy, &now.weights);
    let (reading, applies) = read_question(&now, &ask)?;
    let today = app.clock.today();
    let activity = ask.activity.unwrap_or(Activity::ReferenceCall);
    let need_by = ask
        .need_by
        .unwrap_or_else(|| need_by_default(now.rules(), activity, today));
    let are_suggested = ask.criteria.is_none();
    let like = criteria::Like::read(app, actor, ask.like_advocate, ask.like_account).await?;
    let asked = match (ask.criteria, &like, &deal) {
        (Some(given), _, _) => criteria::read(taxonomy, weights, given)?,
        (None, Some(like), _) => {
            criteria::of_records(app, taxonomy, weights, &like.records).await?
        }
        (None, None, Some(deal)) => criteria::of_deal(app, taxonomy, weights, deal).await?,
        (None, None, None) => Vec::new(),
    };
    let (criteria, text) = if applies {
        let criteria = criteria::with_named(taxonomy, weights, asked, &reading, are_suggested);
        (criteria, reading.rest.clone())
    } else {
        (asked, ask.text)
    };
    let (limit, offset) = window(ask.limit, ask.cursor.as_deref())?;
    let mut query = matching::Query::new(activity, need_by, today);
    query.criteria = criteria;
    query.text = text.map(|text| matching::TextCriterion {
        text,
        weight: weights.text,
    });
    query.prospect = deal.as_ref().and_then(|deal| deal.account_id);
    query.stage = deal.as_ref().and_then(|deal| deal.stage);
    query.only_available = ask.only_available.unwrap_or(true);
    query.restricted_visible = policy::sees_restricted(actor);
    query.limit = limit;
    query.offset = offset;
    query.exclude_advocates = ask.leave_out;
    // A prospect is no reference for itself, and nobody is asked for one who is like themselves.
    query.exclude_accounts = query.prospect.into_iter().collect();
    if let Some(like) = like {
        query.exclude_accounts.extend(like.account);
        query.exclude_advocates.extend(like.advocate);
    }
    Ok(Prepared {
        now,
        query,
        reading,
        applies,
    })
}

/// What the words of an ask name, and whether that is to be applied.
fn read_question(now: &Moment, ask: &FindReferences) -> Result<(Reading, bool), Error> {
    if ask.plain.len() > PLAIN_MAX {
        return Err(Error::field(
            "plain",
            format!("At most {PLAIN_MAX} words can be kept as text. Leave some out."),
        ));
    }
    let Some(text) = &ask.text else {
        return Ok((Reading::default(), true));
    };
    let skipped = criteria::skipped(&now.taxonomy);
    let how = ReadAs {
        plain: &ask.plain,
        skipped: &skipped,
    };
    let reading = now.ask(|index| index.read(text, how))?;
    Ok((reading, ask.read_text.unwrap_or(true)))
}

/// The first day that needs no rush, with two working days to find a time.
pub(crate) fn need_by_default(rules: &Rules, activity: Activity, today: Day) -> Day {
    first_day_without_rush(rules, activity, today).plus_working_days(2)
}

pub(crate) fn first_day_without_rush(rules: &Rules, activity: Activity, today: Day) -> Day {
    let rule = rules.activities.of(activity);
    match rule.notice_unit {
        NoticeUnit::Days => today.plus_days(rule.notice),
        NoticeUnit::WorkingDays => today.plus_working_days(u32::try_from(rule.notice).unwrap_or(0)),
    }
}

/// Rows on a page and accounts to skip. The ranking is computed whole, so a page is a window on it.
fn window(limit: Option<u64>, cursor: Option<&str>) -> Result<(usize, usize), Error> {
    let page = listing::page(Some(limit.unwrap_or(20)), cursor)?;
    let offset = match page.after.map(|cursor| cursor.key) {
        None => 0,
        Some(storage::page::Key::Number(offset)) if (0..1_000_000).contains(&offset) => offset,
        Some(_) => {
            return Err(Error::field(
                "cursor",
                "The cursor is not one that this search gave out. Start from the first page.",
            ));
        }
    };
    Ok((
        usize::try_from(page.limit).unwrap_or(20),
        usize::try_from(offset).unwrap_or(0),
    ))
}

/// Up to three others to ask instead, best first, for a refusal that helps.
pub(crate) async fn alternatives(
    app: &App,
    actor: &Actor,
    deal: Option<&Opportunity>,
    activity: Activity,
    day: Day,
    not: (AdvocateId, AccountId),
) -> Result<Vec<crate::error::Alternative>, Error> {
    let ask = FindReferences {
        activity: Some(activity),
        need_by: Some(day.max(app.clock.today())),
        limit: Some(4),
        ..FindReferences::default()
    };
    let answer = run(app, actor, ask, deal.cloned()).await?;
    Ok(answer
        .rows
        .into_iter()
        .filter(|row| row.advocate != not.0 && row.account != not.1)
        .take(3)
        .map(|row| crate::error::Alternative {
            advocate_id: row.advocate,
            title: row.display_name,
            account_name: row.account_name,
        })
        .collect())
}
