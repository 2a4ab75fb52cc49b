//! The reference program's people: mostly active, some in every other status, some neglected.

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    consent::{ConsentKind, ConsentSource},
    id::AccountId,
    record::RecordKind,
    time::Day,
};
use storage::{
    advocate::{Advocate, NoGo, Outcome, Willingness},
    consent::Consent,
    tag::Tag,
};

use super::{
    Calendar,
    accounts::{Market, Site},
    chance::Chance,
    people::{Staff, scaled},
    story::Story,
    tags::Tagger,
};
use crate::error::Error;

/// What is remembered about an advocate beside the row.
pub(super) struct Profile {
    /// Place of the account in the market.
    pub account: usize,
    pub story: Option<Story>,
    pub activities: Vec<Activity>,
}

#[derive(Default)]
pub(super) struct Pool {
    pub advocates: Vec<Advocate>,
    /// Beside `advocates`.
    pub profiles: Vec<Profile>,
    pub willingness: Vec<Willingness>,
    pub outcomes: Vec<Outcome>,
    pub consents: Vec<Consent>,
    pub no_go: Vec<NoGo>,
    pub tags: Vec<Tag>,
}

const ACTIVITIES: &[(Activity, f64)] = &[
    (Activity::ReferenceCall, 0.92),
    (Activity::GroupCall, 0.3),
    (Activity::SiteVisit, 0.14),
    (Activity::Video, 0.2),
    (Activity::CaseStudy, 0.4),
    (Activity::Quote, 0.6),
    (Activity::Review, 0.35),
    (Activity::LogoUse, 0.5),
    (Activity::PressInterview, 0.12),
    (Activity::AnalystInterview, 0.15),
    (Activity::Speaking, 0.16),
    (Activity::Webinar, 0.2),
    (Activity::AdvisoryBoard, 0.1),
];

