//! What people do, chosen by chance among what there is.

use app::{
    Error,
    account::{self, LockAccount},
    advocate::{
        consent::{self, RecordConsent},
        edit::{self, MoveAdvocate},
    },
    request::{
        answer::{self, GiveAnswer, YesNo},
        clock,
        fulfil::{self, RecordUse, ScheduleUse},
        link,
        owner::{self, Approve, DeclineCandidate},
        propose::{self, ProposeCandidates},
        stop::{self, CloseRequest, WithdrawRequest},
        submit::{self, SubmitRequest},
        substitute::{self, SendInstead},
    },
};
use domain::{
    access::Scope,
    activity::Activity,
    advocate::AdvocateStatus,
    candidate::CandidateState,
    consent::{ConsentKind, ConsentSource},
    id::{AccountId, AdvocateId, OpportunityId},
    protection::LockReason,
    reference_use::UseOutcome,
    request::UnfilledReason,
    time::Day,
};
use rand::{RngExt, rngs::ChaCha8Rng};
use storage::{StorageError, candidate::Candidate, request::Request};
use testkit::build::id;

use crate::{
    ahead::{self, Ahead},
    rows,
    world::{ACTIVITIES, ADVOCATES, CUSTOMERS, DEALS, World},
};

#[derive(Clone, Debug)]
pub enum Command {
    Submit {
        deal: u64,
        activity: Activity,
        need_by: Day,
        wanted: i64,
        advocates: Vec<u64>,
    },
    Propose {
        request: Request,
        advocates: Vec<u64>,
        overrides: bool,
    },
    Approve {
        candidate: Candidate,
        by_program: bool,
        overrides: bool,
    },
    Decline(Candidate),
    Answer(Candidate, YesNo),
    Schedule(Candidate, Day),
    Use(Candidate, Day),
    Withdraw(Request),
    Close(Request),
    SendInstead(Request),
    TakeBack(Request),
    /// Given or withdrawn, and whether the next asks need no further yes of theirs.
    Consent(u64, ConsentKind, bool),
    Move(u64, AdvocateStatus),
    Lock(u64),
    Unlock(u64),
    Ahead(Ahead),
    Hours(i64),
}

const WHY: &str = "The board asked for it.";

