//! A customer who may be asked, a prospect with a deal, and the people around them.

use app::{
    Actor, Error,
    import::{RunImport, run},
    request::{
        self, CandidateView, RequestView,
        answer::{self, GiveAnswer, YesNo},
        link,
        owner::{self, Approve, DeclineCandidate},
        propose::{self, ProposeCandidates},
        submit::{self, SubmitRequest},
    },
};
use domain::{
    access::Role,
    activity::Activity,
    candidate::CandidateState,
    consent::{ConsentKind, ConsentSource},
    id::{AccountId, OpportunityId, RequestId},
    opportunity::OpportunityStatus,
    record::RecordKind,
};
use import::kind::Kind;
use storage::{
    account,
    advocate::{self, Willingness},
    consent::{self, Consent},
    contact,
    opportunity::{self, Opportunity},
};
use testkit::{NOW, TestApp, TestDb, build, build::id, day};

/// A customer account with two advocates (1 and 2), owned by Olga; a prospect; a deal of Sam's.
pub struct World {
    pub test: TestApp,
    pub seller: Actor,
    pub owner: Actor,
    pub program: Actor,
}

pub const DEAL: u64 = 1;
pub const NEED_BY: &str = "2026-03-16";

impl World {
    pub async fn on(db: TestDb) -> Self {
        let test = TestApp::on(db).await;
        let seller = test.colleague(1, "Sam Seller", &[Role::Seller]).await;
        let owner = test.colleague(2, "Olga Owner", &[Role::Owner]).await;
        let program = test.colleague(3, "Pia Program", &[Role::Program]).await;
        let tx = test.db.begin().await;
        let mut customer = build::account(1, "Meridian Health");
        customer.owner_id = Some(id(2));
        account::insert_all(&tx, vec![customer, build::account(2, "Prospect Corp")])
            .await
            .expect("written");
        let mut first = build::contact(1, "Ann Advocate", id(1));
        first.email = Some("ann@meridian.example".parse().expect("an address"));
        first.title = Some("CIO".to_owned());
        contact::insert_all(&tx, vec![first, build::contact(2, "Bob Backer", id(1))])
            .await
            .expect("written");
        advocate::insert_all(
            &tx,
            vec![build::advocate(1, id(1)), build::advocate(2, id(2))],
        )
        .await
        .expect("written");
        let willing = |number: u64| Willingness {
            advocate_id: id(number),
            activity: Activity::ReferenceCall,
            limit_per_year: None,
        };
        advocate::insert_willingness(&tx, vec![willing(1), willing(2)])
            .await
            .expect("written");
        consent::insert_all(&tx, vec![given(1), given(2)])
            .await
            .expect("written");
        let deal = Opportunity {
            owner_id: Some(id(1)),
            account_id: Some(id(2)),
            status: OpportunityStatus::Open,
            close_on: Some(day("2026-06-01")),
            ..build::closed(DEAL, id(1), OpportunityStatus::Open, "2026-06-01")
        };
        opportunity::insert(&tx, deal).await.expect("written");
        tx.commit().await.expect("committed");
        Self {
            test,
            seller,
            owner,
            program,
        }
    }

    /// More customers of Olga's with one advocate each: numbers 11, 12 and so on.
    pub async fn with_customers(db: TestDb, count: u64) -> Self {
        let world = Self::on(db).await;
        let tx = world.test.db.begin().await;
        for number in 11..11 + count {
            let mut customer = build::account(number, &format!("Customer {number}"));
            customer.owner_id = Some(id(2));
            account::insert(&tx, customer).await.expect("written");
            let contact = build::contact(number, &format!("Person {number}"), id(number));
            contact::insert(&tx, contact).await.expect("written");
            advocate::insert(&tx, build::advocate(number, id(number)))
                .await
                .expect("written");
            let willing = Willingness {
                advocate_id: id(number),
                activity: Activity::ReferenceCall,
                limit_per_year: None,
            };
            advocate::insert_willingness(&tx, vec![willing])
                .await
                .expect("written");
            consent::insert_all(&tx, vec![given(number)])
                .await
                .expect("written");
        }
        tx.commit().await.expect("committed");
        world
    }

    /// A request by criteria: nobody is named.
    pub async fn open_request(&self) -> RequestView {
        let ask = SubmitRequest {
            advocates: Vec::new(),
            ..self.ask(1)
        };
        let made = submit::submit(&self.test.app, &self.seller, ask, None)
            .await
            .expect("taken");
        self.read(made).await
    }

    pub async fn read(&self, id: RequestId) -> RequestView {
        request::get(&self.test.app, &self.program, id)
            .await
            .expect("the request")
    }

