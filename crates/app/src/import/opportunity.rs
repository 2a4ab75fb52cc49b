//! What a row says about a deal.

use domain::{
    id::{AccountId, OpportunityId, UserId},
    opportunity::{DealStage, OpportunityKind, OpportunityStatus},
    record::RecordKind,
    text::fold,
    time::Day,
};
use storage::opportunity::Opportunity;

use super::{
    account::{self, Beside},
    desk::{Desk, Effect, put},
    shelf::Key,
    values::Values,
};
use crate::{clock::new_id, taxonomy::DEAL_STAGE};

/// Decides a row of an opportunities file. An account or owner that nobody knows is kept as
/// written and linked when a later import brings it.
pub(crate) fn decide(desk: &mut Desk, values: Values<'_>, row: usize) -> Result<Effect, String> {
    let company = account::beside(desk, values);
    let name = name_of(values).ok_or("The row names no deal. Give it an id or a name.")?;
    let external_id = values.text("opportunity.external_id");
    let by_external = || {
        let key = Key::External(external_id?.to_owned());
        desk.opportunities
            .known_by(&key)
            .next()
            .map(|known| known.id)
    };
    let own_id: Option<OpportunityId> = values.id("opportunity.id");
    let by_id = own_id.filter(|id| desk.opportunities.row(id.0).is_some());
    let found = by_id
        .or_else(by_external)
        .or_else(|| by_name(desk, external_id, &name, &company));
    let (id, created) = match found {
        Some(id) => (id, false),
        None => {
            let id: OpportunityId = new_id();
            desk.opportunities
                .add(Opportunity::named(id, &name, desk.run.now));
            (id, true)
        }
    };
    let repeats = desk.repeats(id.0, row);
    let (owner, owner_written) = desk.owner(values);
    let people = People {
        company,
        owner,
        owner_written,
    };
    let changed = describe(desk, values, id, &name, &people, repeats && !created);
    Ok(Effect {
        created,
        changed: changed || people.company.effect.changed,
        repeats,
    })
}

struct People {
    company: Beside,
    owner: Option<UserId>,
    owner_written: Option<String>,
}

/// The name of the deal; where the file has none, product and account say it, at last its id.
pub(crate) fn name_of(values: Values<'_>) -> Option<String> {
    if let Some(name) = values.text("opportunity.name") {
        return Some(name.to_owned());
    }
    let products = values
        .terms()
        .find(|(facet, _)| *facet == "product")
        .map(|(_, written)| written.join(", "));
    match (values.text("account.name"), products) {
        (Some(account), Some(product)) => Some(format!("{account}: {product}")),
        (Some(account), None) => Some(account.to_owned()),
        (None, Some(product)) => Some(product),
        (None, None) => values.text("opportunity.external_id").map(str::to_owned),
    }
}

fn by_name(
    desk: &Desk,
    external_id: Option<&str>,
    name: &str,
    company: &Beside,
) -> Option<OpportunityId> {
    desk.opportunities
        .known_by(&Key::Name(fold(name)))
        .find(|known| {
            let same_company = known.account_id == company.id
                && (company.id.is_some() || known.account_written == company.written);
            same_company && (external_id.is_none() || known.external_id.is_none())
        })
        .map(|known| known.id)
}