/// Something that somebody could do now; stale copies and refusals are part of it.
#[expect(
    clippy::too_many_lines,
    reason = "one arm a command, none worth a name of its own"
)]
pub async fn choose(world: &World, chance: &mut ChaCha8Rng) -> Command {
    let (requests, candidates) = rows::rows(world).await;
    let today = world.app().clock.today();
    let open: Vec<&Request> = requests.iter().filter(|row| row.status.is_open()).collect();
    let some = |state: &[CandidateState], chance: &mut ChaCha8Rng| {
        let there: Vec<&Candidate> = candidates
            .iter()
            .filter(|row| state.contains(&row.state))
            .collect();
        pick(&there, chance).map(|row| (*row).clone())
    };
    use CandidateState::{Accepted, AdvocateAsked, OwnerAsked, Proposed, Scheduled};
    let chosen = match chance.random_range(0..100) {
        0..22 => None,
        22..30 => pick(&open, chance).map(|row| Command::Propose {
            request: (*row).clone(),
            advocates: advocates(1, 5, chance),
            overrides: chance.random_bool(0.15),
        }),
        30..46 => some(&[OwnerAsked], chance).map(|candidate| Command::Approve {
            candidate,
            by_program: chance.random_bool(0.1),
            overrides: chance.random_bool(0.1),
        }),
        46..49 => some(&[Proposed], chance).map(|candidate| Command::Approve {
            candidate,
            by_program: true,
            overrides: chance.random_bool(0.1),
        }),
        49..53 => some(&[OwnerAsked, Accepted, Scheduled], chance).map(Command::Decline),
        53..67 => some(&[AdvocateAsked], chance).map(|row| {
            let answer = if chance.random_bool(0.75) {
                YesNo::Accept
            } else {
                YesNo::Decline
            };
            Command::Answer(row, answer)
        }),
        67..72 => some(&[Accepted, Scheduled], chance)
            .map(|row| Command::Schedule(row, today.plus_days(chance.random_range(-1..60)))),
        72..80 => {
            let due = |row: &&Candidate| {
                matches!(row.state, Accepted | Scheduled) && row.planned_on <= today
            };
            candidates
                .iter()
                .find(due)
                .map(|row| Command::Use(row.clone(), row.planned_on))
        }
        80 => pick(&open, chance).map(|row| Command::Withdraw((*row).clone())),
        81 => pick(&open, chance).map(|row| Command::Close((*row).clone())),
        82 => Some(Command::Consent(
            any(ADVOCATES, chance),
            ConsentKind::Withdrawn,
            false,
        )),
        83..85 => Some(Command::Consent(
            any(ADVOCATES, chance),
            ConsentKind::Given,
            chance.random_bool(0.5),
        )),
        85 => Some(Command::Move(
            any(ADVOCATES, chance),
            AdvocateStatus::Paused,
        )),
        86..88 => Some(Command::Move(
            any(ADVOCATES, chance),
            AdvocateStatus::Active,
        )),
        88 => Some(Command::Lock(any(CUSTOMERS, chance))),
        89..91 => Some(Command::Unlock(any(CUSTOMERS, chance))),
        91 => pick(&open, chance).map(|row| Command::SendInstead((*row).clone())),
        92 => {
            let answered = |row: &&Request| row.share_id.is_some();
            let last = requests
                .iter()
                .filter(answered)
                .max_by_key(|row| row.closed_at);
            last.map(|row| Command::TakeBack(row.clone()))
        }
        93..97 => ahead::choose(world, (&open, &candidates), chance)
            .await
            .map(Command::Ahead),
        _ => Some(Command::Hours(chance.random_range(1..300))),
    };
    chosen.unwrap_or_else(|| Command::Submit {
        deal: any(DEALS, chance),
        activity: ACTIVITIES[chance.random_range(0..ACTIVITIES.len())],
        need_by: today.plus_days(chance.random_range(-1..70)),
        wanted: chance.random_range(1..3),
        advocates: advocates(0, 3, chance),
    })
}

fn pick<'a, T>(from: &'a [T], chance: &mut ChaCha8Rng) -> Option<&'a T> {
    (!from.is_empty()).then(|| &from[chance.random_range(0..from.len())])
}

fn any(count: u64, chance: &mut ChaCha8Rng) -> u64 {
    chance.random_range(1..=count)
}

