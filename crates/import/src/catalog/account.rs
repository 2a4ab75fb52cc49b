//! Fields of accounts, and of the people who own them.

use crate::field::{Field, ValueKind};

use super::field;

/// What names an account, in every kind of file.
pub(super) const ACCOUNT: &[Field] = &[
    field(
        "account.id",
        "Goodword account id",
        ValueKind::Id,
        "goodword account id",
    ),
    field(
        "account.external_id",
        "Account id",
        ValueKind::Id,
        "account id; company id; organization id; customer id; account external id; \
         customer number; associated company ids; primary associated company id",
    ),
    field(
        "account.name",
        "Account name",
        ValueKind::Text,
        "account name; account; company name; company; organization name; \
         organization; customer name; customer; client name; client; associated \
         company; primary associated company; metadata organization; ~metadata \
         company; ~employer; ~business name",
    ),
    field(
        "account.website",
        "Account website",
        ValueKind::Url,
        "account website; website; website url; company domain name; company domain; \
         company website; domain; domain name; homepage url; homepage; metadata \
         company website; web site; links url",
    ),
];

/// What an accounts file and a file that creates accounts may also say.
pub(super) const ACCOUNT_FACTS: &[Field] = &[
    field(
        "account.parent.id",
        "Goodword parent account id",
        ValueKind::Id,
        "goodword parent account id",
    ),
    field(
        "account.parent.external_id",
        "Parent account id",
        ValueKind::Id,
        "parent id; parent account id; parent company id",
    ),
    field(
        "account.parent.name",
        "Parent account name",
        ValueKind::Text,
        "parent account; parent account name; parent company; subsidiary of; parent; \
         ultimate parent",
    ),
    field(
        "account.employees",
        "Employees",
        ValueKind::Count,
        "number of employees; employees; employee count; headcount; num emp; num \
         employees; no of employees; customer employees; ~staff",
    ),
    field(
        "account.revenue",
        "Annual revenue",
        ValueKind::Money,
        "annual revenue; revenue; turnover; yearly revenue",
    ),
    field(
        "account.health",
        "Health",
        ValueKind::Whole { min: 0, max: 100 },
        "health; health score; customer health; account health",
    ),
    field(
        "account.nps",
        "Net promoter score",
        ValueKind::Whole {
            min: -100,
            max: 100,
        },
        "nps; nps score; net promoter score; last nps survey rating",
    ),
    field(
        "account.open_escalation",
        "Open escalation",
        ValueKind::YesNo,
        "open escalation; has open escalation; escalation open; active escalation; open critical case; \
         has open critical case",
    ),
    field(
        "account.payment_dispute",
        "Payment dispute",
        ValueKind::YesNo,
        "payment dispute; payment disputed; has payment dispute; in dispute; invoice \
         dispute; billing dispute; invoice disputed",
    ),
    field(
        "account.customer_since",
        "Customer since",
        ValueKind::Day,
        "customer since; client since; customer start date; became a customer date; \
         contract start date; ~joined; ~start date",
    ),
    field(
        "account.locked",
        "Locked",
        ValueKind::YesNo,
        "locked; do not use; do not contact; escalated",
    ),
    field(
        "account.lock_reason",
        "Lock reason",
        ValueKind::Text,
        "lock reason; escalation reason",
    ),
    field(
        "account.locked_until",
        "Locked until",
        ValueKind::Day,
        "locked until; lock until",
    ),
];

pub(super) const OWNER: &[Field] = &[
    field(
        "owner.id",
        "Goodword owner id",
        ValueKind::Id,
        "goodword owner id",
    ),
    field(
        "owner.external_id",
        "Owner id",
        ValueKind::Id,
        "owner id; account owner id; hubspot owner id; opportunity owner id",
    ),
    field(
        "owner.email",
        "Owner e-mail",
        ValueKind::Email,
        "owner email; owner user username; account owner email; csm email; owner e mail",
    ),
    field(
        "owner.name",
        "Owner name",
        ValueKind::Text,
        "owner; owner name; opportunity owner; deal owner; sales agent; sales rep; \
         company owner; contact owner; csm; relationship owner; account manager; \
         seller; owner full name",
    ),
];

/// Rows that the other system marks as deleted are refused with that reason.
pub(super) const DELETED: &[Field] = &[field(
    "record.deleted",
    "Deleted elsewhere",
    ValueKind::YesNo,
    "is deleted",
)];