    /// The program team proposes these advocates.
    pub async fn propose(
        &self,
        request: &RequestView,
        advocates: &[u64],
    ) -> Result<RequestView, Error> {
        let ask = ProposeCandidates {
            advocates: advocates.iter().map(|number| id(*number)).collect(),
            override_reason: None,
            activity: None,
        };
        propose::propose(
            &self.test.app,
            &self.program,
            request.id,
            request.version,
            ask,
            None,
        )
        .await
    }

    pub async fn decline(&self, candidate: &CandidateView) -> RequestView {
        let ask = DeclineCandidate {
            reason: "In the middle of a renewal".to_owned(),
            instead: None,
        };
        owner::decline(
            &self.test.app,
            &self.owner,
            candidate.id,
            candidate.version,
            ask,
        )
        .await
        .expect("declined")
    }

    /// Puts the same industry on the customer and on the deal; its name.
    pub async fn tag_both_sides(&self) -> String {
        let terms = storage::term::terms(&self.test.app.store)
            .await
            .expect("the taxonomy");
        let facets = storage::term::facets(&self.test.app.store)
            .await
            .expect("the facets");
        let industry = facets
            .iter()
            .find(|facet| facet.facet_key == "industry")
            .expect("the industry");
        let term = terms
            .iter()
            .find(|term| term.facet_id == industry.id)
            .expect("an industry");
        let tag = |record_kind, record_id| storage::tag::Tag {
            record_kind,
            record_id,
            facet_id: industry.id,
            folded: term.name_folded.clone(),
            written: term.name.clone(),
            term_id: Some(term.id),
        };
        let tags = vec![
            tag(RecordKind::Account, id::<AccountId>(1).0),
            tag(RecordKind::Opportunity, id::<OpportunityId>(DEAL).0),
        ];
        let tx = self.test.db.begin().await;
        storage::tag::insert_all(&tx, tags).await.expect("written");
        tx.commit().await.expect("committed");
        term.name.clone()
    }

    pub fn ask(&self, advocate: u64) -> SubmitRequest {
        SubmitRequest {
            opportunity_id: Some(id(DEAL)),
            activity: Activity::ReferenceCall,
            need_by: day(NEED_BY),
            wanted: None,
            advocates: vec![id(advocate)],
            note: Some("Migration without downtime".to_owned()),
            criteria: Vec::new(),
            override_reason: None,
            is_quota: false,
        }
    }

    pub async fn submit(&self, advocate: u64) -> Result<RequestView, Error> {
        let made = submit::submit(&self.test.app, &self.seller, self.ask(advocate), None).await?;
        request::get(&self.test.app, &self.seller, made).await
    }

    pub async fn approve(&self, candidate: &CandidateView) -> Result<RequestView, Error> {
        owner::approve(
            &self.test.app,
            &self.owner,
            candidate.id,
            candidate.version,
            Approve::default(),
        )
        .await
    }

    /// The secret of a link as the program passes it on.
    pub async fn link(&self, candidate: &CandidateView) -> String {
        let issued = link::copy(
            &self.test.app,
            &self.program,
            candidate.id,
            candidate.version,
        )
        .await
        .expect("a link");
        issued.url.rsplit('/').next().expect("a secret").to_owned()
    }

    pub async fn answer(&self, token: &str, answer: YesNo) -> Result<answer::AnswerView, Error> {
        answer::give(
            &self.test.app,
            token,
            GiveAnswer {
                answer: Some(answer),
                ..GiveAnswer::default()
            },
        )
        .await
    }

    /// Brings a file in, as its rows decide.
    pub async fn import(&self, kind: Kind, text: &str) {
        let ask = RunImport {
            kind,
            files: vec![("file.csv".to_owned(), text.as_bytes().to_vec())],
            mapping: None,
            answers: Vec::new(),
            default_currency: None,
            dry_run: false,
        };
        let done = run(&self.test.app, &Actor::operator(), ask, |_, _| {}).await;
        let report = done.expect("imported").report;
        assert_eq!((report.updated, report.failed), (1, 0), "{report:?}");
    }

    pub async fn accepted(&self) -> CandidateView {
        let asked = self
            .approve(&only(&self.submit(1).await.expect("submitted")))
            .await
            .expect("approved");
        let token = self.link(&only(&asked)).await;
        self.answer(&token, YesNo::Accept).await.expect("accepted");
        only(
            &request::get(&self.test.app, &self.seller, asked.id)
                .await
                .expect("the request"),
        )
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

/// The candidate that stands for this advocate.
pub fn of(request: &RequestView, advocate: u64) -> CandidateView {
    request
        .candidates
        .iter()
        .find(|row| row.advocate.id == id(advocate))
        .expect("a candidate")
        .clone()
}

/// The states of all candidates, in the order in which they are asked.
pub fn states(request: &RequestView) -> Vec<CandidateState> {
    request.candidates.iter().map(|row| row.state).collect()
}

pub fn only(request: &RequestView) -> CandidateView {
    assert_eq!(request.candidates.len(), 1);
    request.candidates[0].clone()
}
