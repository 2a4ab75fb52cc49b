//! Two years of deals: 8.33 worked to the end per seller and year, and the open pipeline.

use std::collections::HashSet;

use domain::{
    activity::Activity,
    advocate::AdvocateStatus,
    id::AccountId,
    money::Currency,
    opportunity::{DealStage, OpportunityKind, OpportunityStatus},
    record::RecordKind,
    text::fold,
    time::Day,
};
use storage::{opportunity::Opportunity, tag::Tag};

use super::{
    Calendar, HISTORY_DAYS,
    accounts::Market,
    advocates::Pool,
    chance::Chance,
    market::PRODUCTS,
    people::{Staff, scaled},
    story::{PLOTS, Plot},
    tags::Tagger,
};
use crate::error::Error;

/// What is remembered about a deal beside the row.
pub(super) struct Facts {
    /// Place of the account in the market, also where the deal has lost it.
    pub account: usize,
    /// Place of the seller among the sellers.
    pub seller: usize,
    /// The seller asked for a reference, which helps to win.
    pub asks: bool,
}

#[derive(Default)]
pub(super) struct Pipeline {
    pub deals: Vec<Opportunity>,
    /// Beside `deals`.
    pub facts: Vec<Facts>,
    pub tags: Vec<Tag>,
    /// Places of the demo seller's open deals.
    pub showcase: Vec<usize>,
    /// Places of the accounts whose advocates these deals are made for, which nobody asked lately.
    pub spared: HashSet<usize>,
}

/// Closed deals of all sellers over two years at scale 1: 500 x 8.33 x 2.
const CLOSED: usize = 8_333;
const OPEN: usize = 1_250;
/// Open deals of the demo seller.
const SHOWCASE: usize = 14;
/// Days between their closes.
const SHOWCASE_STEP_DAYS: i64 = 5;
const MEAN_AMOUNT: f64 = 180_000.0;

