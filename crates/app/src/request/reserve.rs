//! The one door to a customer's time: checked inside the transaction that reserves it.

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, CandidateId},
    protection::{self, Ask, Conflict, Load, Member, Refusal, Rules, Verdict},
    record::Action,
    time::Day,
};
use serde_json::json;
use storage::{NewEvent, Tx, candidate::Candidate, request::Request};

use crate::{
    App,
    actor::Actor,
    advocate::whereabouts,
    error::Error,
    find, member,
    policy::{self, Permission},
    setting,
};

/// What is to be reserved.
pub(super) struct Wish {
    pub advocate: AdvocateId,
    pub activity: Activity,
    /// The planned day.
    pub day: Day,
    /// The account the advocate would speak to.
    pub prospect: Option<AccountId>,
    /// The candidate that is being moved; it does not stand in its own way.
    pub candidate: Option<CandidateId>,
}

/// What protection said, with the account that was locked for the rest of the write.
pub(super) struct Reservation {
    pub account: AccountId,
    pub verdict: Verdict,
    /// How much the advocate gives already.
    pub load: Load,
}

impl Reservation {
    /// Whether every rule in the way is one that the program may set aside with a reason.
    pub fn may_be_overridden(&self) -> bool {
        self.verdict
            .refusals
            .iter()
            .all(|refusal| refusal.may_be_overridden())
    }

    /// The event that puts an override on the list for review.
    pub fn overridden(&self, request: &Request, row: &Candidate, reason: &str) -> NewEvent {
        let rules: Vec<String> = self
            .verdict
            .refusals
            .iter()
            .map(|refusal| sentence(*refusal))
            .collect();
        super::event(Action::Overridden, request, row)
            .detail(json!({ "reason": reason, "rules": rules }))
    }
}

/// The first rule in the way of a candidate that no override sets aside.
pub(super) fn in_the_way(row: &Candidate, refusals: Vec<Refusal>) -> Option<Refusal> {
    refusals
        .into_iter()
        .find(|refusal| row.override_reason.is_none() || !refusal.may_be_overridden())
}

/// What protection is asked about, read under the account's lock.
struct Held {
    account: AccountId,
    member: Member,
    rules: Rules,
    today: Day,
}

impl Held {
    fn verdict(&self, wish: &Wish, day: Day) -> Verdict {
        protection::check(&self.rules, &self.member, &self.ask(wish, day))
    }

    fn ask(&self, wish: &Wish, day: Day) -> Ask {
        Ask {
            activity: wish.activity,
            day,
            today: self.today,
            prospect: wish.prospect,
            except: wish.candidate,
        }
    }
}

/// Takes the account's lock. Nobody else can reserve on this account before the write ends.
async fn hold(app: &App, tx: &Tx, wish: &Wish) -> Result<Held, Error> {
    let advocate = wish.advocate;
    let account = storage::advocate::account_of(tx, advocate)
        .await?
        .ok_or_else(no_account)?;
    storage::account::guard(tx, account).await?;
    let today = app.clock.today();
    let people =
        storage::projection::protection_of(tx, account, today.plus_days(-member::USES_SINCE_DAYS))
            .await?;
    let mut member: Member = member::members(&people)
        .remove(&advocate)
        .ok_or_else(no_account)?;
    if let Some(prospect) = wish.prospect {
        talked_about(tx, &mut member, prospect).await?;
    }
    let rules = setting::read::<Rules>(tx).await?.value;
    Ok(Held {
        account,
        member,
        rules,
        today,
    })
}

/// With a prospect it is known where the talk takes place: what the record says of conversations and of that region
/// counts as well.
async fn talked_about(tx: &Tx, member: &mut Member, prospect: AccountId) -> Result<(), Error> {
    let record = storage::consent::whole(tx, member.advocate).await?;
    if record.iter().all(|entry| entry.reach().is_everywhere()) {
        return Ok(());
    }
    let there = whereabouts::of_talk_with(tx, prospect).await?;
    let entries = record.iter().map(|entry| (entry.rule(), entry.reach()));
    member.consents = domain::consent::covering(entries, &there);
    Ok(())
}

