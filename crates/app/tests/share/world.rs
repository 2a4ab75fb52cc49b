//! The world of the tests: one deal of a prospect, one approved story, and a link to it.

use app::{
    Actor, Error,
    account::LockAccount,
    advocate::consent::RecordConsent,
    content::{
        approve::{self, MoveContent},
        edit::{self, CreateContent, EditContent},
    },
    leveraging::{self, Ask},
    share::{
        self, NewShare, ShareContent,
        visit::{self, Visitor},
    },
};
use domain::{
    access::Role,
    consent::{ConsentKind, ConsentSource},
    content::{ContentKind, ContentStatus},
    id::{ContentId, ShareViewId},
    opportunity::OpportunityStatus,
    protection::LockReason,
    record::{Action, RecordKind},
};
use storage::{
    NewEvent, account,
    advocate::{self},
    contact,
    opportunity::{self, Opportunity},
};
use testkit::{FIRST_PAGE, TestApp, TestDb, build, build::id, day};

pub const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Sam's deal (1) with the prospect (account 2), and approved content told by a customer (account 1).
pub struct World {
    pub test: TestApp,
    pub seller: Actor,
    pub program: Actor,
    pub content: ContentId,
}

impl World {
    pub async fn on(db: TestDb) -> Self {
        let test = TestApp::on(db).await;
        let seller = test.colleague(1, "Sam Seller", &[Role::Seller]).await;
        let program = test.colleague(2, "Pia Program", &[Role::Program]).await;
        let tx = test.db.begin().await;
        let accounts = vec![
            build::account(1, "Meridian Health"),
            build::account(2, "Prospect Corp"),
        ];
        account::insert_all(&tx, accounts).await.expect("written");
        contact::insert_all(&tx, vec![build::contact(1, "Ann Advocate", id(1))])
            .await
            .expect("written");
        advocate::insert_all(&tx, vec![build::advocate(1, id(1))])
            .await
            .expect("written");
        let deal = Opportunity {
            account_id: Some(id(2)),
            ..build::closed(1, id(1), OpportunityStatus::Open, "2026-06-01")
        };
        let other = build::closed(2, id(2), OpportunityStatus::Open, "2026-06-01");
        opportunity::insert_all(&tx, vec![deal, other])
            .await
            .expect("written");
        tx.commit().await.expect("committed");
        let mut world = Self {
            test,
            seller,
            program,
            content: id(1),
        };
        world.content = world.approved().await;
        world
    }

    pub async fn approved(&self) -> ContentId {
        let ask = CreateContent {
            title: "Cutover in six weeks".to_owned(),
            kind: ContentKind::CaseStudy,
            audience: None,
            stage: None,
            url: None,
            body: Some("It took six weeks.".to_owned()),
            account_id: Some(id(1)),
            advocate_id: Some(id(1)),
            embargo_until: None,
            expires_on: None,
            terms: None,
        };
        let (app, program) = (&self.test.app, &self.program);
        let made = edit::create(app, program, ask, None).await.expect("made");
        let ask = MoveContent {
            to: ContentStatus::Approved,
            reason: None,
        };
        approve::advance(app, program, made, 1, ask)
            .await
            .expect("approved");
        made
    }

    pub async fn share(&self) -> Result<NewShare, Error> {
        self.share_on(1).await
    }

    pub async fn share_on(&self, deal: u64) -> Result<NewShare, Error> {
        let ask = ShareContent {
            opportunity_id: id(deal),
            expires_on: None,
        };
        share::create(&self.test.app, &self.seller, self.content, ask, None).await
    }

    /// A live link's secret.
    pub async fn link(&self) -> String {
        token(&self.share().await.expect("shared"))
    }

    pub async fn edit(&self, ask: EditContent) {
        let (app, program) = (&self.test.app, &self.program);
        let version = app::content::get(app, program, self.content)
            .await
            .expect("seen")
            .version;
        edit::edit(app, program, self.content, version, ask)
            .await
            .expect("edited");
    }

    pub async fn retire(&self) {
        let (app, program) = (&self.test.app, &self.program);
        let ask = MoveContent {
            to: ContentStatus::Retired,
            reason: Some("Old figures".to_owned()),
        };
        approve::advance(app, program, self.content, 2, ask)
            .await
            .expect("retired");
    }

    pub async fn withdraw(&self) {
        let ask = RecordConsent {
            kind: ConsentKind::Withdrawn,
            activity: None,
            source: ConsentSource::Mail,
            text_version: "2026-1".to_owned(),
            valid_until: None,
            agrees_ahead: false,
            channel: None,
            region_id: None,
        };
        app::advocate::consent::record(&self.test.app, &self.program, id(1), ask, None)
            .await
            .expect("recorded");
    }

    pub async fn opt_out(&self) {
        let ask = LockAccount {
            reason: LockReason::OptOut,
            until: None,
            note: None,
        };
        app::account::lock(&self.test.app, &self.program, id(1), 1, ask)
            .await
            .expect("locked");
    }

    pub async fn works(&self, token: &str) -> bool {
        match visit::look(&self.test.app, token).await {
            Ok(_) => true,
            Err(Error::ShareOver) => {
                let (app, buyer) = (&self.test.app, buyer());
                assert!(visit::file(app, token).await.is_err());
                assert!(visit::begin(app, token, &buyer).await.is_err());
                false
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    /// A visitor looks for some seconds.
    pub async fn visit(&self, token: &str, visitor: &Visitor, seconds: i64) -> Option<ShareViewId> {
        let app = &self.test.app;
        let begun = visit::begin(app, token, visitor).await.expect("begun");
        app.clock.set(app.clock.now().plus_seconds(seconds));
        if let Some(view) = begun.id {
            visit::finish(app, token, view, visitor)
                .await
                .expect("taken");
        }
        begun.id
    }

    pub async fn openings(&self) -> i64 {
        let list = share::of_opportunity(&self.test.app, &self.seller, id(1), &FIRST_PAGE)
            .await
            .expect("a list");
        list.items.iter().map(|row| row.opening_count).sum()
    }

    pub async fn leveraged(&self) -> i64 {
        leveraging::get(&self.test.app, &self.program, &Ask::default())
            .await
            .expect("the metric")
            .leveraged
    }

    pub async fn close(&self, on: &str) {
        let mut tx = self.test.db.begin().await;
        let scope = domain::access::Scope::Everything;
        let mut deal = opportunity::find(&tx, &scope, id(1))
            .await
            .expect("read")
            .expect("a deal");
        deal.status = OpportunityStatus::Won;
        deal.close_on = Some(day(on));
        opportunity::save(&tx, &mut deal).await.expect("saved");
        tx.record(NewEvent::new(
            Action::Updated,
            RecordKind::Opportunity,
            deal.id,
        ));
        tx.commit().await.expect("committed");
    }
}

pub fn token(made: &NewShare) -> String {
    let url = made.url.as_deref().expect("a link");
    url.strip_prefix("http://127.0.0.1:7300/s/")
        .expect("a public address")
        .to_owned()
}

pub fn buyer() -> Visitor {
    Visitor {
        is_colleague: false,
        user_agent: Some(FIREFOX.to_owned()),
    }
}