pub(super) fn make(
    scale: f64,
    calendar: Calendar,
    (market, pool): (&Market, &Pool),
    staff: &Staff,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<Pipeline, Error> {
    let mut pipeline = Pipeline::default();
    let (closed, open) = (scaled(CLOSED, scale, 200), scaled(OPEN, scale, 40));
    for number in 0..closed + open {
        let is_open = number >= closed;
        let seller = chance.index(staff.sellers.len());
        let account = chance.index(market.accounts.len());
        let close_on = if is_open {
            calendar.today.plus_days(chance.between(-4, 190))
        } else {
            chance.closing_day(calendar.start, calendar.today.plus_days(-1))
        };
        let asks = asks(calendar, close_on, staff.habits[seller], chance);
        let facts = Facts {
            account,
            seller,
            asks,
        };
        let mut row = deal(
            number, &facts, is_open, close_on, calendar, market, staff, chance,
        );
        let use_case = chance.pick(PLOTS).use_case;
        tag(&mut pipeline, &row, (is_open, use_case), tagger, chance)?;
        blemish(&mut row, is_open, chance);
        pipeline.deals.push(row);
        pipeline.facts.push(facts);
    }
    showcase(
        &mut pipeline,
        calendar,
        (market, pool),
        staff,
        tagger,
        chance,
    )?;
    Ok(pipeline)
}

/// Deals that the demo seller works on, closing soon: each is like a customer who can speak to it.
fn showcase(
    pipeline: &mut Pipeline,
    calendar: Calendar,
    (market, pool): (&Market, &Pool),
    staff: &Staff,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<(), Error> {
    let mut prospects: Vec<usize> = (0..market.accounts.len())
        .filter(|place| !market.sites[*place].is_customer)
        .filter(|place| market.sites[*place].place.currency == "USD")
        .collect();
    for (advocate, plot) in models(market, pool) {
        let industry = market.sites[advocate].industry.name;
        let Some(account) = take_alike(&mut prospects, market, industry) else {
            break;
        };
        let facts = Facts {
            account,
            seller: 0,
            asks: false,
        };
        let place = pipeline.showcase.len();
        let days = 16 + i64::try_from(place).unwrap_or(0) * SHOWCASE_STEP_DAYS;
        let close_on = calendar.today.plus_days(days);
        let number = pipeline.deals.len();
        let mut row = deal(
            number, &facts, true, close_on, calendar, market, staff, chance,
        );
        row.name = format!("{}: {}", market.accounts[account].name, plot.product);
        row.name_folded = fold(&row.name);
        row.kind = OpportunityKind::New;
        row.stage = Some(if place.is_multiple_of(2) {
            DealStage::Middle
        } else {
            DealStage::Late
        });
        row.stage_written = row.stage.map(|stage| stage_name(stage).to_owned());
        row.reference_stage_on = Some(calendar.today.plus_days(-chance.between(3, 20)));
        tag(pipeline, &row, (true, plot.use_case), tagger, chance)?;
        pipeline.showcase.push(number);
        pipeline.spared.insert(advocate);
        pipeline.deals.push(row);
        pipeline.facts.push(facts);
        if pipeline.showcase.len() == SHOWCASE {
            break;
        }
    }
    Ok(())
}

/// Places of the accounts of advocates who give calls, one an account, with what they tell; those that joined last first,
/// since the first ones are the demo owner's and busy.
fn models(market: &Market, pool: &Pool) -> Vec<(usize, &'static Plot)> {
    let locked: HashSet<AccountId> = market.locks.iter().map(|lock| lock.account_id).collect();
    let mut seen = HashSet::new();
    let rows = pool.advocates.iter().zip(&pool.profiles).rev();
    rows.filter(|(row, profile)| {
        row.status == AdvocateStatus::Active
            && !row.is_restricted
            && row.verified_on.is_some()
            && profile.activities.contains(&Activity::ReferenceCall)
            && !locked.contains(&market.accounts[profile.account].id)
    })
    .filter_map(|(_, profile)| Some((profile.account, profile.story.as_ref()?.plot)))
    .filter(|(account, _)| seen.insert(*account))
    .collect()
}

/// Takes a prospect of an industry out of those that are left, or the first where none is of it.
fn take_alike(left: &mut Vec<usize>, market: &Market, industry: &str) -> Option<usize> {
    let alike = left
        .iter()
        .position(|place| market.sites[*place].industry.name == industry);
    (!left.is_empty()).then(|| left.remove(alike.unwrap_or(0)))
}

#[expect(
    clippy::too_many_arguments,
    reason = "the whole demo world is what a deal follows from"
)]
fn deal(
    number: usize,
    facts: &Facts,
    is_open: bool,
    close_on: Day,
    calendar: Calendar,
    market: &Market,
    staff: &Staff,
    chance: &mut Chance,
) -> Opportunity {
    let site = &market.sites[facts.account];
    let account = &market.accounts[facts.account];
    let cycle = chance.between(35, 190);
    let created_on = close_on.plus_days(-cycle).min(calendar.today);
    let at = calendar.at(created_on, chance);
    let (product, _) = *chance.pick(PRODUCTS);
    let name = format!("{}: {product}", account.name);
    let mut row = Opportunity::named(chance.id(at), &name, at);
    row.external_id = Some(format!("demo-deal-{:06}", number + 1));
    row.account_id = Some(account.id);
    row.owner_id = Some(staff.id(staff.sellers[facts.seller]));
    row.kind = kind(site.is_customer, chance);
    row.created_on = Some(created_on);
    row.close_on = Some(close_on);
    row.currency = site.place.currency.parse::<Currency>().ok();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "amounts stay below a billion"
    )]
    let amount = (chance.skewed(MEAN_AMOUNT, 0.6) / 500.0).round() as i64 * 50_000;
    row.amount_minor = Some(amount.max(500_000));
    row.list_minor = Some(amount.max(500_000) * (100 + chance.between(0, 30)) / 100);
    let reached = created_on.plus_days(cycle * 2 / 5);
    if is_open {
        let stage = *chance.pick(&[DealStage::Early, DealStage::Middle, DealStage::Late]);
        row.stage = Some(stage);
        row.stage_written = Some(stage_name(stage).to_owned());
        row.reference_stage_on = (stage >= DealStage::Middle).then(|| reached.min(calendar.today));
    } else {
        let odds = if facts.asks { 0.52 } else { 0.36 };
        row.status = if chance.hits(odds) {
            OpportunityStatus::Won
        } else {
            OpportunityStatus::Lost
        };
        row.stage_written = Some(
            if row.status == OpportunityStatus::Won {
                "Closed Won"
            } else {
                "Closed Lost"
            }
            .to_owned(),
        );
        row.reference_stage_on =
            (row.status == OpportunityStatus::Won || chance.hits(0.7)).then_some(reached);
        row.updated_at = calendar.at(close_on, chance);
    }
    row
}

