//! Texts that break programs, in every text field, out and back in.
//!
//! A few stand here. The big list of naughty strings is not part of the project: with
//! GOODWORD_DATASETS naming the folder that holds it, every string of it is tried too.

use std::collections::HashSet;

use app::{Actor, App, export::Format};
use domain::{id::AccountId, record::RecordKind, text::fold};
use import::kind::Kind;
use serde_json::Value;
use storage::{
    account::Account,
    advocate::{Advocate, Outcome},
    contact::Contact,
    content::Content,
    opportunity::Opportunity,
    reference_use::ReferenceUse,
    tag::Tag,
    term::Facet,
    user::User,
};
use testkit::{NOW, TODAY, TestApp, build, day};
use uuid::Uuid;

use super::{everything_comes_back, exported, import};

const HOSTILE: &[&str] = &[
    "=1+1",
    "'=1+1",
    "''",
    "+49 30 1234",
    "-",
    "@SUM(A1)",
    "\tTab first",
    "Line\nbreak\r\nand another",
    "None",
    "N/A",
    "null",
    "  blanks around  ",
    "a \"quoted\", one; two | three",
    "[\"looks\", \"like\", \"JSON\"]",
    "[",
    "&amp; &lt;b&gt;",
    "Ann Lee, CIO, Acme",
    "<https://example.com>",
    "１２３＝４",
    "\u{feff}mark first",
    "\u{202e}right to left",
    "😀",
    "000000000000000AAA",
    "1.0",
    "sep=;",
];

fn texts() -> Vec<String> {
    let mut texts: Vec<String> = HOSTILE.iter().map(|text| (*text).to_owned()).collect();
    if let Some(folder) = testkit::datasets() {
        let list = std::fs::read(folder.join("messy/blns.json")).expect("the list");
        let list: Vec<String> = serde_json::from_slice(&list).expect("strings");
        // A database of PostgreSQL holds no zero character, and an empty text is an absent one.
        texts.extend(
            list.into_iter()
                .filter(|text| !text.is_empty() && !text.contains('\0')),
        );
    }
    texts
}

/// What is written for a record that nobody knows must not name one that is known.
fn unknown(text: &str, number: u64) -> Option<String> {
    Some(format!("{text} unknown {number}"))
}

/// One record of every kind for each text, which stands in every field that takes text.
#[derive(Default)]
struct World {
    users: Vec<User>,
    accounts: Vec<Account>,
    contacts: Vec<Contact>,
    deals: Vec<Opportunity>,
    advocates: Vec<Advocate>,
    outcomes: Vec<Outcome>,
    content: Vec<Content>,
    uses: Vec<ReferenceUse>,
    tags: Vec<Tag>,
}

impl World {
    fn add(&mut self, number: u64, text: &str, facets: &[Facet]) {
        self.add_company(number, text);
        self.add_advocate(number, text);
        if text.trim().is_empty() {
            return;
        }
        for record_kind in [
            RecordKind::Account,
            RecordKind::Contact,
            RecordKind::Opportunity,
            RecordKind::Advocate,
            RecordKind::Content,
        ] {
            let free = facets
                .iter()
                .filter(|facet| facet.facet_key != "deal_stage");
            self.tags.extend(free.map(|facet| Tag {
                record_kind,
                record_id: Uuid::from_u64_pair(0, number),
                facet_id: facet.id,
                folded: fold(text),
                written: text.to_owned(),
                term_id: None,
            }));
        }
    }

    fn add_company(&mut self, number: u64, text: &str) {
        let some = || Some(text.to_owned());
        let external_id = Some(format!("{text}{number}"));
        let mut user = build::user(number, text);
        user.team = some();
        user.external_id.clone_from(&external_id);
        self.users.push(user);
        let mut account = build::account(number, text);
        account.external_id.clone_from(&external_id);
        account.owner_written = unknown(text, number);
        account.parent_written = unknown(text, number);
        self.accounts.push(account);
        let mut contact = build::contact(number, text, build::id::<AccountId>(number));
        contact.external_id.clone_from(&external_id);
        (contact.phone, contact.title, contact.time_zone) = (some(), some(), some());
        contact.refused_email.clone_from(&contact.email);
        contact.refused_on = contact.email.is_some().then(|| day(TODAY));
        contact.left_on = Some(day(TODAY).plus_days(-number.cast_signed()));
        if number.is_multiple_of(3) {
            contact.account_id = None;
            contact.account_written = unknown(text, number);
        }
        self.contacts.push(contact);
        let mut deal = Opportunity::named(build::id(number), text, NOW);
        deal.external_id.clone_from(&external_id);
        deal.account_written = unknown(text, number);
        deal.owner_written = unknown(text, number);
        (deal.stage_written, deal.not_needed_reason) = (some(), some());
        deal.is_budget_confirmed = number.is_multiple_of(2);
        self.deals.push(deal);
    }

    fn add_advocate(&mut self, number: u64, text: &str) {
        let some = || Some(text.to_owned());
        let external_id = Some(format!("{text}{number}"));
        let mut advocate = build::advocate(number, build::id(number));
        (advocate.headline, advocate.story, advocate.notes) = (some(), some(), some());
        advocate.topics_can = text.replace(['\n', '\r'], " ");
        advocate.topics_cannot = format!("{}\nsecond", text.replace(['\n', '\r'], " "));
        self.outcomes.push(Outcome {
            advocate_id: advocate.id,
            position: 0,
            statement: text.to_owned(),
            value: some(),
            unit: some(),
        });
        let mut piece = Content::titled(
            build::id(number),
            text,
            domain::content::ContentKind::Quote,
            NOW,
        );
        piece.external_id.clone_from(&external_id);
        piece.body = some();
        piece.advocate_id = Some(advocate.id);
        self.content.push(piece);
        let mut used = build::used(
            number,
            advocate.id,
            build::id(number),
            day(TODAY).plus_days(-1),
        );
        used.external_id = external_id;
        used.comment = some();
        self.uses.push(used);
        self.advocates.push(advocate);
    }
}

