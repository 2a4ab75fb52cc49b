//! What a row says about a reference use that took place before.

use domain::{
    activity::Activity,
    id::{AccountId, AdvocateId, OpportunityId, UseId},
    reference_use::UseChannel,
    text::fold,
    time::Day,
};
use storage::reference_use::ReferenceUse;

use super::{
    contact,
    desk::{Desk, Effect, put},
    shelf::Key,
    values::Values,
};
use crate::clock::new_id;

/// Decides a row of a file of past uses.
pub(crate) fn decide(desk: &mut Desk, values: Values<'_>, row: usize) -> Result<Effect, String> {
    let activity: Activity = values
        .word("use.activity")
        .ok_or("The row does not say what took place. Give it an activity.")?;
    let used_on = values
        .day("use.used_on")
        .ok_or("The row does not say when it took place. Give it a date.")?;
    if used_on > desk.run.today {
        return Err("The date lies in the future. A past use has a date up to today.".to_owned());
    }
    let own_id: Option<UseId> = values.id("use.id");
    let by_id = own_id.filter(|id| desk.uses.row(id.0).is_some());
    let opportunity = opportunity_of(desk, values, row);
    let (id, created) = match by_id {
        Some(id) => (id, false),
        None => found_or_added(desk, values, (activity, used_on), opportunity)?,
    };

    let repeats = desk.repeats(id.0, row);
    let fills_only = repeats && !created;
    let changed = desk.uses.edit(id.0, |row| {
        let external_id = values.text("use.external_id").map(str::to_owned);
        put(&mut row.external_id, external_id, true);
        put(&mut row.opportunity_id, opportunity, fills_only);
        if let Some(channel) = values.word("use.channel").filter(|_| !fills_only) {
            row.channel = channel;
        }
        put(&mut row.outcome, values.word("use.outcome"), fills_only);
        put(
            &mut row.grade_seller,
            values.whole("use.seller_grade"),
            fills_only,
        );
        put(
            &mut row.grade_advocate,
            values.whole("use.advocate_grade"),
            fills_only,
        );
        put(
            &mut row.grade_buyer,
            values.whole("use.buyer_grade"),
            fills_only,
        );
        let comment = values.text("use.notes").map(str::to_owned);
        put(&mut row.comment, comment, fills_only);
    });
    Ok(Effect {
        created,
        changed,
        repeats,
    })
}

fn found_or_added(
    desk: &mut Desk,
    values: Values<'_>,
    (activity, used_on): (Activity, Day),
    opportunity: Option<OpportunityId>,
) -> Result<(UseId, bool), String> {
    let (advocate, account) = advocate_of(desk, values)?;
    if let Some(id) = find(desk, values, (advocate, activity, used_on), opportunity) {
        return Ok((id, false));
    }
    let id: UseId = new_id();
    desk.uses.add(ReferenceUse {
        id,
        version: 1,
        external_id: None,
        candidate_id: None,
        advocate_id: advocate,
        account_id: account,
        activity,
        opportunity_id: None,
        used_on,
        outcome: None,
        grade_seller: None,
        grade_advocate: None,
        grade_buyer: None,
        comment: None,
        recorded_by: desk.run.recorded_by,
        created_at: desk.run.now,
        channel: UseChannel::Import,
        fit_seller: None,
        fit_advocate: None,
        fit_buyer: None,
        expected_fit: None,
        comment_advocate: None,
        comment_buyer: None,
        thanked_on: None,
        call_id: None,
    });
    Ok((id, true))
}

/// The advocate a row names: the person, or the only advocate of the account.
fn advocate_of(desk: &mut Desk, values: Values<'_>) -> Result<(AdvocateId, AccountId), String> {
    let company = contact::account_of(desk, values);
    let person = contact::find(desk, values, &company);
    let names_person = ["contact.name", "contact.email", "contact.external_id"]
        .iter()
        .any(|field| values.text(field).is_some());
    if let Some(person) = person {
        let key = Key::Of(person.0);
        let advocate = desk.advocates.known_by(&key).next().map(|known| known.id);
        let account = desk
            .contacts
            .row(person.0)
            .and_then(|contact| contact.account_id)
            .or(company.id);
        return match (advocate, account) {
            (Some(advocate), Some(account)) => Ok((advocate, account)),
            (None, _) => Err(
                "This person is known but is no advocate. Import the advocates first.".to_owned(),
            ),
            (_, None) => Err(
                "The account of this advocate is not known. Add the account to the row.".to_owned(),
            ),
        };
    }
    if names_person {
        return Err(
            "No advocate is known by this name or address. Import the advocates first, or \
             correct the row."
                .to_owned(),
        );
    }
    let placed = company
        .id
        .and_then(|id| desk.sides.placed.get(&id))
        .map_or(&[][..], Vec::as_slice);
    match placed {
        [only] => Ok((only.id, only.account_id)),
        [] => Err("The account has no advocate yet. Import the advocates first.".to_owned()),
        [..] => Err(
            "The account has several advocates. Add the name or the address of the one who was \
             used."
                .to_owned(),
        ),
    }
}

fn opportunity_of(desk: &mut Desk, values: Values<'_>, row: usize) -> Option<OpportunityId> {
    let own_id: Option<OpportunityId> = values.id("opportunity.id");
    let by_id = own_id.and_then(|id| desk.opportunities.row(id.0));
    if let Some(deal) = by_id {
        return Some(deal.id);
    }
    let external_id = values.text("opportunity.external_id");
    let name = values.text("opportunity.name");
    let by_external = external_id.and_then(|id| {
        let key = Key::External(id.to_owned());
        desk.opportunities.known_by(&key).next()
    });
    let by_name = || {
        let key = Key::Name(fold(name?));
        let mut known = desk.opportunities.known_by(&key);
        // A name that several deals have does not say which one was meant.
        known.next().filter(|_| known.next().is_none())
    };
    let found = by_external.or_else(by_name).map(|deal| deal.id);
    if found.is_none()
        && let Some(written) = name.or(external_id)
    {
        desk.tally.unknown("opportunity", written);
        desk.note(
            row,
            format!(
                "No single deal is known as \"{written}\", so the use was kept without one. \
                 Import the opportunities and then this file again."
            ),
        );
    }
    found
}

fn find(
    desk: &Desk,
    values: Values<'_>,
    what: (AdvocateId, Activity, Day),
    opportunity: Option<OpportunityId>,
) -> Option<UseId> {
    let external_id = values.text("use.external_id");
    let by_external = external_id.and_then(|id| {
        let key = Key::External(id.to_owned());
        desk.uses.known_by(&key).next()
    });
    let by_day = || {
        let (advocate, activity, day) = what;
        desk.uses.known_by(&Key::Of(advocate.0)).find(|known| {
            known.activity == activity
                && known.used_on == day
                && (known.opportunity_id == opportunity || known.opportunity_id.is_none())
                && (external_id.is_none() || known.external_id.is_none())
        })
    };
    by_external.or_else(by_day).map(|known| known.id)
}