/// Takes the account's lock and checks every rule with rows read under it.
pub(super) async fn check(app: &App, tx: &Tx, wish: &Wish) -> Result<Reservation, Error> {
    let held = hold(app, tx, wish).await?;
    Ok(Reservation {
        account: held.account,
        verdict: held.verdict(wish, wish.day),
        load: protection::load(&held.rules, &held.member, &held.ask(wish, wish.day)),
    })
}

/// [`check`] for several days at once: the first day that cannot be had, and why.
pub(super) async fn first_refused(
    app: &App,
    tx: &Tx,
    wish: &Wish,
    days: &[Day],
) -> Result<Option<(Day, Refusal)>, Error> {
    let held = hold(app, tx, wish).await?;
    Ok(days.iter().find_map(|day| {
        let refusals = held.verdict(wish, *day).refusals;
        Some((*day, *refusals.first()?))
    }))
}

/// What stood in the way of a use on the day it took place, judged after the fact.
pub(super) async fn stood_in_the_way(
    app: &App,
    tx: &Tx,
    wish: &Wish,
) -> Result<(AccountId, Vec<Refusal>), Error> {
    let held = Held {
        today: wish.day,
        ..hold(app, tx, wish).await?
    };
    Ok((held.account, held.verdict(wish, wish.day).refusals))
}

/// The accounts behind these advocates.
pub(super) async fn accounts_of(
    tx: &Tx,
    advocates: &[AdvocateId],
) -> Result<Vec<AccountId>, Error> {
    let ids: Vec<uuid::Uuid> = advocates.iter().map(|id| id.0).collect();
    Ok(storage::projection::accounts_of(tx, &ids).await?)
}

fn no_account() -> Error {
    Error::MoveNotAllowed("This advocate has no account, so the limits of the customer are not known. Link the contact to an account first.".to_owned())
}

/// Refuses with the next free day and others to ask instead.
pub(super) async fn refusal(
    app: &App,
    actor: &Actor,
    wish: &Wish,
    reservation: Reservation,
    deal: Option<&storage::opportunity::Opportunity>,
) -> Result<Error, Error> {
    let may_override = policy::may(actor, Permission::Override) && reservation.may_be_overridden();
    let verdict = reservation.verdict;
    let why = verdict.refusals.first().map_or_else(
        || "The advocate cannot be asked.".to_owned(),
        |refusal| sentence(*refusal),
    );
    let alternatives = find::alternatives(
        app,
        actor,
        deal,
        wish.activity,
        wish.day,
        (wish.advocate, reservation.account),
    )
    .await?;
    Ok(Error::NoUseLeft {
        why,
        next_free: verdict.next_free,
        alternatives,
        may_override,
    })
}

/// Why, in words that every requester may read: the state, never the customer's reasons.
pub(crate) fn sentence(refusal: Refusal) -> String {
    match refusal {
        Refusal::DayIsPast => "The day is over. Choose today or a later day.".to_owned(),
        Refusal::NotActive(_) => "This advocate is not active now.".to_owned(),
        Refusal::Departed { .. } => "This advocate has left the company by the planned day.".to_owned(),
        Refusal::NoConsent => "There is no valid consent for this on the planned day.".to_owned(),
        Refusal::NotWilling => "This advocate did not agree to this kind of activity.".to_owned(),
        Refusal::Locked { .. } => "The account may not be used now.".to_owned(),
        Refusal::Conflict(Conflict::NoGo | Conflict::Competitor | Conflict::SameGroup) => "This advocate cannot speak to this prospect.".to_owned(),
        Refusal::AccountCap { .. } | Refusal::AdvocateCap { .. } | Refusal::OwnLimit { .. } => "No use is left on the planned day: the customer is protected from being asked too often.".to_owned(),
        Refusal::Resting { .. } => "The advocate rests on the planned day.".to_owned(),
    }
}