async fn hold(test: &TestApp, texts: &[String]) {
    let facets = storage::term::facets(&test.app.store)
        .await
        .expect("facets");
    let mut world = World::default();
    for (number, text) in (1_u64..).zip(texts) {
        world.add(number, text, &facets);
    }
    let tx = test.db.begin().await;
    storage::user::insert_all(&tx, world.users)
        .await
        .expect("users");
    storage::account::insert_all(&tx, world.accounts)
        .await
        .expect("accounts");
    storage::contact::insert_all(&tx, world.contacts)
        .await
        .expect("contacts");
    storage::opportunity::insert_all(&tx, world.deals)
        .await
        .expect("deals");
    storage::advocate::insert_all(&tx, world.advocates)
        .await
        .expect("advocates");
    storage::advocate::insert_outcomes(&tx, world.outcomes)
        .await
        .expect("outcomes");
    storage::content::insert_all(&tx, world.content)
        .await
        .expect("content");
    storage::reference_use::insert_all(&tx, world.uses)
        .await
        .expect("uses");
    storage::tag::insert_all(&tx, world.tags)
        .await
        .expect("tags");
    let (terms, synonyms) = terms(texts, &facets);
    storage::term::insert_all(&tx, terms).await.expect("terms");
    storage::term::insert_synonyms(&tx, synonyms)
        .await
        .expect("synonyms");
    tx.commit().await.expect("a commit");
}

fn terms(
    texts: &[String],
    facets: &[Facet],
) -> (Vec<storage::term::Term>, Vec<storage::term::Synonym>) {
    let product = facets
        .iter()
        .find(|facet| facet.facet_key == "product")
        .expect("a facet")
        .id;
    let (mut terms, mut synonyms) = (vec![], vec![]);
    for (number, text) in (1_u64..).zip(texts) {
        let id = build::id(number);
        terms.push(storage::term::Term {
            id,
            version: 1,
            facet_id: product,
            parent_id: None,
            term_key: None,
            name: text.clone(),
            name_folded: fold(text),
            rank: None,
            list_minor: Some(-7),
            list_currency: Some(domain::money::Currency::USD),
            merged_into_id: None,
            retired_at: None,
        });
        let written = format!("{text} otherwise {number}");
        synonyms.push(storage::term::Synonym {
            facet_id: product,
            folded: fold(&written),
            written,
            term_id: id,
        });
    }
    (terms, synonyms)
}

/// Headings under which the text of a record stands as it is, by kind.
const SAME: &[(Kind, &[&str])] = &[
    (Kind::Accounts, &["Account name", "Industry"]),
    (
        Kind::Contacts,
        &["Contact name", "Contact phone", "Job title", "Time zone"],
    ),
    (Kind::Users, &["Name", "Team"]),
    (
        Kind::Opportunities,
        &["Opportunity name", "Stage", "Reference not needed"],
    ),
    (Kind::Advocates, &["Headline", "Story", "Outcomes", "Notes"]),
    (Kind::Content, &["Content title", "Content text"]),
    (Kind::Uses, &["Notes"]),
    (Kind::Terms, &["Term"]),
];

async fn everything_is_in_it(app: &App, texts: &[String]) {
    for (kind, headings) in SAME {
        let (text, _) = exported(app, &Actor::operator(), *kind, Format::Jsonl).await;
        let rows: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        for heading in *headings {
            let held: HashSet<String> = rows
                .iter()
                .filter_map(|row| match &row[*heading] {
                    Value::Array(values) => values.first().and_then(Value::as_str),
                    other => other.as_str(),
                })
                .map(str::to_owned)
                .collect();
            let tagged = *heading == "Industry";
            for text in texts
                .iter()
                .filter(|text| !tagged || !text.trim().is_empty())
            {
                assert!(held.contains(text), "{kind}: {heading} lacks {text:?}");
            }
        }
    }
}

testkit::on_both_engines! {
    async fn every_text_field_goes_out_and_comes_back_whatever_it_holds(db: TestDb) {
        let test = TestApp::on(db).await;
        let texts = texts();
        hold(&test, &texts).await;
        everything_is_in_it(&test.app, &texts).await;
        everything_comes_back(&test.app).await;
    }

    async fn a_spreadsheet_brings_back_what_was_changed_since(db: TestDb) {
        let test = TestApp::on(db).await;
        let texts = texts();
        hold(&test, &texts).await;
        let (sheet, rows) = exported(&test.app, &Actor::operator(), Kind::Contacts, Format::Csv).await;
        assert!(!sheet.contains(",=1+1") && sheet.contains(",'=1+1"), "formulas are made plain");
        test.db.tamper("update contacts set title = 'changed', phone = null").await;
        let report = import(&test.app, Kind::Contacts, Format::Csv, sheet).await;
        assert_eq!((report.updated, report.failed), (rows as u64, 0), "{report:#?}");
        everything_is_in_it(&test.app, &texts).await;
    }
}