fn describe(
    desk: &mut Desk,
    values: Values<'_>,
    id: OpportunityId,
    name: &str,
    people: &People,
    fills_only: bool,
) -> bool {
    let record = (RecordKind::Opportunity, id.0);
    let mut changed = false;
    for (facet, written) in values.terms() {
        changed |= desk.set_terms(record, facet, written, fills_only);
    }
    let status: Option<OpportunityStatus> = values.word("opportunity.status");
    let status = status.filter(|_| !fills_only);
    let stage_written = values.text("opportunity.stage").map(str::to_owned);
    // The stage of a closed deal is its end: where it stood before is kept.
    let is_open = status.is_none_or(|status| !status.is_closed());
    // What an export says of the stage was taken from here: the taxonomy is not asked again.
    let known_stage = desk
        .opportunities
        .row(id.0)
        .and_then(|deal| deal.stage_written.as_ref());
    let is_said_again = values.is_export() && known_stage == stage_written.as_ref();
    let is_open = is_open && !is_said_again;
    if is_open && let Some(stage) = &stage_written {
        changed |= desk.set_terms(record, DEAL_STAGE, std::slice::from_ref(stage), fills_only);
    }
    let stage = if is_open && stage_written.is_some() {
        stage_of(desk, id)
    } else {
        values.word("opportunity.program_stage")
    };
    let (is_new, today) = (desk.opportunities.is_new(id.0), desk.run.today);
    let engaged_on = values.day("opportunity.engaged_on");
    let kind: Option<OpportunityKind> = values.word("opportunity.kind");
    changed |= desk.opportunities.edit(id.0, |deal| {
        let text = |field: &str| values.text(field).map(str::to_owned);
        put(&mut deal.external_id, text("opportunity.external_id"), true);
        if values.text("opportunity.name").is_some()
            && !fills_only
            && deal.name_folded != fold(name)
        {
            deal.name = name.to_owned();
            deal.name_folded = fold(name);
        }
        link(deal, people, fills_only);
        if let Some(status) = status {
            deal.status = status;
        }
        if let Some(kind) = kind.filter(|_| !fills_only) {
            deal.kind = kind;
        }
        money(deal, values, fills_only);
        put(
            &mut deal.created_on,
            values.day("opportunity.created_on"),
            fills_only,
        );
        put(&mut deal.reference_stage_on, engaged_on, fills_only);
        // Entering the reference stage between two imports is a stage change that we saw.
        let entered = !is_new
            && deal.stage.is_none_or(|before| before < DealStage::Middle)
            && stage.is_some_and(|now| now >= DealStage::Middle);
        if entered && deal.stage.is_some() {
            put(&mut deal.reference_stage_on, Some(today), true);
        }
        put(&mut deal.stage, stage, fills_only);
        put(&mut deal.stage_written, stage_written, fills_only);
        put(&mut deal.close_on, closes_on(values), fills_only);
        put(
            &mut deal.not_needed_reason,
            text("opportunity.not_needed_reason"),
            fills_only,
        );
        if let Some(is_confirmed) = values.yes_no("opportunity.budget_confirmed") {
            deal.is_budget_confirmed = is_confirmed || (fills_only && deal.is_budget_confirmed);
        }
    });
    changed
}

/// The close date, or else the day on which the delivery is to start.
fn closes_on(values: Values<'_>) -> Option<Day> {
    let close = values.day("opportunity.close_on");
    close.or_else(|| values.day("opportunity.delivery_on"))
}

/// The deal stage that the taxonomy gives the CRM's stage now.
fn stage_of(desk: &Desk, id: OpportunityId) -> Option<DealStage> {
    let facet = desk.mapper.facet(DEAL_STAGE)?;
    let term = desk
        .tags
        .first_term((RecordKind::Opportunity, id.0, facet))?;
    desk.mapper.key_of(term)?.parse().ok()
}

fn link(deal: &mut Opportunity, people: &People, fills_only: bool) {
    let account: Option<AccountId> = people.company.id;
    let account_free = deal.account_id.is_none();
    if account.is_some() && (!fills_only || account_free) {
        deal.account_id = account;
        deal.account_written = None;
    } else if account_free {
        let written = people.company.written.clone();
        put(&mut deal.account_written, written, fills_only);
    }
    let owner_free = deal.owner_id.is_none();
    if people.owner.is_some() && (!fills_only || owner_free) {
        deal.owner_id = people.owner;
        deal.owner_written = None;
    } else if owner_free {
        put(
            &mut deal.owner_written,
            people.owner_written.clone(),
            fills_only,
        );
    }
}

/// Amount and list amount share a currency; a list amount in another one is left out.
fn money(deal: &mut Opportunity, values: Values<'_>, fills_only: bool) {
    if let Some(amount) = values.money("opportunity.amount")
        && (!fills_only || deal.amount_minor.is_none())
    {
        deal.amount_minor = Some(amount.minor);
        deal.currency = Some(amount.currency);
    }
    if deal.currency.is_none() {
        deal.currency = values.currency("opportunity.currency");
    }
    if let Some(list) = values.money("opportunity.list_amount") {
        let currency = *deal.currency.get_or_insert(list.currency);
        if currency == list.currency {
            put(&mut deal.list_minor, Some(list.minor), fills_only);
        }
    }
}
