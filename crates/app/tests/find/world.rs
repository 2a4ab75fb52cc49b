//! A program with three customers, a seller and a deal.

use std::collections::HashMap;

use app::{
    Actor,
    find::{self, FindReferences, MatchAnswer},
};
use domain::{
    access::Role,
    activity::Activity,
    consent::{ConsentKind, ConsentSource},
    id::{FacetId, OpportunityId, TermId},
    opportunity::OpportunityStatus,
    record::RecordKind,
};
use storage::{
    account,
    advocate::{self, Willingness},
    consent::{self, Consent},
    contact,
    opportunity::{self, Opportunity},
    tag::{self, Tag},
    term,
};
use testkit::{NOW, TestApp, TestDb, build, build::id, day};
use uuid::Uuid;

pub const DEAL: u64 = 1;
/// Account and advocate share a number: a hospital, a bank, and a hospital whose story says most.
pub const HOSPITAL: u64 = 1;
pub const BANK: u64 = 2;
pub const TELLER: u64 = 3;

pub struct World {
    pub test: TestApp,
    pub seller: Actor,
    /// Facet and term by facet key and term name.
    pub terms: HashMap<(String, String), (FacetId, TermId)>,
}

impl World {
    pub async fn on(db: TestDb) -> Self {
        let test = TestApp::on(db).await;
        let seller = test.colleague(1, "Sam Seller", &[Role::Seller]).await;
        let facets = term::facets(&test.db.store).await.expect("facets");
        let terms = term::terms(&test.db.store).await.expect("terms");
        let key = |facet: FacetId| {
            let facet = facets.iter().find(|one| one.id == facet);
            facet.expect("a facet").facet_key.clone()
        };
        let terms = terms
            .into_iter()
            .map(|term| ((key(term.facet_id), term.name), (term.facet_id, term.id)))
            .collect();
        let world = Self {
            test,
            seller,
            terms,
        };
        world.fill().await;
        world
    }

    async fn fill(&self) {
        let tx = self.test.db.begin().await;
        let mut rows = vec![build::account(9, "Prospect Corp")];
        let (mut people, mut members, mut willing) = (Vec::new(), Vec::new(), Vec::new());
        let mut consents = Vec::new();
        for (number, story) in [
            (HOSPITAL, "Shorter queues"),
            (BANK, "Fewer branches"),
            (TELLER, "We migrated two data centers without downtime"),
        ] {
            rows.push(build::account(number, &format!("Customer {number}")));
            people.push(build::contact(
                number,
                &format!("Person {number}"),
                id(number),
            ));
            let mut member = build::advocate(number, id(number));
            member.story = Some(story.to_owned());
            members.push(member);
            willing.push(Willingness {
                advocate_id: id(number),
                activity: Activity::ReferenceCall,
                limit_per_year: None,
            });
            consents.push(given(number));
        }
        account::insert_all(&tx, rows).await.expect("written");
        contact::insert_all(&tx, people).await.expect("written");
        advocate::insert_all(&tx, members).await.expect("written");
        advocate::insert_willingness(&tx, willing)
            .await
            .expect("written");
        consent::insert_all(&tx, consents).await.expect("written");
        let deal = Opportunity {
            owner_id: Some(id(1)),
            account_id: Some(id(9)),
            ..build::closed(DEAL, id(1), OpportunityStatus::Open, "2026-06-01")
        };
        opportunity::insert(&tx, deal).await.expect("written");
        let tags = vec![
            self.tag(RecordKind::Account, id(HOSPITAL), "industry", "Hospitals"),
            self.tag(RecordKind::Account, id(BANK), "industry", "Banking"),
            self.tag(RecordKind::Account, id(BANK), "region", "Midwest"),
            self.tag(RecordKind::Account, id(TELLER), "industry", "Hospitals"),
            self.tag(RecordKind::Opportunity, id(DEAL), "industry", "Banking"),
            self.tag(RecordKind::Opportunity, id(DEAL), "region", "Midwest"),
        ];
        tag::insert_all(&tx, tags).await.expect("written");
        tx.commit().await.expect("committed");
    }

    pub fn tag(&self, record_kind: RecordKind, record_id: Uuid, facet: &str, name: &str) -> Tag {
        let (facet_id, term_id) = self.terms[&(facet.to_owned(), name.to_owned())];
        Tag {
            record_kind,
            record_id,
            facet_id,
            folded: domain::text::fold(name),
            written: name.to_owned(),
            term_id: Some(term_id),
        }
    }

    pub async fn search(&self, ask: FindReferences) -> MatchAnswer {
        let found = find::search(&self.test.app, &self.seller, ask).await;
        found.expect("an answer")
    }

    pub async fn ask(&self, text: &str) -> MatchAnswer {
        self.search(about(text)).await
    }

    pub async fn for_deal(&self, text: &str) -> MatchAnswer {
        let deal = id::<OpportunityId>(DEAL).to_string();
        let ask = find::for_opportunity(&self.test.app, &self.seller, &deal, about(text));
        ask.await.expect("an answer")
    }
}

pub fn about(text: &str) -> FindReferences {
    FindReferences {
        text: Some(text.to_owned()),
        ..FindReferences::default()
    }
}

pub fn given(advocate: u64) -> Consent {
    Consent {
        id: id(advocate),
        advocate_id: id(advocate),
        kind: ConsentKind::Given,
        activity: None,
        source: ConsentSource::Mail,
        text_version: "1".to_owned(),
        valid_from: day("2026-01-01"),
        valid_until: None,
        recorded_by: None,
        recorded_at: NOW,
        agrees_ahead: false,
        channel: None,
        region_id: None,
    }
}

pub fn criteria(answer: &MatchAnswer) -> Vec<(&str, Vec<&str>)> {
    let criteria = answer.criteria.iter();
    criteria
        .map(|one| {
            let terms = one.terms.iter().map(|term| term.name.as_str());
            (one.facet.as_str(), terms.collect())
        })
        .collect()
}

pub fn first(answer: &MatchAnswer) -> &str {
    &answer.rows[0].account_name
}
