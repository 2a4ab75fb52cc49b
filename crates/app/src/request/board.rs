//! Open requests as a board: who has each, for how long, and which are likely to miss their day.
//!
//! The forecast is the program's own past: what a step usually takes, from now on. Below ten cases of
//! a step nothing is forecast.

use domain::{
    activity::Activity,
    candidate::{CandidateState, Holder},
    id::RequestId,
    outlook::{self, Usual},
    request,
    time::{Day, Timestamp},
};
use serde::Serialize;
use storage::{
    candidate::{Candidate, PastStep},
    request::Request,
};

use super::{
    RequestView,
    outlook::{PAST_DAYS, PAST_STEPS_MAX, took},
    view,
};
use crate::{
    App,
    account::PersonRef,
    actor::Actor,
    error::Error,
    opportunity::OpportunityRef,
    policy::{self, Permission},
};

/// Requests that a board shows at most, those that are needed first.
const CARDS_MAX: u64 = 200;
const DAY_SECONDS: i64 = 86_400;

/// Where a request stands: with the one of its candidates that is furthest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoardStage {
    /// Nobody is asked; the program team looks for somebody.
    Matching,
    OwnerAsked,
    AdvocateAsked,
    /// Everybody who is wanted said yes.
    Agreed,
}

impl BoardStage {
    const ALL: [Self; 4] = [
        Self::Matching,
        Self::OwnerAsked,
        Self::AdvocateAsked,
        Self::Agreed,
    ];

    fn of(request: &Request, candidates: &[Candidate]) -> Self {
        let states: Vec<CandidateState> = candidates.iter().map(|row| row.state).collect();
        let wanted = usize::try_from(request.wanted).unwrap_or(1);
        if request::missing(wanted, &states) == 0 {
            Self::Agreed
        } else if states.contains(&CandidateState::AdvocateAsked) {
            Self::AdvocateAsked
        } else if states.contains(&CandidateState::OwnerAsked) {
            Self::OwnerAsked
        } else {
            Self::Matching
        }
    }

    /// Since when it stands there.
    fn since(self, request: &Request, candidates: &[Candidate]) -> Timestamp {
        let stamps = candidates.iter().filter_map(|row| match self {
            Self::Matching => row.closed_at,
            Self::OwnerAsked => row
                .owner_asked_at
                .filter(|_| row.state == CandidateState::OwnerAsked),
            Self::AdvocateAsked => row
                .advocate_asked_at
                .filter(|_| row.state == CandidateState::AdvocateAsked),
            Self::Agreed => row.accepted_at,
        });
        let found = match self {
            // The first who was asked may answer first; the last who left leaves nobody.
            Self::OwnerAsked | Self::AdvocateAsked => stamps.min(),
            Self::Matching | Self::Agreed => stamps.max(),
        };
        found.unwrap_or(request.created_at)
    }
}

/// A request on the board: enough to know it and who has it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct BoardCard {
    pub id: RequestId,
    pub activity: Activity,
    pub need_by: Day,
    pub opportunity: Option<OpportunityRef>,
    /// The prospect of the deal.
    pub account_name: Option<String>,
    /// Who has to act next on the request as a whole.
    pub holder: Holder,
    pub holder_name: Option<String>,
    /// Who answers for the holder, who is away.
    pub stand_in: Option<PersonRef>,
    /// Whole days since it was asked for.
    pub age_days: i64,
    /// Whole days in this column.
    pub step_days: i64,
    /// When a yes is likely, going by the past year; absent once it is there, and without enough cases.
    pub likely_on: Option<Day>,
    /// A yes is likely after the need-by day only, or that day is over.
    pub is_likely_late: bool,
}

/// A column of the board.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct BoardColumn {
    pub stage: BoardStage,
    /// What is needed first comes first.
    pub cards: Vec<BoardCard>,
}

/// The open requests in the reader's reach.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Board {
    pub columns: Vec<BoardColumn>,
    /// Open requests; 200 at most are shown.
    pub total: u64,
    /// Of those that are shown: how many are likely to miss their day.
    pub likely_late: usize,
}

