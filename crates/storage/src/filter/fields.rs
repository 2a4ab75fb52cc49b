//! The fields of each list, one table a kind of record. A field that is not here is not asked.

use domain::{
    access::{FieldClass, Role},
    activity::Activity,
    advocate::AdvocateStatus,
    content::{Audience, ContentKind, ContentStatus},
    opportunity::{DealStage, OpportunityKind, OpportunityStatus},
};

use super::{Absent, Field, FieldKind};
use crate::reference_use::took_place_sql;

/// Names the words of a list for [`FieldKind::Word`].
macro_rules! words_of {
    ($list:ident) => {
        || $list::ALL.iter().map(|word| word.as_str()).collect()
    };
}

const fn field(key: &'static str, kind: FieldKind, sql: &'static str) -> Field {
    let absent = match kind {
        FieldKind::Number | FieldKind::Money { .. } | FieldKind::Instant | FieldKind::Flag => {
            Absent::Least
        }
        _ => Absent::Last,
    };
    Field {
        key,
        kind,
        class: None,
        sql,
        absent,
    }
}

impl Field {
    const fn seen_as(mut self, class: FieldClass) -> Self {
        self.class = Some(class);
        self
    }

    /// Every record has a value, so that an index on the column can sort.
    const fn always(mut self) -> Self {
        self.absent = Absent::Never;
        self
    }

    const fn absent_is_least(mut self) -> Self {
        self.absent = Absent::Least;
        self
    }
}

pub(super) const ACCOUNT: &[Field] = &[
    field("name", FieldKind::Folded, "accounts.name_folded").always(),
    field("owner", FieldKind::Person, "accounts.owner_id"),
    field("domain", FieldKind::Text, "accounts.domain"),
    field("employees", FieldKind::Number, "accounts.employees"),
    field(
        "revenue",
        FieldKind::Money {
            currency: "accounts.revenue_currency",
        },
        "accounts.revenue_minor",
    ),
    field("health", FieldKind::Number, "accounts.health").seen_as(FieldClass::Internal),
    field("nps", FieldKind::Number, "accounts.nps").seen_as(FieldClass::Internal),
    field(
        "open_escalation",
        FieldKind::Flag,
        "accounts.has_open_escalation",
    )
    .seen_as(FieldClass::Internal),
    field(
        "payment_dispute",
        FieldKind::Flag,
        "accounts.has_payment_dispute",
    )
    .seen_as(FieldClass::Internal),
    field("customer_since", FieldKind::Day, "accounts.customer_since"),
    field(
        "advocates",
        FieldKind::Number,
        "select count(*) from advocates join contacts on contacts.id = advocates.contact_id where contacts.account_id = accounts.id",
    ),
    field(
        "locked",
        FieldKind::Flag,
        "exists (select 1 from account_locks where account_locks.account_id = accounts.id and account_locks.lifted_at is null and account_locks.from_on <= TODAY and (account_locks.until_on is null or account_locks.until_on >= TODAY))",
    ),
    field("external_id", FieldKind::Text, "accounts.external_id"),
    field("added", FieldKind::Instant, "accounts.created_at"),
    field("changed", FieldKind::Instant, "accounts.updated_at"),
];

pub(super) const CONTACT: &[Field] = &[
    field("name", FieldKind::Folded, "contacts.name_folded").always(),
    field("title", FieldKind::Text, "contacts.title"),
    field(
        "account",
        FieldKind::Folded,
        "select accounts.name_folded from accounts where accounts.id = contacts.account_id",
    ),
    field(
        "owner",
        FieldKind::Person,
        "(select accounts.owner_id from accounts where accounts.id = contacts.account_id)",
    ),
    field("email", FieldKind::Text, "contacts.email"),
    field(
        "email_refused_on",
        FieldKind::Day,
        "case when contacts.email = contacts.refused_email then contacts.refused_on end",
    ),
    field("phone", FieldKind::Text, "contacts.phone"),
    field("time_zone", FieldKind::Text, "contacts.time_zone"),
    field("left_on", FieldKind::Day, "contacts.left_on"),
    field(
        "advocate",
        FieldKind::Flag,
        "exists (select 1 from advocates where advocates.contact_id = contacts.id)",
    ),
    field("external_id", FieldKind::Text, "contacts.external_id"),
    field("added", FieldKind::Instant, "contacts.created_at"),
    field("changed", FieldKind::Instant, "contacts.updated_at"),
];

pub(super) const ADVOCATE: &[Field] = &[
    field("name", FieldKind::Folded, "contacts.name_folded").seen_as(FieldClass::Name),
    field("title", FieldKind::Text, "contacts.title"),
    field("account", FieldKind::Folded, "accounts.name_folded"),
    field("owner", FieldKind::Person, "accounts.owner_id"),
    field(
        "status",
        FieldKind::Word(words_of!(AdvocateStatus)),
        "advocates.status",
    ),
    field(
        "activities",
        FieldKind::Words(words_of!(Activity)),
        "exists (select 1 from advocate_activities where advocate_activities.advocate_id = advocates.id and advocate_activities.activity WORD)",
    ),
    field("left_on", FieldKind::Day, "contacts.left_on"),
    // A profile that nobody ever verified is the stalest.
    field("verified", FieldKind::Day, "advocates.verified_on").absent_is_least(),
    field(
        "last_used",
        FieldKind::Day,
        concat!(
            "select max(uses.used_on) from uses where uses.advocate_id = advocates.id and ",
            took_place_sql!()
        ),
    )
    .seen_as(FieldClass::UsageHistory),
    field(
        "uses",
        FieldKind::Number,
        concat!(
            "select count(distinct coalesce(uses.call_id, uses.id)) from uses where uses.advocate_id = advocates.id and ",
            took_place_sql!()
        ),
    )
    .seen_as(FieldClass::UsageHistory),
    field("restricted", FieldKind::Flag, "advocates.is_restricted"),
    field("nominated_by", FieldKind::Person, "advocates.nominated_by"),
    field("source", FieldKind::Text, "advocates.source").seen_as(FieldClass::Internal),
    field("added", FieldKind::Instant, "advocates.created_at"),
    field("changed", FieldKind::Instant, "advocates.updated_at"),
];

