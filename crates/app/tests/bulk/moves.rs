//! Many records move together, each only where it may move alone.

use app::{
    Error,
    bulk::{self, BulkField, WhyRefused},
};
use domain::{
    access::Scope,
    advocate::AdvocateStatus,
    candidate::CandidateState,
    content::{ContentKind, ContentStatus},
    opportunity::{DealStage, OpportunityStatus},
    time::Day,
};
use import::kind::Kind;
use storage::{advocate, candidate, content, content::Content, opportunity};
use testkit::{NOW, TODAY, TestApp, build, build::id, day};

use crate::{ask, made, refused, world};

fn to(to: AdvocateStatus, reason: Option<&str>) -> BulkField {
    BulkField::AdvocateStatus {
        to,
        reason: reason.map(str::to_owned),
    }
}

async fn statuses(test: &TestApp, numbers: &[u64]) -> Vec<AdvocateStatus> {
    let ids = numbers.iter().map(|number| id(*number)).collect();
    let rows = advocate::by_ids(&test.app.store, ids).await.expect("read");
    numbers
        .iter()
        .map(|number| rows[&id(*number)].status)
        .collect()
}

testkit::on_both_engines! {
    async fn advocates_move_where_they_may_and_whoever_is_asked_is_let_go_of(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, olga) = world(&test).await;
        let app = &test.app;
        let tx = test.db.begin().await;
        storage::contact::insert_all(&tx, vec![build::contact(23, "Bo Ray", id(12)), build::contact(25, "Cy Poe", id(13))]).await.expect("people");
        let retired = advocate::Advocate { status: AdvocateStatus::Retired, ..build::advocate(22, id(23)) };
        let nominated = advocate::Advocate { status: AdvocateStatus::Nominated, nominated_by: Some(id(2)), ..build::advocate(24, id(25)) };
        advocate::insert_all(&tx, vec![retired, nominated]).await.expect("advocates");
        storage::request::insert(&tx, build::request(51, id(1))).await.expect("a request");
        let asked = build::candidate(52, id(51), id(21), id(11));
        candidate::insert(&tx, candidate::Candidate { state: CandidateState::OwnerAsked, ..asked }).await.expect("a candidate");
        tx.commit().await.expect("committed");

        let pause = ask(Kind::Advocates, &[21, 22, 24], to(AdvocateStatus::Paused, Some("A busy quarter")));
        let preview = bulk::preview(app, &program, pause.clone()).await.expect("a look");
        assert_eq!((preview.changing, refused(&preview)), (1, vec![(WhyRefused::NoSuchMove, 2)]));
        let names: Vec<_> = preview.refused[0].examples.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Bo Ray", "Cy Poe"]);
        let done = made(app, &program, pause).await;
        assert_eq!(statuses(&test, &[21, 22, 24]).await, [AdvocateStatus::Paused, AdvocateStatus::Retired, AdvocateStatus::Nominated]);
        let open = candidate::open_of_any(&app.store, vec![id(21)], vec![]).await.expect("read");
        assert_eq!(open, [], "nobody waits for somebody who paused");
        bulk::undo(app, &program, done.id, done.version).await.expect("undone");
        assert_eq!(statuses(&test, &[21]).await, [AdvocateStatus::Active]);

        let decline = ask(Kind::Advocates, &[24], to(AdvocateStatus::Declined, Some("Too early")));
        made(app, &program, decline).await;
        let told = app::inbox::list(app, &olga, app::inbox::ListNotices::default()).await.expect("her inbox");
        assert!(told.page.items.iter().any(|one| one.title == "Cy Poe will not join the program"), "{told:?}");
        let silent = bulk::preview(app, &program, ask(Kind::Advocates, &[21], to(AdvocateStatus::Retired, None))).await;
        assert!(matches!(silent, Err(Error::Invalid(_))), "{silent:?}");
        let not_hers = bulk::preview(app, &olga, ask(Kind::Advocates, &[21], to(AdvocateStatus::Active, None))).await;
        assert!(matches!(not_hers, Err(Error::Forbidden)), "{not_hers:?}");
    }

    async fn content_is_approved_together_where_there_is_something_to_show(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let tx = test.db.begin().await;
        let quote = |number, title: &str| Content { body: Some("Said".to_owned()), ..Content::titled(id(number), title, ContentKind::Quote, NOW) };
        // Nobody recorded the consent of whoever tells the second one.
        let told = Content { advocate_id: Some(id(21)), ..quote(34, "Without consent") };
        let retired = Content { status: ContentStatus::Retired, ..quote(35, "Retired") };
        content::insert_all(&tx, vec![quote(33, "Ready"), told, retired]).await.expect("content");
        storage::consent::insert_all(&tx, vec![withdrawal()]).await.expect("a withdrawal");
        tx.commit().await.expect("committed");
        let approve = ask(Kind::Content, &[31, 33, 34, 35], BulkField::ContentStatus { to: ContentStatus::Approved });
        let preview = bulk::preview(app, &program, approve.clone()).await.expect("a look");
        let why = [(WhyRefused::NoSuchMove, 1), (WhyRefused::NothingToShow, 1), (WhyRefused::NoConsent, 1)];
        assert_eq!((preview.changing, refused(&preview)), (1, why.to_vec()));
        let done = made(app, &program, approve).await;
        let status = async |number| content::by_ids(&app.store, vec![id(number)]).await.expect("read")[&id(number)].status;
        assert_eq!((status(33).await, status(34).await), (ContentStatus::Approved, ContentStatus::Draft));
        bulk::undo(app, &program, done.id, done.version).await.expect("undone");
        assert_eq!(status(33).await, ContentStatus::Draft);
    }

    async fn deals_are_won_together_and_have_their_last_day(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let tx = test.db.begin().await;
        let late = day(TODAY).plus_days(90);
        let open = opportunity::Opportunity { close_on: Some(late), ..opportunity::Opportunity::named(id(41), "Open deal", NOW) };
        let won = build::closed(42, id(1), OpportunityStatus::Won, "2026-03-01");
        opportunity::insert_all(&tx, vec![open, won]).await.expect("deals");
        tx.commit().await.expect("committed");
        let read = async |number| {
            let row = opportunity::find(&app.store, &Scope::Everything, id(number)).await.expect("read").expect("a deal");
            (row.status, row.stage, row.close_on)
        };
        let close = ask(Kind::Opportunities, &[41, 42], BulkField::DealStatus { status: OpportunityStatus::Won });
        let done = made(app, &program, close).await;
        assert_eq!((done.changed, read(41).await), (1, (OpportunityStatus::Won, None, Some(day(TODAY)))));
        assert_eq!(read(42).await.2, Some("2026-03-01".parse::<Day>().expect("a day")), "the other one was won before");
        let back = bulk::undo(app, &program, done.id, done.version).await.expect("undone");
        assert_eq!((back.left, read(41).await), (Some(0), (OpportunityStatus::Open, None, Some(late))));
        let stage = ask(Kind::Opportunities, &[41], BulkField::DealStage { stage: Some(DealStage::Late) });
        let done = made(app, &program, stage).await;
        assert_eq!(read(41).await.1, Some(DealStage::Late));
        bulk::undo(app, &program, done.id, done.version).await.expect("undone");
        assert_eq!(read(41).await.1, None);
    }
}

fn withdrawal() -> storage::consent::Consent {
    storage::consent::Consent {
        id: id(61),
        advocate_id: id(21),
        kind: domain::consent::ConsentKind::Withdrawn,
        activity: None,
        source: domain::consent::ConsentSource::Mail,
        text_version: "2026-1".to_owned(),
        valid_from: day(TODAY),
        valid_until: None,
        recorded_by: None,
        recorded_at: NOW,
        agrees_ahead: false,
        channel: None,
        region_id: None,
    }
}