pub async fn board(app: &App, actor: &Actor) -> Result<Board, Error> {
    let scope = policy::require(actor, Permission::RequestRead)?;
    let now = app.clock.now();
    let (rows, total) = storage::request::open_by_need(&app.store, &scope, CARDS_MAX).await?;
    let since = now.plus_days(-PAST_DAYS);
    let past = storage::candidate::past_steps(&app.store, None, since, PAST_STEPS_MAX).await?;
    let pace = Pace::of(&past);
    let loaded = view::load(app, actor, &rows).await?;
    let views = view::shown(app, actor, &rows, &loaded);
    let mut columns: Vec<BoardColumn> = BoardStage::ALL
        .into_iter()
        .map(|stage| BoardColumn {
            stage,
            cards: Vec::new(),
        })
        .collect();
    for (row, view) in rows.iter().zip(views) {
        let own = loaded
            .candidates
            .get(&row.id)
            .map_or(&[][..], Vec::as_slice);
        let stage = BoardStage::of(row, own);
        let card = card(row, own, view, stage, &pace, now);
        if let Some(column) = columns.iter_mut().find(|column| column.stage == stage) {
            column.cards.push(card);
        }
    }
    let cards = columns.iter().flat_map(|column| &column.cards);
    Ok(Board {
        likely_late: cards.filter(|card| card.is_likely_late).count(),
        columns,
        total,
    })
}

fn card(
    row: &Request,
    candidates: &[Candidate],
    view: RequestView,
    stage: BoardStage,
    pace: &Pace,
    now: Timestamp,
) -> BoardCard {
    let in_step = now.seconds_since(stage.since(row, candidates)).max(0);
    let likely_on = pace
        .remaining(stage, in_step)
        .map(|seconds| now.plus_seconds(seconds).day());
    let is_open_still = stage != BoardStage::Agreed;
    BoardCard {
        id: view.id,
        activity: view.activity,
        need_by: view.need_by,
        opportunity: view.opportunity,
        account_name: view.account_name,
        holder: view.holder,
        holder_name: view.holder_name,
        stand_in: view.stand_in,
        age_days: now.seconds_since(row.created_at).max(0) / DAY_SECONDS,
        step_days: in_step / DAY_SECONDS,
        likely_on,
        is_likely_late: is_open_still && likely_on.unwrap_or(now.day()) > row.need_by,
    }
}

/// What each step usually took.
struct Pace {
    team: Option<Usual>,
    owner: Option<Usual>,
    advocate: Option<Usual>,
}

impl Pace {
    fn of(past: &[PastStep]) -> Self {
        let usual = |took: fn(&PastStep) -> Option<i64>| {
            outlook::usual(past.iter().filter_map(took).collect())
        };
        Self {
            team: usual(|step| took(Some(step.requested_at), step.owner_asked_at)),
            owner: usual(|step| took(step.owner_asked_at, step.advocate_asked_at)),
            advocate: usual(|step| took(step.advocate_asked_at, step.accepted_at)),
        }
    }

    /// Seconds until a yes is likely: the rest of this step and the usual time of those that follow.
    fn remaining(&self, stage: BoardStage, in_step: i64) -> Option<i64> {
        let (this, next) = match stage {
            BoardStage::Matching => (self.team, vec![self.owner, self.advocate]),
            BoardStage::OwnerAsked => (self.owner, vec![self.advocate]),
            BoardStage::AdvocateAsked => (self.advocate, Vec::new()),
            BoardStage::Agreed => return None,
        };
        let mut seconds = rest(this?, in_step);
        for step in next {
            seconds += step?.median;
        }
        Some(seconds)
    }
}

/// What is left of a step that began `in_step` seconds ago: half of the cases are over by the median,
/// and a case that is not is one of the slow ones.
fn rest(usual: Usual, in_step: i64) -> i64 {
    let until = if in_step < usual.median {
        usual.median
    } else {
        usual.ninetieth
    };
    (until - in_step).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_takes_longer_than_usual_is_one_of_the_slow_ones() {
        let usual = Usual {
            median: 100,
            ninetieth: 500,
        };
        assert_eq!(rest(usual, 40), 60);
        assert_eq!(rest(usual, 100), 400);
        assert_eq!(rest(usual, 600), 0);
    }

    #[test]
    fn what_is_left_is_the_rest_of_the_step_and_those_that_follow_and_nothing_without_history() {
        let usual = |median| {
            Some(Usual {
                median,
                ninetieth: median * 2,
            })
        };
        let pace = Pace {
            team: None,
            owner: usual(100),
            advocate: usual(30),
        };
        assert_eq!(pace.remaining(BoardStage::Matching, 0), None);
        assert_eq!(pace.remaining(BoardStage::OwnerAsked, 40), Some(90));
        assert_eq!(pace.remaining(BoardStage::AdvocateAsked, 0), Some(30));
        assert_eq!(pace.remaining(BoardStage::Agreed, 0), None);
    }
}