pub(super) const OPPORTUNITY: &[Field] = &[
    field("name", FieldKind::Folded, "opportunities.name_folded").always(),
    field(
        "account",
        FieldKind::Folded,
        "select accounts.name_folded from accounts where accounts.id = opportunities.account_id",
    ),
    field("owner", FieldKind::Person, "opportunities.owner_id"),
    field(
        "status",
        FieldKind::Word(words_of!(OpportunityStatus)),
        "opportunities.status",
    ),
    field(
        "kind",
        FieldKind::Word(words_of!(OpportunityKind)),
        "opportunities.kind",
    ),
    field(
        "stage",
        FieldKind::Word(words_of!(DealStage)),
        "opportunities.stage",
    ),
    field(
        "amount",
        FieldKind::Money {
            currency: "opportunities.currency",
        },
        "opportunities.amount_minor",
    ),
    field("close_on", FieldKind::Day, "opportunities.close_on"),
    field("created_on", FieldKind::Day, "opportunities.created_on"),
    field(
        "reference_stage_on",
        FieldKind::Day,
        "opportunities.reference_stage_on",
    ),
    field(
        "reference",
        FieldKind::Flag,
        concat!(
            "(exists (select 1 from uses where uses.opportunity_id = opportunities.id and ",
            took_place_sql!(),
            ") or exists (select 1 from shares where shares.opportunity_id = opportunities.id and shares.first_opened_on is not null))"
        ),
    ),
    field(
        "not_needed",
        FieldKind::Flag,
        "opportunities.not_needed_reason is not null",
    ),
    field(
        "budget_confirmed",
        FieldKind::Flag,
        "opportunities.is_budget_confirmed",
    ),
    field("external_id", FieldKind::Text, "opportunities.external_id"),
    field("added", FieldKind::Instant, "opportunities.created_at"),
    field("changed", FieldKind::Instant, "opportunities.updated_at"),
];

pub(super) const CONTENT: &[Field] = &[
    field("title", FieldKind::Folded, "content.title_folded").always(),
    field(
        "account",
        FieldKind::Folded,
        "select accounts.name_folded from accounts where accounts.id = content.account_id",
    ),
    field(
        "kind",
        FieldKind::Word(words_of!(ContentKind)),
        "content.kind",
    ),
    field(
        "status",
        FieldKind::Word(words_of!(ContentStatus)),
        "content.status",
    ),
    field(
        "audience",
        FieldKind::Word(words_of!(Audience)),
        "content.audience",
    ),
    field(
        "stage",
        FieldKind::Word(words_of!(DealStage)),
        "content.stage",
    ),
    field("expires_on", FieldKind::Day, "content.expires_on"),
    field("embargo_until", FieldKind::Day, "content.embargo_until"),
    field(
        "shares",
        FieldKind::Number,
        "select count(*) from shares where shares.content_id = content.id",
    ),
    field("added", FieldKind::Instant, "content.created_at"),
    field("changed", FieldKind::Instant, "content.updated_at"),
];

/// Whether a colleague can sign in: with a password, not without one, and not when switched off.
const ACCESS: [&str; 3] = ["on", "no_password", "off"];

pub(super) const USER: &[Field] = &[
    field("name", FieldKind::Folded, "users.name_folded").always(),
    field("email", FieldKind::Text, "users.email"),
    field(
        "roles",
        FieldKind::Words(words_of!(Role)),
        // Roles stand in one column, separated by commas.
        "exists (select 1 from (values ('seller'), ('owner'), ('stakeholder'), ('program'), ('executive'), ('admin'), ('privacy')) as known where ',' || users.roles || ',' like '%,' || known.column1 || ',%' and known.column1 WORD)",
    ),
    field(
        "access",
        FieldKind::Word(|| ACCESS.to_vec()),
        "case when not users.is_active then 'off' when users.password_hash is null then 'no_password' else 'on' end",
    ),
    field("team", FieldKind::Text, "users.team"),
    field("manager", FieldKind::Person, "users.manager_id"),
    field(
        "away",
        FieldKind::Flag,
        "coalesce(users.away_from <= TODAY and users.away_until >= TODAY, 1 = 0)",
    ),
    field("external_id", FieldKind::Text, "users.external_id"),
    field("added", FieldKind::Instant, "users.created_at"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_can_be_asked_for() {
        let roles = USER
            .iter()
            .find(|field| field.key == "roles")
            .expect("it is a field");
        for role in Role::ALL {
            assert!(roles.sql.contains(&format!("('{role}')")), "{role}");
        }
    }
}
