//! The kinds of record as the importer holds them: keys, fields for the log, and timelines.

use domain::{record::RecordKind, time::Timestamp};
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

macro_rules! facts {
    ($row:ident: $($field:ident),+ $(,)?) => {
        vec![$((stringify!($field), json!($row.$field))),+]
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

    fn facts(&self) -> Vec<(&'static str, Value)> {
        let mut facts = facts!(self: external_id, name, roles, team, manager_id);
        facts.push(("email", json!(self.email.as_ref().map(ToString::to_string))));
        facts
    }

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

    fn facts(&self) -> Vec<(&'static str, Value)> {
        facts!(self: external_id, name, domain, owner_id, owner_written, parent_id, parent_written,
            employees, revenue_minor, revenue_currency, health, nps, customer_since)
    }

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

    fn facts(&self) -> Vec<(&'static str, Value)> {
        let mut facts = facts!(self: external_id, account_id, account_written, name, phone, title,
            time_zone);
        facts.push(("email", json!(self.email.as_ref().map(ToString::to_string))));
        facts
    }

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

    fn facts(&self) -> Vec<(&'static str, Value)> {
        facts!(self: external_id, name, account_id, account_written, owner_id, owner_written,
            status, kind, stage, stage_written, amount_minor, currency, list_minor, created_on,
            reference_stage_on, close_on, not_needed_reason)
    }

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

    fn facts(&self) -> Vec<(&'static str, Value)> {
        facts!(self: status, headline, story, topics_can, topics_cannot, limit_per_year,
            limit_per_quarter, is_restricted, notes, source, verified_on)
    }

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

    fn facts(&self) -> Vec<(&'static str, Value)> {
        facts!(self: external_id, title, kind, status, stage, url, body, advocate_id, account_id,
            expires_on)
    }

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

    fn facts(&self) -> Vec<(&'static str, Value)> {
        facts!(self: external_id, activity, used_on, opportunity_id, outcome, grade_seller,
            grade_advocate, grade_buyer, comment)
    }

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
