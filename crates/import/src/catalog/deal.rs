//! Fields of opportunities.

use crate::{
    field::{Field, ValueKind},
    words,
};

use super::{field, word};

const ID: Field = field(
    "opportunity.id",
    "Goodword opportunity id",
    ValueKind::Id,
    "goodword opportunity id",
);

pub(super) const OPPORTUNITY_LINK: &[Field] = &[
    ID,
    field(
        "opportunity.external_id",
        "Opportunity id",
        ValueKind::Id,
        "opportunity id; deal id; opportunity external id; associated deal ids",
    ),
    field(
        "opportunity.name",
        "Opportunity name",
        ValueKind::Text,
        "opportunity name; deal name; opportunity; deal; deal title; associated deal",
    ),
];

pub(super) const OPPORTUNITY: &[Field] = &[
    ID,
    field(
        "opportunity.external_id",
        "Opportunity id",
        ValueKind::Id,
        "opportunity id; deal id; order id; opportunity number; opportunity external \
         id; quote id",
    ),
    field(
        "opportunity.name",
        "Opportunity name",
        ValueKind::Text,
        "opportunity name; deal name; deal title; opportunity; deal",
    ),
    word(
        "opportunity.kind",
        "Type",
        words::OPPORTUNITY_KIND,
        "opportunity type; deal type; type; business type",
    ),
    field(
        "opportunity.stage",
        "Stage",
        ValueKind::Text,
        "stage name; stage; deal stage; sales stage; opportunity stage; pipeline stage",
    ),
    word(
        "opportunity.program_stage",
        "Program stage",
        words::DEAL_STAGE,
        "program stage",
    ),
    word(
        "opportunity.status",
        "Status",
        words::OPPORTUNITY_STATUS,
        "opportunity status; deal status; status; outcome",
    ),
    field(
        "opportunity.is_won",
        "Won",
        ValueKind::YesNo,
        "is won; won; is closed won",
    ),
    field(
        "opportunity.is_closed",
        "Closed",
        ValueKind::YesNo,
        "is closed; closed; is deal closed",
    ),
    field(
        "opportunity.amount",
        "Amount",
        ValueKind::Money,
        "amount; opportunity amount; deal amount; deal value; close value; total \
         amount; contract value; total contract value; tcv; acv; value; sales; total \
         price; ~price; ~revenue",
    ),
    field(
        "opportunity.currency",
        "Currency",
        ValueKind::Currency,
        "currency iso code; currency code; opportunity currency; amount currency; \
         total amount currency; deal currency; deal currency code; currency",
    ),
    field(
        "opportunity.list_amount",
        "List amount",
        ValueKind::Money,
        "list amount; list price; list price total; gross amount; amount before \
         discount",
    ),
    field(
        "opportunity.created_on",
        "Created",
        ValueKind::Day,
        "opportunity created date; created date; create date; created on; created; \
         created at; deal created",
    ),
    field(
        "opportunity.engaged_on",
        "Entered the reference stage",
        ValueKind::Day,
        "engage date; engaged on; reference stage date; entered reference stage; \
         engagement date",
    ),
    field(
        "opportunity.close_on",
        "Close date (expected or actual)",
        ValueKind::Day,
        "close date; order date; expected close date; actual close date; closed on; \
         won date; deal expected close date; closed date; deal closed on; ~quote \
         expiry date",
    ),
    field(
        "opportunity.delivery_on",
        "Planned delivery start, for deals without a close date",
        ValueKind::Day,
        "planned delivery start date; planned delivery date; planned start date; \
         expected delivery date",
    ),
    field(
        "opportunity.not_needed_reason",
        "Reference not needed",
        ValueKind::Text,
        "reference not needed; reference not needed reason",
    ),
    field(
        "opportunity.budget_confirmed",
        "Budget confirmed",
        ValueKind::YesNo,
        "budget confirmed; is budget confirmed; budget approved; has budget; budgeted; \
         approved budget",
    ),
    field(
        "opportunity.source",
        "Source",
        ValueKind::Text,
        "lead source; opportunity source; deal source; source; original source",
    ),
];
