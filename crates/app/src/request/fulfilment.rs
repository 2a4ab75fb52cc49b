//! Asking a candidate as the program's policy says: through the owner, straight, or not at all where the
//! advocate has agreed ahead.
//!
//! The caller has reserved the use: what protection says was asked before, and no mode sets it aside.

use std::collections::HashMap;

use domain::{
    activity::Activity,
    candidate::CandidateState,
    consent,
    fulfilment::{AskFacts, FulfilmentMode, FulfilmentPolicy},
    id::{AccountId, AdvocateId, TermId},
    money::Money,
    record::{Action, RecordKind},
    taxonomy::Taxonomy,
    time::Day,
};
use serde_json::json;
use storage::{Source, Tx, candidate::Candidate, opportunity::Opportunity, request::Request};
use uuid::Uuid;

use super::{delivery, event, nominee, notify, reasons, step, submit::describe};
use crate::{
    App,
    error::{Error, FieldProblem},
    member,
    plan::assume::{Exchange, PlanAssumptions},
    setting::{self, Setting},
    taxonomy::stored,
};

pub mod preview;

/// More rows nobody reads.
const ROWS_MAX: usize = 50;

impl Setting for FulfilmentPolicy {
    const NAME: &'static str = "fulfilment";

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.rows.len() > ROWS_MAX {
            problems.push(FieldProblem {
                field: "rows".to_owned(),
                message: format!("Keep at most {ROWS_MAX} rows."),
            });
        }
        for (place, row) in self.rows.iter().enumerate() {
            let (from, to) = (
                format!("rows.{place}.amount_from"),
                format!("rows.{place}.amount_to"),
            );
            let sizes = [
                (from.as_str(), row.amount_from.unwrap_or(0)),
                (to.as_str(), row.amount_to.unwrap_or(0)),
            ];
            problems.extend(setting::outside(&sizes, 0, 1_000_000_000));
            if row
                .amount_from
                .zip(row.amount_to)
                .is_some_and(|(from, to)| from >= to)
            {
                problems.push(FieldProblem {
                    field: to,
                    message: "A size ends above where it begins.".to_owned(),
                });
            }
        }
        problems
    }
}

/// A policy with what it needs to judge asks.
struct Judge {
    policy: FulfilmentPolicy,
    /// Only where a row asks for a tier.
    taxonomy: Taxonomy,
    exchange: Exchange,
}

impl Judge {
    async fn of(source: &impl Source, policy: FulfilmentPolicy) -> Result<Self, Error> {
        let program = setting::read::<setting::Program>(source).await?.value;
        let assumptions = setting::read::<PlanAssumptions>(source).await?.value;
        let taxonomy = if policy.names_tiers() {
            stored::taxonomy_of(&storage::projection::load_terms(source).await?)
        } else {
            Taxonomy::default()
        };
        Ok(Self {
            policy,
            taxonomy,
            exchange: Exchange::new(program.currency, &assumptions),
        })
    }

    fn mode(&self, activity: Activity, amount: Option<Money>, held: &[TermId]) -> FulfilmentMode {
        let minor = amount
            .and_then(|amount| self.exchange.convert(amount.minor, amount.currency))
            .and_then(|minor| i64::try_from(minor).ok());
        self.policy.mode(&AskFacts {
            activity,
            carries: &|tier| reasons::is_held(&self.taxonomy, tier, held),
            amount_minor: minor,
            minor_per_unit: 10_i64.pow(self.exchange.base.digits()),
        })
    }

    /// The terms of these advocates, the people and their accounts; none are read where no row asks.
    async fn held(
        &self,
        source: &impl Source,
        of: Vec<(AdvocateId, AccountId)>,
    ) -> Result<HashMap<AdvocateId, Vec<TermId>>, Error> {
        if !self.policy.names_tiers() {
            return Ok(HashMap::new());
        }
        let ids = of.iter().map(|(advocate, _)| *advocate).collect();
        let advocates = storage::advocate::by_ids(source, ids).await?;
        let mut carriers: Vec<(AdvocateId, (RecordKind, Uuid))> = Vec::new();
        for (advocate, account) in of {
            carriers.push((advocate, (RecordKind::Advocate, advocate.0)));
            carriers.push((advocate, (RecordKind::Account, account.0)));
            let contact = advocates.get(&advocate).map(|row| row.contact_id.0);
            carriers.extend(contact.map(|id| (advocate, (RecordKind::Contact, id))));
        }
        let records: Vec<_> = carriers.iter().map(|(_, record)| *record).collect();
        let tags = storage::tag::of_records(source, records).await?;
        let tags = member::grouped(tags, |tag| (tag.record_kind, tag.record_id));
        let mut held: HashMap<AdvocateId, Vec<TermId>> = HashMap::new();
        for (advocate, record) in carriers {
            let terms = tags.get(&record).into_iter().flatten();
            let terms = terms.filter_map(|tag| tag.term_id);
            held.entry(advocate).or_default().extend(terms);
        }
        Ok(held)
    }
}