pub(super) fn make(
    scale: f64,
    calendar: Calendar,
    market: &Market,
    staff: &Staff,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<Pool, Error> {
    let mut pool = Pool::default();
    let wanted = scaled(1_000, scale, 40);
    // Two rounds over the customers reach the number whatever the coverage of their industries.
    for round in 0..4 {
        for (place, site) in market
            .sites
            .iter()
            .enumerate()
            .filter(|(_, site)| site.is_customer)
        {
            if pool.advocates.len() >= wanted {
                return Ok(pool);
            }
            let Some(contact) = site.contacts.get(round).copied() else {
                continue;
            };
            let is_first_owners = place < 24 && round == 0;
            if is_first_owners || chance.hits(joins(site, round)) {
                join(
                    &mut pool,
                    (place, contact, is_first_owners),
                    calendar,
                    market,
                    staff,
                    tagger,
                    chance,
                )?;
            }
        }
    }
    Ok(pool)
}

/// How likely a customer's next person joins.
fn joins(site: &Site, round: usize) -> f64 {
    let eager = if round == 0 { 0.72 } else { 0.34 };
    (eager * site.industry.coverage).min(0.95)
}

fn status(number: usize, chance: &mut Chance) -> AdvocateStatus {
    // The first few dozen show every status, whatever the scale.
    if (24..32).contains(&number) {
        return AdvocateStatus::ALL[number - 24];
    }
    let table = [
        (AdvocateStatus::Active, 0.8),
        (AdvocateStatus::Paused, 0.03),
        (AdvocateStatus::Onboarding, 0.04),
        (AdvocateStatus::Invited, 0.03),
        (AdvocateStatus::Vetting, 0.035),
        (AdvocateStatus::Nominated, 0.035),
        (AdvocateStatus::Retired, 0.02),
        (AdvocateStatus::Declined, 0.01),
    ];
    chance.weighted(&table, |row| row.1).0
}

/// Whoever is on the way to becoming an advocate was nominated lately, and the further the earlier.
fn nominated_on(status: AdvocateStatus, calendar: Calendar, chance: &mut Chance) -> Day {
    let days_ago = match status {
        AdvocateStatus::Nominated => chance.between(0, 20),
        AdvocateStatus::Vetting => chance.between(4, 40),
        AdvocateStatus::Invited => chance.between(10, 50),
        AdvocateStatus::Onboarding => chance.between(15, 60),
        _ => return calendar.start.plus_days(-chance.between(-200, 500)),
    };
    calendar.today.plus_days(-days_ago)
}

fn join(
    pool: &mut Pool,
    (account, contact, is_kept_active): (usize, usize, bool),
    calendar: Calendar,
    market: &Market,
    staff: &Staff,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<(), Error> {
    let number = pool.advocates.len();
    let status = if is_kept_active {
        AdvocateStatus::Active
    } else {
        status(number, chance)
    };
    let at = calendar.at(nominated_on(status, calendar, chance), chance);
    let mut row = Advocate::nominated(chance.id(at), market.contacts[contact].id, at);
    row.status = status;
    row.source = Some(
        chance
            .word(&["Customer success", "Event", "Survey", "Seller", "Support"])
            .to_owned(),
    );
    row.nominated_by = chance
        .hits(0.6)
        .then(|| staff.id(staff.sellers[chance.index(staff.sellers.len())]));
    row.status_reason = match row.status {
        AdvocateStatus::Paused => Some("Asked for a quarter off.".to_owned()),
        AdvocateStatus::Retired => Some("Left the company.".to_owned()),
        AdvocateStatus::Declined => Some("No permission from the press office.".to_owned()),
        _ => None,
    };
    let mut profile = Profile {
        account,
        story: None,
        activities: Vec::new(),
    };
    let was_interviewed = matches!(
        row.status,
        AdvocateStatus::Active
            | AdvocateStatus::Paused
            | AdvocateStatus::Retired
            | AdvocateStatus::Onboarding
    );
    if was_interviewed {
        let story = Story::tell(chance);
        tell(
            &mut row,
            &story,
            &market.accounts[account].name,
            calendar,
            chance,
        );
        outcomes(pool, &row, &story);
        tag(pool, &row, &story, &market.sites[account], tagger, chance)?;
        profile.activities = agree(pool, &row, chance);
        if row.status != AdvocateStatus::Onboarding {
            consent(pool, &row, is_kept_active, calendar, chance);
        }
        profile.story = Some(story);
    }
    if chance.hits(0.03) {
        let rival = market.accounts[chance.index(market.accounts.len())].id;
        no_go(pool, &row, rival, market.accounts[account].id);
    }
    pool.advocates.push(row);
    pool.profiles.push(profile);
    Ok(())
}

fn tell(row: &mut Advocate, story: &Story, account: &str, calendar: Calendar, chance: &mut Chance) {
    row.headline = Some(story.headline());
    row.story = Some(story.text(account));
    row.topics_can = format!(
        "{}\nRollout and adoption\nWorking with the vendor",
        story.plot.use_case
    );
    if chance.hits(0.4) {
        row.topics_cannot = chance
            .word(&["Prices", "Roadmap", "The previous vendor by name"])
            .to_owned();
    }
    if chance.hits(0.2) {
        row.limit_per_year = Some(chance.between(2, 4));
    }
    if chance.hits(0.08) {
        row.limit_per_quarter = Some(1);
    }
    row.is_restricted = chance.hits(0.03);
    if chance.hits(0.15) {
        row.notes = Some(
            chance
                .word(&[
                    "Prefers mornings.",
                    "Great with finance people.",
                    "Wants the questions in advance.",
                ])
                .to_owned(),
        );
    }
    // One profile in six is stale: nobody has looked at it for over a year, or ever.
    let days = match chance.between(1, 12) {
        1..=7 => Some(chance.between(5, 170)),
        8..=10 => Some(chance.between(171, 360)),
        11 => Some(chance.between(400, 900)),
        _ => None,
    };
    row.verified_on = days.map(|days| calendar.today.plus_days(-days));
}

fn outcomes(pool: &mut Pool, row: &Advocate, story: &Story) {
    pool.outcomes.push(Outcome {
        advocate_id: row.id,
        position: 1,
        statement: story.outcome(),
        value: Some(story.number.to_string()),
        unit: Some(story.plot.unit.to_owned()),
    });
    pool.outcomes.push(Outcome {
        advocate_id: row.id,
        position: 2,
        statement: story.plot.second.to_owned(),
        value: None,
        unit: None,
    });
}

fn tag(
    pool: &mut Pool,
    row: &Advocate,
    story: &Story,
    site: &Site,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<(), Error> {
    let plot = story.plot;
    let tenure = chance.word(&[
        "Under 1 year",
        "1 to 2 years",
        "3 to 5 years",
        "3 to 5 years",
        "6 to 10 years",
    ]);
    let deployment = chance.word(&["Cloud", "Cloud", "Cloud", "Self-managed", "Hybrid"]);
    let mut values = vec![
        ("product", plot.product),
        ("use_case", plot.use_case),
        ("story_type", plot.story_type),
        ("buyer_concern", plot.concern),
        ("deployment", deployment),
        ("tenure", tenure),
        ("language", "English"),
    ];
    if site.place.language != "English" {
        values.push(("language", site.place.language));
    }
    for (facet, value) in values {
        pool.tags
            .push(tagger.tag(RecordKind::Advocate, row.id, facet, value)?);
    }
    Ok(())
}

fn agree(pool: &mut Pool, row: &Advocate, chance: &mut Chance) -> Vec<Activity> {
    let mut agreed = Vec::new();
    for (activity, share) in ACTIVITIES {
        if chance.hits(*share) {
            agreed.push(*activity);
            pool.willingness.push(Willingness {
                advocate_id: row.id,
                activity: *activity,
                limit_per_year: chance.hits(0.1).then_some(2),
            });
        }
    }
    agreed
}

fn consent(
    pool: &mut Pool,
    row: &Advocate,
    is_kept_active: bool,
    calendar: Calendar,
    chance: &mut Chance,
) {
    let from = row
        .created_at
        .day()
        .plus_days(chance.between(5, 40))
        .min(calendar.today);
    let at = calendar.at(from, chance);
    let is_over = !is_kept_active && chance.hits(0.04);
    let given = Consent {
        id: chance.id(at),
        advocate_id: row.id,
        kind: ConsentKind::Given,
        activity: None,
        source: *chance.pick(&[
            ConsentSource::SignedLink,
            ConsentSource::Mail,
            ConsentSource::Contract,
        ]),
        text_version: "2024-01".to_owned(),
        valid_from: from,
        valid_until: if is_over {
            Some(calendar.today.plus_days(-chance.between(2, 90)).max(from))
        } else {
            chance
                .hits(0.25)
                .then(|| calendar.today.plus_days(chance.between(40, 600)))
        },
        recorded_by: None,
        recorded_at: at,
        agrees_ahead: false,
        channel: None,
        region_id: None,
    };
    if !is_kept_active && chance.hits(0.02) {
        let day = calendar
            .today
            .plus_days(-chance.between(1, 60))
            .max(from.plus_days(1))
            .min(calendar.today);
        let withdrawn_at = calendar.at(day, chance).max(at);
        pool.consents.push(Consent {
            id: chance.id(withdrawn_at.plus_seconds(1)),
            kind: ConsentKind::Withdrawn,
            valid_from: day,
            valid_until: None,
            recorded_at: withdrawn_at,
            agrees_ahead: false,
            channel: None,
            region_id: None,
            ..given.clone()
        });
    }
    pool.consents.push(given);
}

fn no_go(pool: &mut Pool, row: &Advocate, rival: AccountId, own: AccountId) {
    if rival != own {
        pool.no_go.push(NoGo {
            advocate_id: row.id,
            account_id: rival,
        });
    }
}
