//! Deals, with the stage as the CRM writes it and the one that the program takes it for.

use domain::{
    id::OpportunityId,
    money::{Currency, Money},
};
use uuid::Uuid;

use super::{
    named::Named,
    ordered,
    sheet::{Cell, Row},
};
use crate::{App, error::Error};

pub(super) const FIELDS: &[&str] = &[
    "opportunity.id",
    "opportunity.external_id",
    "opportunity.name",
    "account.id",
    "account.name",
    "account.external_id",
    "owner.id",
    "owner.name",
    "owner.email",
    "opportunity.kind",
    "opportunity.status",
    "opportunity.stage",
    "opportunity.program_stage",
    "opportunity.amount",
    "opportunity.list_amount",
    "opportunity.currency",
    "opportunity.created_on",
    "opportunity.engaged_on",
    "opportunity.close_on",
    "opportunity.not_needed_reason",
    "opportunity.budget_confirmed",
];

fn amount(minor: Option<i64>, currency: Option<Currency>) -> Cell {
    match (minor, currency) {
        (Some(minor), Some(currency)) => Cell::amount(Money { minor, currency }),
        (_, _) => Cell::Empty,
    }
}

pub(super) async fn rows(app: &App, ids: &[Uuid]) -> Result<Vec<Row>, Error> {
    let wanted = ids.iter().copied().map(OpportunityId).collect();
    let deals = storage::opportunity::by_ids(&app.store, wanted).await?;
    let named = Named::load(
        app,
        deals.values().filter_map(|deal| deal.account_id),
        deals.values().filter_map(|deal| deal.owner_id),
    )
    .await?;
    let rows = ordered(ids, deals).into_iter().map(|deal| {
        let mut row = Row::default();
        row.put_word("opportunity.id", Some(deal.id));
        row.put("opportunity.external_id", deal.external_id);
        row.put("opportunity.name", deal.name);
        named.account(&mut row, deal.account_id, deal.account_written.as_ref());
        named.owner(&mut row, deal.owner_id, deal.owner_written.as_ref());
        row.put_word("opportunity.kind", Some(deal.kind));
        row.put_word("opportunity.status", Some(deal.status));
        row.put("opportunity.stage", deal.stage_written);
        row.put_word("opportunity.program_stage", deal.stage);
        row.put(
            "opportunity.amount",
            amount(deal.amount_minor, deal.currency),
        );
        row.put(
            "opportunity.list_amount",
            amount(deal.list_minor, deal.currency),
        );
        row.put_word("opportunity.currency", deal.currency);
        row.put("opportunity.created_on", deal.created_on);
        row.put("opportunity.engaged_on", deal.reference_stage_on);
        row.put("opportunity.close_on", deal.close_on);
        row.put("opportunity.not_needed_reason", deal.not_needed_reason);
        if deal.is_budget_confirmed {
            row.put("opportunity.budget_confirmed", "yes");
        }
        row
    });
    Ok(rows.collect())
}
