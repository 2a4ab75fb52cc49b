//! Six customers with two advocates each, two sellers with deals, an owner and the program team.

use app::{
    Actor, App, Clock, Config,
    content::{
        approve::{self, MoveContent},
        edit::{self, CreateContent},
    },
};
use domain::{
    access::Role,
    activity::Activity,
    advocate::AdvocateStatus,
    consent::{ConsentKind, ConsentSource},
    content::{ContentKind, ContentStatus},
    id::ContentId,
    opportunity::OpportunityStatus,
};
use storage::{
    account,
    advocate::{self, Advocate, Willingness},
    consent::{self, Consent},
    contact,
    opportunity::{self, Opportunity},
};
use testkit::{NOW, TestApp, TestDb, build, build::id, day};

pub const CUSTOMERS: u64 = 6;
pub const ADVOCATES: u64 = 2 * CUSTOMERS;
pub const DEALS: u64 = 4;
/// The prospect of every deal.
const PROSPECT: u64 = 90;

/// What advocates are asked for: a cap per account, a rest alone, a heavy one, and one that serves many.
pub const ACTIVITIES: [Activity; 4] = [
    Activity::ReferenceCall,
    Activity::Quote,
    Activity::Speaking,
    Activity::GroupCall,
];

pub struct World {
    pub test: TestApp,
    /// The owner of deal 1 and 3, and of deal 2 and 4.
    pub sellers: [Actor; 2],
    pub owner: Actor,
    pub program: Actor,
    /// A story that may be sent to every buyer.
    pub content: ContentId,
}

impl World {
    pub async fn on(db: TestDb) -> Self {
        let test = TestApp::on(db).await;
        let sam = test.colleague(1, "Sam Seller", &[Role::Seller]).await;
        let sue = test.colleague(2, "Sue Seller", &[Role::Seller]).await;
        let owner = test.colleague(3, "Olga Owner", &[Role::Owner]).await;
        let program = test.colleague(4, "Pia Program", &[Role::Program]).await;
        write(&test).await;
        let content = story(&test, &program).await;
        Self {
            content,
            test,
            sellers: [sam, sue],
            owner,
            program,
        }
    }

    pub fn app(&self) -> &App {
        &self.test.app
    }

    pub fn seller_of(&self, deal: u64) -> &Actor {
        &self.sellers[usize::from(deal.is_multiple_of(2))]
    }

    /// The program starts again on the same database: nothing that was only in memory is left.
    pub fn begin_anew(&mut self) {
        let now = self.app().clock.now();
        let config = Config::clone(&self.app().config);
        self.test.app = App::new(self.test.db.store.clone(), Clock::fixed(now), config);
    }
}

async fn story(test: &TestApp, program: &Actor) -> ContentId {
    let ask = CreateContent {
        title: "Cutover in six weeks".to_owned(),
        kind: ContentKind::CaseStudy,
        audience: None,
        stage: None,
        url: None,
        body: Some("It took six weeks.".to_owned()),
        account_id: None,
        advocate_id: None,
        embargo_until: None,
        expires_on: None,
        terms: None,
    };
    let made = edit::create(&test.app, program, ask, None).await;
    let made = made.expect("made");
    let ask = MoveContent {
        to: ContentStatus::Approved,
        reason: None,
    };
    let approved = approve::advance(&test.app, program, made, 1, ask).await;
    approved.expect("approved");
    made
}

/// Customers, advocates who agreed to everything, and deals far in the future.
async fn write(test: &TestApp) {
    let tx = test.db.begin().await;
    let mut accounts = vec![build::account(PROSPECT, "Prospect Corp")];
    for number in 1..=CUSTOMERS {
        let mut customer = build::account(number, &format!("Customer {number}"));
        customer.owner_id = Some(id(3));
        accounts.push(customer);
    }
    account::insert_all(&tx, accounts).await.expect("written");
    let contacts = (1..=ADVOCATES).map(|number| {
        let mut row = build::contact(number, &format!("Person {number}"), id(account_of(number)));
        row.email = Some(
            format!("person{number}@example.com")
                .parse()
                .expect("an address"),
        );
        row
    });
    contact::insert_all(&tx, contacts.collect())
        .await
        .expect("written");
    let advocates = (1..=ADVOCATES).map(|number| Advocate {
        status: AdvocateStatus::Active,
        ..build::advocate(number, id(number))
    });
    advocate::insert_all(&tx, advocates.collect())
        .await
        .expect("written");
    let willing = (1..=ADVOCATES).flat_map(|number| {
        ACTIVITIES.map(|activity| Willingness {
            advocate_id: id(number),
            activity,
            limit_per_year: (number == 1).then_some(2),
        })
    });
    advocate::insert_willingness(&tx, willing.collect())
        .await
        .expect("written");
    let consents = (1..=ADVOCATES).map(|number| Consent {
        id: id(number),
        advocate_id: id(number),
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
    });
    consent::insert_all(&tx, consents.collect())
        .await
        .expect("written");
    let deals = (1..=DEALS).map(|number| Opportunity {
        account_id: Some(id(PROSPECT)),
        ..build::closed(
            number,
            id(1 + (number + 1) % 2),
            OpportunityStatus::Open,
            "2030-01-01",
        )
    });
    opportunity::insert_all(&tx, deals.collect())
        .await
        .expect("written");
    tx.commit().await.expect("committed");
}

/// Advocates 1 and 7 are of account 1, 2 and 8 of account 2, and so on.
pub fn account_of(advocate: u64) -> u64 {
    (advocate - 1) % CUSTOMERS + 1
}
