//! What each side says after a use: how useful it was, how well the two fitted, and a word, beside
//! what matching had promised. Refuses to know by which way somebody says it.

use domain::{
    access::Scope,
    id::CandidateId,
    reference_use::{DebriefSide, Grade, actual_fit, expected_fit},
};
use serde::Serialize;
use storage::reference_use::ReferenceUse;

use super::reasons;
use crate::{App, actor::Actor, change, error::Error, people::Person, policy::FieldClass};

/// The answers to the three questions.
pub(super) struct Said {
    pub grade: Option<Grade>,
    pub fit: Option<Grade>,
    pub comment: Option<String>,
}

/// What one side said after a use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Debrief {
    pub side: DebriefSide,
    /// From 1 to 5: how useful it was, or to the advocate, how much it was worth the time.
    pub grade: Option<i64>,
    /// From 1 to 5: how well the customer fitted what the buyer needed.
    pub fit: Option<i64>,
    /// In the side's own words; the advocate's for the owner and the program team only.
    pub comment: Option<String>,
}

/// How well matching foresaw how the two would fit, as grades from 1 to 5.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FitView {
    /// What the relevance of the match promised; null where nothing was asked for.
    pub expected: Option<f64>,
    /// The mean of what the sides said; null while nobody did.
    pub actual: Option<f64>,
}

/// Characters of a comment.
const COMMENT_MAX: usize = 4_000;

/// A comment as it is kept; `None` where nothing was written.
pub(super) fn comment(written: Option<&str>) -> Result<Option<String>, Error> {
    change::optional("comment", written, COMMENT_MAX)
}

/// Puts down what a side says; what is left out stays as it was said before.
pub(super) fn note(used: &mut ReferenceUse, side: DebriefSide, said: Said) {
    let (grade, fit, comment) = match side {
        DebriefSide::Seller => (
            &mut used.grade_seller,
            &mut used.fit_seller,
            &mut used.comment,
        ),
        DebriefSide::Advocate => (
            &mut used.grade_advocate,
            &mut used.fit_advocate,
            &mut used.comment_advocate,
        ),
        DebriefSide::Buyer => (
            &mut used.grade_buyer,
            &mut used.fit_buyer,
            &mut used.comment_buyer,
        ),
    };
    *grade = said.grade.map(Into::into).or(*grade);
    *fit = said.fit.map(Into::into).or(*fit);
    if said.comment.is_some() {
        *comment = said.comment;
    }
}

/// What matching promises for a candidate, in tenths of a grade; nothing where nothing was asked for.
/// Asked before anybody has said how it was.
pub(super) async fn promised(app: &App, id: CandidateId) -> Result<Option<i64>, Error> {
    let Some(candidate) = storage::candidate::find(&app.store, id).await? else {
        return Ok(None);
    };
    let request = storage::request::find(&app.store, &Scope::Everything, candidate.request_id)
        .await?
        .ok_or(Error::NotFound)?;
    let now = app.index.now(app).await?;
    let today = app.clock.today();
    let mut query = matching::Query::new(candidate.activity, today, today);
    let deal = match request.opportunity_id {
        Some(id) => storage::opportunity::by_ids(&app.store, vec![id])
            .await?
            .remove(&id),
        None => None,
    };
    query.criteria = reasons::criteria(app, &now, &request, deal.as_ref()).await?;
    let relevance = now.ask(|index| index.relevance(&query, candidate.advocate_id))?;
    Ok(relevance.map(expected_fit))
}

/// Who said something, the seller first; in the reader's sight.
pub(super) fn views(actor: &Actor, person: &Person, used: &ReferenceUse) -> Vec<Debrief> {
    let private = person.sees(actor, FieldClass::Internal);
    let of = |side, grade, fit, comment: &Option<String>| Debrief {
        side,
        grade,
        fit,
        comment: comment
            .clone()
            .filter(|_| private || side != DebriefSide::Advocate),
    };
    let all = [
        of(
            DebriefSide::Seller,
            used.grade_seller,
            used.fit_seller,
            &used.comment,
        ),
        of(
            DebriefSide::Advocate,
            used.grade_advocate,
            used.fit_advocate,
            &used.comment_advocate,
        ),
        of(
            DebriefSide::Buyer,
            used.grade_buyer,
            used.fit_buyer,
            &used.comment_buyer,
        ),
    ];
    all.into_iter()
        .filter(|said| said.grade.is_some() || said.fit.is_some() || said.comment.is_some())
        .collect()
}

/// Promise and outcome of the match; nothing where there is neither.
pub(super) fn fit(used: &ReferenceUse) -> Option<FitView> {
    let tenths = |value: i64| value as f64 / 10.0;
    let view = FitView {
        expected: used.expected_fit.map(tenths),
        actual: actual_fit(&[used.fit_seller, used.fit_advocate, used.fit_buyer]).map(tenths),
    };
    (view.expected.is_some() || view.actual.is_some()).then_some(view)
}