/// Asks a candidate in the mode that the policy says. The caller keeps the row.
pub(super) async fn ask(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    row: &mut Candidate,
) -> Result<(), Error> {
    match mode(tx, deal, row).await? {
        FulfilmentMode::Managed => nominee::ask_owner(app, tx, request, deal, row).await,
        FulfilmentMode::SelfService => ask_advocate(app, tx, request, deal, row).await,
        FulfilmentMode::Instant => {
            match agreed_ahead(tx, row.advocate_id, row.activity, row.planned_on).await? {
                Some(entry) => take_as_agreed(app, tx, request, deal, row, entry).await,
                None => ask_advocate(app, tx, request, deal, row).await,
            }
        }
    }
}

/// Where a rule of protection was set aside, the owner decides whatever the policy says.
async fn mode(
    tx: &Tx,
    deal: Option<&Opportunity>,
    row: &Candidate,
) -> Result<FulfilmentMode, Error> {
    if row.override_reason.is_some() {
        return Ok(FulfilmentMode::Managed);
    }
    let who = Some((row.advocate_id, row.account_id));
    mode_for(tx, deal, row.activity, who).await
}

/// The mode for somebody; for nobody in particular no row of a tier fits.
async fn mode_for(
    source: &impl Source,
    deal: Option<&Opportunity>,
    activity: Activity,
    who: Option<(AdvocateId, AccountId)>,
) -> Result<FulfilmentMode, Error> {
    let policy = setting::read::<FulfilmentPolicy>(source).await?.value;
    if policy.rows.is_empty() {
        return Ok(FulfilmentMode::Managed);
    }
    let judge = Judge::of(source, policy).await?;
    let held = judge.held(source, who.into_iter().collect()).await?;
    let held = who.and_then(|(advocate, _)| held.get(&advocate));
    let amount = deal.and_then(Opportunity::amount);
    Ok(judge.mode(activity, amount, held.map_or(&[][..], Vec::as_slice)))
}

/// The mode in which an ask would be made: instant only for somebody who agreed ahead.
pub(super) async fn expected(
    source: &impl Source,
    deal: Option<&Opportunity>,
    (activity, on): (Activity, Day),
    advocate: Option<AdvocateId>,
) -> Result<FulfilmentMode, Error> {
    let who = match advocate {
        Some(id) => storage::advocate::account_of(source, id)
            .await?
            .map(|account| (id, account)),
        None => None,
    };
    let mode = mode_for(source, deal, activity, who).await?;
    if mode != FulfilmentMode::Instant {
        return Ok(mode);
    }
    let agreed = match who {
        Some((advocate, _)) => agreed_ahead(source, advocate, activity, on).await?,
        None => None,
    };
    Ok(match agreed {
        Some(_) => FulfilmentMode::Instant,
        None => FulfilmentMode::SelfService,
    })
}

/// The entry of the consent record by which the advocate need not be asked each time, where it is the one
/// that decides.
async fn agreed_ahead(
    source: &impl Source,
    advocate: AdvocateId,
    activity: Activity,
    on: Day,
) -> Result<Option<Uuid>, Error> {
    let record = storage::consent::of_advocates(source, vec![advocate]).await?;
    Ok(agrees_ahead(&record, activity, on).map(|entry| entry.id.0))
}

fn agrees_ahead(
    record: &[storage::consent::Consent],
    activity: Activity,
    on: Day,
) -> Option<&storage::consent::Consent> {
    let rules: Vec<consent::Consent> = record.iter().map(|entry| entry.rule()).collect();
    let entry = record.get(consent::deciding(&rules, activity)?)?;
    (entry.agrees_ahead && consent::allows(&rules, activity, on)).then_some(entry)
}

/// The program's rule stands for the owner's yes.
async fn ask_advocate(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    row: &mut Candidate,
) -> Result<(), Error> {
    let program = setting::read::<setting::Program>(tx).await?.value;
    let before = step(row, CandidateState::AdvocateAsked, tx.now())?;
    let days = program.advocate_answer_days;
    row.is_in_line = false;
    row.due_on = Some(app.clock.today().plus_working_days(days));
    let noted = json!({ "mode": FulfilmentMode::SelfService });
    tx.record(event(Action::AdvocateAsked, request, row).detail(before.changes(row).beside(noted)));
    let what = format!(
        "{} By the program's rule your yes was not needed; you can still decline for them.",
        describe(request, deal)
    );
    let title = "A customer of yours is asked";
    notify::owner(app, tx, row, title, &what, request).await?;
    delivery::send(app, tx, request, row).await
}

/// The advocate's own word, given ahead, stands for a yes.
async fn take_as_agreed(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    deal: Option<&Opportunity>,
    row: &mut Candidate,
    entry: Uuid,
) -> Result<(), Error> {
    let before = step(row, CandidateState::Accepted, tx.now())?;
    row.is_in_line = false;
    row.due_on = Some(row.planned_on);
    let noted = json!({ "mode": FulfilmentMode::Instant, "consent": entry });
    tx.record(
        event(Action::AdvocateAccepted, request, row).detail(before.changes(row).beside(noted)),
    );
    let what = format!(
        "{} They agreed to this ahead, so nobody was asked first.",
        describe(request, deal)
    );
    let title = "A customer of yours speaks to a buyer";
    notify::owner(app, tx, row, title, &what, request).await?;
    notify::answered(
        app,
        tx,
        "The advocate agreed ahead",
        "Contact details are on the request now.",
        request,
    )
    .await?;
    delivery::send(app, tx, request, row).await
}