fn advocates(least: usize, most: usize, chance: &mut ChaCha8Rng) -> Vec<u64> {
    let count = chance.random_range(least..=most);
    let mut all: Vec<u64> = (0..count).map(|_| any(ADVOCATES, chance)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Does it. A refusal is an answer; a fault of the program is none.
pub async fn perform(world: &World, command: &Command) -> Result<(), String> {
    let outcome = act(world, command).await;
    match outcome {
        // Somebody else's write came first; they are told so and look again.
        Err(Error::Storage(StorageError::Stale)) => Err("stale".to_owned()),
        Err(fault @ (Error::Broken(_) | Error::Storage(_))) => panic!("{command:?}: {fault:?}"),
        Err(refusal) => Err(refusal.to_string()),
        Ok(()) => Ok(()),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one arm a command, none worth a name of its own"
)]
async fn act(world: &World, command: &Command) -> Result<(), Error> {
    let app = world.app();
    let why = |wanted: bool| wanted.then(|| WHY.to_owned());
    match command.clone() {
        Command::Submit {
            deal,
            activity,
            need_by,
            wanted,
            advocates,
        } => {
            let ask = SubmitRequest {
                opportunity_id: Some(id::<OpportunityId>(deal)),
                activity,
                need_by,
                wanted: Some(wanted),
                advocates: advocates.into_iter().map(id::<AdvocateId>).collect(),
                note: None,
                criteria: Vec::new(),
                override_reason: None,
                is_quota: false,
            };
            submit::submit(app, world.seller_of(deal), ask, None).await?;
        }
        Command::Propose {
            request,
            advocates,
            overrides,
        } => {
            let ask = ProposeCandidates {
                advocates: advocates.into_iter().map(id).collect(),
                override_reason: why(overrides),
                activity: None,
            };
            propose::propose(app, &world.program, request.id, request.version, ask, None).await?;
        }
        Command::Approve {
            candidate,
            by_program,
            overrides,
        } => {
            let actor = if by_program {
                &world.program
            } else {
                &world.owner
            };
            let ask = Approve {
                override_reason: why(overrides && by_program),
                ..Approve::default()
            };
            owner::approve(app, actor, candidate.id, candidate.version, ask).await?;
        }
        Command::Decline(row) => {
            let ask = DeclineCandidate {
                reason: WHY.to_owned(),
                instead: None,
            };
            owner::decline(app, &world.owner, row.id, row.version, ask).await?;
        }
        Command::Answer(row, answer) => {
            let issued = link::copy(app, &world.program, row.id, row.version).await?;
            let token = issued.url.rsplit('/').next().expect("a secret");
            let ask = GiveAnswer {
                answer: Some(answer),
                ..GiveAnswer::default()
            };
            answer::give(app, token, ask).await?;
        }
        Command::Schedule(row, planned_on) => {
            let ask = ScheduleUse { planned_on };
            fulfil::schedule(app, &world.program, row.id, row.version, ask).await?;
        }
        Command::Use(row, used_on) => {
            let ask = RecordUse {
                used_on,
                outcome: UseOutcome::Helpful,
                grade: None,
                fit: None,
                comment: None,
            };
            fulfil::record_use(app, &world.program, row.id, row.version, ask).await?;
        }
        Command::Withdraw(row) => {
            stop::withdraw(
                app,
                &world.program,
                row.id,
                row.version,
                WithdrawRequest::default(),
            )
            .await?;
        }
        Command::Close(row) => {
            let ask = CloseRequest {
                reason: UnfilledReason::NoMatch,
                note: None,
            };
            stop::close(app, &world.program, row.id, row.version, ask).await?;
        }
        Command::SendInstead(row) => {
            let ask = SendInstead {
                content_id: world.content,
                expires_on: None,
            };
            substitute::send(app, &world.program, row.id, row.version, ask, None).await?;
        }
        Command::TakeBack(row) => {
            substitute::take_back(app, &world.program, row.id, row.version).await?;
        }
        Command::Consent(advocate, kind, agrees_ahead) => {
            let ask = RecordConsent {
                kind,
                activity: None,
                source: ConsentSource::Mail,
                text_version: "1".to_owned(),
                valid_until: None,
                agrees_ahead,
                channel: None,
                region_id: None,
            };
            consent::record(app, &world.owner, id(advocate), ask, None).await?;
        }
        Command::Move(advocate, to) => {
            let row =
                storage::advocate::find(&app.store, &Scope::Everything, true, id(advocate)).await?;
            let version = row.expect("the advocate").version;
            let ask = MoveAdvocate {
                to,
                reason: Some(WHY.to_owned()),
            };
            edit::move_to(app, &world.program, id(advocate), version, ask).await?;
        }
        Command::Lock(number) => {
            let version = account_version(world, number).await?;
            let ask = LockAccount {
                reason: LockReason::Renewal,
                until: None,
                note: None,
            };
            account::lock(app, &world.owner, id(number), version, ask).await?;
        }
        Command::Unlock(number) => {
            let version = account_version(world, number).await?;
            let locks = storage::account::locks(&app.store, vec![id::<AccountId>(number)]).await?;
            if let Some(lock) = locks.into_iter().find(|lock| lock.lifted_at.is_none()) {
                account::unlock(app, &world.owner, id(number), version, lock.id).await?;
            }
        }
        Command::Ahead(ahead) => ahead::act(world, ahead).await?,
        Command::Hours(hours) => {
            app.clock.set(app.clock.now().plus_seconds(hours * 3_600));
            clock::run(app).await?;
        }
    }
    Ok(())
}

async fn account_version(world: &World, number: u64) -> Result<i64, Error> {
    let row = storage::account::find(&world.app().store, &Scope::Everything, id(number)).await?;
    Ok(row.expect("the account").version)
}
