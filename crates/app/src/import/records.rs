//! The kinds of record as the importer holds them: keys, fields for the log, and timelines.

use domain::{record::RecordKind, text::fold, time::Timestamp};
use serde_json::{Value, json};
use storage::{
    account::Account, advocate::Advocate, contact::Contact, content::Content,
    opportunity::Opportunity, reference_use::ReferenceUse, user::User,
};
use uuid::Uuid;

use super::shelf::{Key, Shelved};

fn external(id: &Option<String>) -> impl Iterator<Item = Key> {
    id.iter().cloned().map(Key::External)
}

/// The fields that an import may change, read and set by their names in the event log; the folded
/// form follows the field that it is made of.
macro_rules! fields {
    ($($field:ident),+ $(; $folded:ident of $name:ident)?) => {
        fn facts(&self) -> Vec<(&'static str, Value)> {
            vec![$((stringify!($field), json!(self.$field))),+]
        }

        fn put_back(&mut self, field: &str, value: Value) -> Result<(), serde_json::Error> {
            match field {
                $(stringify!($field) => self.$field = serde_json::from_value(value)?,)+
                // A field of another version of the program, which this one does not keep.
                _ => {}
            }
            $(self.$folded = fold(&self.$name);)?
            Ok(())
        }
    };
}

impl Shelved for User {
    const KIND: RecordKind = RecordKind::User;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn keys(&self) -> Vec<Key> {
        external(&self.external_id)
            .chain([Key::Name(self.name_folded.clone())])
            .chain(self.email.iter().map(|email| Key::Email(email.to_string())))
            .collect()
    }

    fields!(external_id, name, roles, team, manager_id, email; name_folded of name);

    fn links(&self) -> Vec<(RecordKind, Uuid)> {
        Vec::new()
    }

    fn touch(&mut self, _: Timestamp) {}
}

impl Shelved for Account {
    const KIND: RecordKind = RecordKind::Account;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn keys(&self) -> Vec<Key> {
        external(&self.external_id)
            .chain([Key::Name(self.name_folded.clone())])
            .chain(self.domain.iter().cloned().map(Key::Domain))
            .collect()
    }

    fields!(external_id, name, domain, owner_id, owner_written, parent_id, parent_written,
            employees, revenue_minor, revenue_currency, health, nps, customer_since,
            has_open_escalation, has_payment_dispute; name_folded of name);

    fn links(&self) -> Vec<(RecordKind, Uuid)> {
        Vec::new()
    }

    fn touch(&mut self, now: Timestamp) {
        self.updated_at = now;
    }
}

impl Shelved for Contact {
    const KIND: RecordKind = RecordKind::Contact;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn keys(&self) -> Vec<Key> {
        external(&self.external_id)
            .chain([Key::Name(self.name_folded.clone())])
            .chain(self.email.iter().map(|email| Key::Email(email.to_string())))
            .collect()
    }

    fields!(external_id, account_id, account_written, name, phone, title,
            time_zone, left_on, refused_email, refused_on, email; name_folded of name);

    fn links(&self) -> Vec<(RecordKind, Uuid)> {
        self.account_id
            .map(|id| (RecordKind::Account, id.0))
            .into_iter()
            .collect()
    }

    fn touch(&mut self, now: Timestamp) {
        self.updated_at = now;
    }
}

impl Shelved for Opportunity {
    const KIND: RecordKind = RecordKind::Opportunity;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn keys(&self) -> Vec<Key> {
        external(&self.external_id)
            .chain([Key::Name(self.name_folded.clone())])
            .collect()
    }

    fields!(external_id, name, account_id, account_written, owner_id, owner_written,
            status, kind, stage, stage_written, amount_minor, currency, list_minor, created_on,
            reference_stage_on, close_on, not_needed_reason, is_budget_confirmed; name_folded of name);

    fn links(&self) -> Vec<(RecordKind, Uuid)> {
        self.account_id
            .map(|id| (RecordKind::Account, id.0))
            .into_iter()
            .collect()
    }

    fn touch(&mut self, now: Timestamp) {
        self.updated_at = now;
    }
}

impl Shelved for Advocate {
    const KIND: RecordKind = RecordKind::Advocate;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn keys(&self) -> Vec<Key> {
        vec![Key::Of(self.contact_id.0)]
    }

    fields!(
        status,
        status_reason,
        headline,
        story,
        topics_can,
        topics_cannot,
        limit_per_year,
        limit_per_quarter,
        is_restricted,
        notes,
        source,
        verified_on
    );

    fn links(&self) -> Vec<(RecordKind, Uuid)> {
        vec![(RecordKind::Contact, self.contact_id.0)]
    }

    fn touch(&mut self, now: Timestamp) {
        self.updated_at = now;
    }
}

impl Shelved for Content {
    const KIND: RecordKind = RecordKind::Content;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn keys(&self) -> Vec<Key> {
        external(&self.external_id)
            .chain([Key::Name(self.title_folded.clone())])
            .collect()
    }

    fields!(external_id, title, kind, status, stage, url, body, advocate_id, account_id,
            expires_on; title_folded of title);

    fn links(&self) -> Vec<(RecordKind, Uuid)> {
        let account = self.account_id.map(|id| (RecordKind::Account, id.0));
        let advocate = self.advocate_id.map(|id| (RecordKind::Advocate, id.0));
        account.into_iter().chain(advocate).collect()
    }

    fn touch(&mut self, now: Timestamp) {
        self.updated_at = now;
    }
}

impl Shelved for ReferenceUse {
    const KIND: RecordKind = RecordKind::Use;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn keys(&self) -> Vec<Key> {
        external(&self.external_id)
            .chain([Key::Of(self.advocate_id.0)])
            .collect()
    }

    fields!(
        external_id,
        activity,
        used_on,
        opportunity_id,
        outcome,
        grade_seller,
        grade_advocate,
        grade_buyer,
        comment
    );

    fn links(&self) -> Vec<(RecordKind, Uuid)> {
        let opportunity = self
            .opportunity_id
            .map(|id| (RecordKind::Opportunity, id.0));
        [
            (RecordKind::Advocate, self.advocate_id.0),
            (RecordKind::Account, self.account_id.0),
        ]
        .into_iter()
        .chain(opportunity)
        .collect()
    }

    fn touch(&mut self, _: Timestamp) {}
}
