//! What is decided ahead of an ask or beside it: holds, whose yes an ask needs, and calls that serve many.

use app::{
    Error,
    policy::Permission,
    request::{
        group::join::{self, JoinCall},
        hold::{self, PutBy},
    },
    setting,
};
use domain::{
    activity::Activity,
    candidate::CandidateState,
    fulfilment::{FulfilmentMode, FulfilmentPolicy, FulfilmentRow},
    id::RequestId,
    time::Day,
};
use rand::{RngExt, rngs::ChaCha8Rng};
use storage::{
    candidate::Candidate,
    hold::{self as holds, Hold},
    request::Request,
};
use testkit::build::id;

use crate::world::{ACTIVITIES, ADVOCATES, DEALS, World};

#[derive(Clone, Debug)]
pub enum Ahead {
    PutBy {
        deal: u64,
        advocate: u64,
        activity: Activity,
        planned_on: Day,
    },
    GiveBack(Hold),
    /// Whose yes the next asks need; the owner's and the advocate's where it is empty.
    Policy(Vec<FulfilmentRow>),
    Join(Box<Candidate>, Vec<RequestId>),
}

/// One of them, or `None` where there is nothing to do it with.
pub async fn choose(
    world: &World,
    (requests, candidates): (&[&Request], &[Candidate]),
    chance: &mut ChaCha8Rng,
) -> Option<Ahead> {
    let today = world.app().clock.today();
    match chance.random_range(0..8) {
        0..3 => Some(Ahead::PutBy {
            deal: chance.random_range(1..=DEALS),
            advocate: chance.random_range(1..=ADVOCATES),
            activity: any_of(chance, &ACTIVITIES),
            planned_on: today.plus_days(chance.random_range(20..90)),
        }),
        3 => {
            let open = open(world).await;
            (!open.is_empty()).then(|| Ahead::GiveBack(any_of(chance, &open)))
        }
        4 => Some(Ahead::Policy(policy(chance))),
        _ => {
            let is_group = |row: &&Candidate| {
                row.activity == Activity::GroupCall
                    && matches!(
                        row.state,
                        CandidateState::Accepted | CandidateState::Scheduled
                    )
            };
            let lead = candidates.iter().find(is_group)?;
            let others: Vec<RequestId> = requests
                .iter()
                .filter(|row| row.id != lead.request_id)
                .map(|row| row.id)
                .collect();
            (!others.is_empty())
                .then(|| Ahead::Join(Box::new(lead.clone()), vec![any_of(chance, &others)]))
        }
    }
}

fn any_of<T: Clone>(chance: &mut ChaCha8Rng, from: &[T]) -> T {
    from[chance.random_range(0..from.len())].clone()
}

fn policy(chance: &mut ChaCha8Rng) -> Vec<FulfilmentRow> {
    let row = |activity, mode| FulfilmentRow {
        activity,
        tier: None,
        amount_from: None,
        amount_to: None,
        mode,
    };
    match chance.random_range(0..4) {
        0 => Vec::new(),
        1 => vec![row(None, FulfilmentMode::SelfService)],
        2 => vec![row(None, FulfilmentMode::Instant)],
        _ => vec![
            row(Some(Activity::Quote), FulfilmentMode::Instant),
            row(Some(Activity::GroupCall), FulfilmentMode::SelfService),
        ],
    }
}

/// Holds that are not over, the oldest first.
pub async fn open(world: &World) -> Vec<Hold> {
    let open = holds::open(&world.app().store, &holds::Filter::default()).await;
    open.expect("the holds")
}

pub async fn act(world: &World, ahead: Ahead) -> Result<(), Error> {
    let app = world.app();
    match ahead {
        Ahead::PutBy {
            deal,
            advocate,
            activity,
            planned_on,
        } => {
            let ask = PutBy {
                opportunity_id: id(deal),
                advocate_id: id(advocate),
                activity,
                planned_on,
                expires_on: None,
            };
            hold::put_by(app, world.seller_of(deal), ask, None).await?;
        }
        Ahead::GiveBack(row) => {
            hold::give_back(app, &world.program, row.id, row.version).await?;
        }
        Ahead::Policy(rows) => {
            let version = setting::read::<FulfilmentPolicy>(&app.store).await?.version;
            let policy = FulfilmentPolicy { rows };
            let by = &world.program;
            setting::write(app, by, Permission::SettingEdit, &policy, version).await?;
        }
        Ahead::Join(lead, requests) => {
            let ask = JoinCall { requests };
            join::join(app, &world.program, lead.id, lead.version, ask, None).await?;
        }
    }
    Ok(())
}
