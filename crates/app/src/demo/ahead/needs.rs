//! The needs calendar of the demo company: one need is overdue, most can be served, some ask where the program has a
//! gap, and two talks are wanted of one customer.

use domain::{activity::Activity, advocate::AdvocateStatus, id::AccountId, need::NeedKind};

use super::missing;
use crate::{
    App,
    actor::Actor,
    demo::{
        requests::{History, World},
        tags::Tagger,
    },
    error::Error,
    plan::needs::{self, CreateNeed},
};

/// A need to note, so many days from today.
struct Planned {
    kind: NeedKind,
    title: &'static str,
    activity: Activity,
    in_days: i64,
    wanted: i64,
    term: Option<(&'static str, &'static str)>,
    /// The place of its owner among the stakeholders; the first is the demo sign-in.
    of: usize,
}

const fn planned(
    of: usize,
    kind: NeedKind,
    title: &'static str,
    activity: Activity,
    (in_days, wanted): (i64, i64),
    term: Option<(&'static str, &'static str)>,
) -> Planned {
    Planned {
        kind,
        title,
        activity,
        in_days,
        wanted,
        term,
        of,
    }
}

const NEEDS: &[Planned] = &[
    planned(
        0,
        NeedKind::Social,
        "Quotes for the customer week",
        Activity::Quote,
        (-5, 2),
        None,
    ),
    planned(
        0,
        NeedKind::PublicRelations,
        "Press: one year after the rollout",
        Activity::PressInterview,
        (38, 1),
        Some(("industry", "Financial services")),
    ),
    planned(
        0,
        NeedKind::AnalystRelations,
        "Analyst report on service platforms",
        Activity::AnalystInterview,
        (52, 1),
        Some(("industry", "Technology")),
    ),
    planned(
        0,
        NeedKind::Event,
        "Customer day: opening talk",
        Activity::Speaking,
        (75, 1),
        Some(("industry", "Healthcare")),
    ),
    planned(
        1,
        NeedKind::ProductMarketing,
        "Video for the product page",
        Activity::Video,
        (95, 1),
        Some(("industry", "Retail")),
    ),
    planned(
        1,
        NeedKind::Event,
        "Webinar: moving to the cloud",
        Activity::Webinar,
        (110, 1),
        Some(("industry", "Manufacturing")),
    ),
    planned(
        1,
        NeedKind::ProductMarketing,
        "Case studies of public agencies",
        Activity::CaseStudy,
        (82, 2),
        Some(("industry", "Public sector")),
    ),
    planned(
        1,
        NeedKind::PublicRelations,
        "Energy trade press",
        Activity::PressInterview,
        (170, 3),
        Some(("industry", "Energy")),
    ),
];

/// Two talks of one customer, closer together than one customer gives them.
const CLASH: [(&str, i64); 2] = [
    ("Customer forum: panel", 130),
    ("Partner summit: keynote", 158),
];

/// How many needs are noted.
pub(in crate::demo) const COUNT: usize = NEEDS.len() + CLASH.len();

/// The first customer with somebody who can give the first talk.
pub(super) fn speaker(world: &World<'_>, history: &History) -> Option<AccountId> {
    let today = world.calendar.today;
    let talk = today.plus_days(CLASH[0].1);
    let mut people = world.pool.advocates.iter().zip(&world.pool.profiles);
    let (_, (_, profile)) = people
        .by_ref()
        .enumerate()
        .find(|(place, (row, profile))| {
            let account = world.market.accounts[profile.account].id;
            let is_verified = row
                .verified_on
                .is_some_and(|day| today.days_since(day) < 180);
            let mut locks = world.market.locks.iter();
            row.status == AdvocateStatus::Active
                && is_verified
                && history.diary.can(world, *place, Activity::Speaking, talk)
                && locks.all(|lock| lock.account_id != account)
        })?;
    Some(world.market.accounts[profile.account].id)
}

/// Notes all of them; the last two name the customer who gives talks.
pub(super) async fn note(
    app: &App,
    world: &World<'_>,
    speaker: Option<AccountId>,
    tagger: &Tagger,
) -> Result<(), Error> {
    let today = world.calendar.today;
    let mut owners = Vec::new();
    for place in world.staff.stakeholders.iter().take(2) {
        owners.push(Actor::of_user(&app.store, &world.staff.users[*place], today).await?);
    }
    let owner = |of: usize| {
        let owner = owners.get(of).or_else(|| owners.first());
        owner.ok_or_else(|| missing("a stakeholder"))
    };
    for planned in NEEDS {
        let term = planned.term.map(|(facet, name)| tagger.term(facet, name));
        let ask = CreateNeed {
            kind: planned.kind,
            title: planned.title.to_owned(),
            activity: planned.activity,
            wanted: Some(planned.wanted),
            need_on: today.plus_days(planned.in_days),
            account_id: None,
            terms: term.transpose()?.map(|term| vec![term]),
            note: None,
        };
        needs::note(app, owner(planned.of)?, ask, None).await?;
    }
    let Some(account) = speaker else {
        return Ok(());
    };
    for (title, in_days) in CLASH {
        let ask = CreateNeed {
            kind: NeedKind::Event,
            title: title.to_owned(),
            activity: Activity::Speaking,
            wanted: None,
            need_on: today.plus_days(in_days),
            account_id: Some(account),
            terms: None,
            note: None,
        };
        needs::note(app, owner(0)?, ask, None).await?;
    }
    Ok(())
}