fn stage_name(stage: DealStage) -> &'static str {
    match stage {
        DealStage::Early => "Qualification",
        DealStage::Middle => "Value Proposition",
        DealStage::Late => "Proposal",
    }
}

fn kind(is_customer: bool, chance: &mut Chance) -> OpportunityKind {
    match (is_customer, chance.between(1, 10)) {
        (false, _) => OpportunityKind::New,
        (true, 1..=5) => OpportunityKind::Expansion,
        (true, _) => OpportunityKind::Renewal,
    }
}

fn tag(
    pipeline: &mut Pipeline,
    row: &Opportunity,
    (is_open, use_case): (bool, &str),
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<(), Error> {
    let kind = RecordKind::Opportunity;
    let product = row.name.rsplit(": ").next().unwrap_or_default();
    // A product that was typed by hand, as in every CRM.
    let product = if chance.hits(0.015) {
        tagger.as_written(kind, row.id, "product", "Lrkspur Fow (old)")?
    } else {
        tagger.tag(kind, row.id, "product", product)?
    };
    let use_case = tagger.tag(kind, row.id, "use_case", use_case)?;
    pipeline.tags.extend([product, use_case]);
    if let (true, Some(stage)) = (is_open, &row.stage_written) {
        pipeline
            .tags
            .push(tagger.tag(kind, row.id, "deal_stage", stage)?);
    }
    Ok(())
}

/// What is wrong with some deals in every CRM.
fn blemish(row: &mut Opportunity, is_open: bool, chance: &mut Chance) {
    match chance.between(1, 200) {
        1..=4 => {
            row.account_id = None;
            row.account_written = row
                .name
                .split(": ")
                .next()
                .map(|name| format!("{name} (new)"));
        }
        5..=7 => {
            row.owner_id = None;
            row.owner_written = Some("J. Doe (left)".to_owned());
        }
        8 if !is_open => row.close_on = None,
        9..=12 => row.amount_minor = None,
        13..=18 => {
            row.not_needed_reason = Some(
                chance
                    .word(&[
                        "Public tender",
                        "Bought on a framework contract",
                        "Knows us from a former employer",
                    ])
                    .to_owned(),
            );
        }
        _ => {}
    }
    if row.amount_minor.is_none() {
        row.list_minor = None;
        row.currency = None;
    }
}

/// Asking becomes a habit over the two years, and more so for some sellers than for others.
fn asks(calendar: Calendar, close_on: Day, habit: f64, chance: &mut Chance) -> bool {
    chance.hits((0.27 + 0.27 * progress(calendar, close_on)) * habit)
}

/// How far through the two years a day lies, from 0 to 1.
#[expect(
    clippy::cast_precision_loss,
    reason = "days of two years are exact in a fraction"
)]
fn progress(calendar: Calendar, day: Day) -> f64 {
    (day.days_since(calendar.start) as f64 / HISTORY_DAYS as f64).clamp(0.0, 1.0)
}
