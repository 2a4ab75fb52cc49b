//! A person asks to be forgotten: a canary in every place that may name them is gone afterwards.

use app::{
    Actor, Error,
    erase::{self, EraseContact},
    find::{self, FindReferences},
    request::{
        answer::{self, YesNo},
        fulfil::{self, RecordUse},
        submit::{self, SubmitRequest},
    },
};
use domain::{
    access::Role,
    activity::Activity,
    candidate::CandidateState,
    content::{ContentKind, ContentStatus},
    id::ContactId,
    notice::NoticeClass,
    record::{Action, RecordKind},
    reference_use::UseOutcome,
    text::fold,
};
use storage::{
    NewEvent, advocate::Outcome, contact::Contact, content::Content, notice::Notice,
    reference_use::ReferenceUse,
};
use testkit::{NOW, TestDb, build, build::id, day};

use crate::world::{World, of, states};

/// A name that stands nowhere else.
const CANARY: &str = "Zyxwana Quorvath";
const ADDRESS: &str = "zyxwana@quorvath.example";
const NUMBER: &str = "+49 30 77665544";

const TRACES: [&str; 4] = [CANARY, "zyxwana quorvath", ADDRESS, NUMBER];

/// Puts the canary wherever people and files may have written it.
async fn plant(world: &World) {
    let tx_tables = &world.test.db;
    let mut tx = tx_tables.begin().await;
    let mut contact = Contact {
        email: Some(ADDRESS.parse().expect("an address")),
        phone: Some(NUMBER.to_owned()),
        title: Some("Chief of everything".to_owned()),
        ..build::contact(11, CANARY, id(11))
    };
    storage::contact::save(&tx, &mut contact)
        .await
        .expect("written");
    let mut advocate = storage::advocate::by_ids(&tx, vec![id(11)])
        .await
        .expect("read")
        .remove(&id(11))
        .expect("an advocate");
    advocate.story = Some(format!("{CANARY} moved everything"));
    advocate.headline = Some(format!("How {CANARY} did it"));
    advocate.notes = Some(format!("Call {CANARY} at {NUMBER}"));
    storage::advocate::save(&tx, &mut advocate)
        .await
        .expect("written");
    let outcome = Outcome {
        advocate_id: id(11),
        position: 0,
        statement: format!("{CANARY} saved a month"),
        value: None,
        unit: None,
    };
    storage::advocate::insert_outcomes(&tx, vec![outcome])
        .await
        .expect("written");
    tx.record(
        NewEvent::new(Action::Updated, RecordKind::Contact, id::<ContactId>(11)).detail(
            serde_json::json!({ "changes": { "name": { "before": "?", "after": CANARY } } }),
        ),
    );
    tx.commit().await.expect("committed");
    plant_beside(world).await;
}

/// What others wrote about the person.
async fn plant_beside(world: &World) {
    let tx = world.test.db.begin().await;
    let quote = Content {
        id: id(1),
        version: 1,
        external_id: None,
        title: format!("{CANARY} says"),
        title_folded: fold(CANARY),
        kind: ContentKind::Quote,
        status: ContentStatus::Approved,
        stage: None,
        url: None,
        body: Some(format!("I am {CANARY}")),
        advocate_id: Some(id(11)),
        account_id: Some(id(11)),
        audience: domain::content::Audience::Buyer,
        embargo_until: None,
        expires_on: None,
        created_at: NOW,
        updated_at: NOW,
    };
    storage::content::insert(&tx, quote).await.expect("written");
    let used = ReferenceUse {
        comment: Some(format!("{CANARY} was late")),
        comment_advocate: Some(format!("{CANARY} speaks")),
        comment_buyer: Some(format!("Thanks to {CANARY}")),
        activity: Activity::Quote,
        ..build::used(1, id(11), id(11), day("2025-06-01"))
    };
    storage::reference_use::insert(&tx, used)
        .await
        .expect("written");
    let line = Notice {
        id: id(1),
        user_id: id(1),
        class: NoticeClass::Update,
        title: format!("{CANARY} wrote"),
        body: format!("Mail {ADDRESS}"),
        path: "/".to_owned(),
        created_at: NOW,
        read_at: None,
        snoozed_until: None,
        record_kind: None,
        record_id: None,
        update_kind: None,
    };
    storage::notice::insert_all(&tx, vec![line])
        .await
        .expect("written");
    storage::import::insert_file(
        &tx,
        id(1),
        format!("name,email\n{CANARY},{ADDRESS}\n").as_bytes(),
    )
    .await
    .expect("written");
    tx.commit().await.expect("committed");
}

async fn privacy(world: &World) -> Actor {
    world
        .test
        .colleague(8, "Priya Privacy", &[Role::Privacy])
        .await
}

fn because() -> EraseContact {
    EraseContact {
        reason: "The person asked for it in writing".to_owned(),
    }
}

async fn file_exists(world: &World) {
    let tx = world.test.db.begin().await;
    let row = storage::import::Import {
        id: id(1),
        version: 1,
        file_name: "people.csv".to_owned(),
        file_digest: String::new(),
        kind: "contacts".to_owned(),
        status: domain::import::ImportStatus::Uploaded,
        mapping: "{}".to_owned(),
        row_count: 1,
        rows_done: 0,
        report: "{}".to_owned(),
        created_by: None,
        created_at: NOW,
        finished_at: None,
    };
    storage::import::insert(&tx, row).await.expect("written");
    tx.commit().await.expect("committed");
}

testkit::on_both_engines! {
    async fn nothing_names_an_erased_person_anywhere_and_the_log_still_verifies(db: TestDb) {
        let world = World::with_customers(db, 2).await;
        let app = &world.test.app;
        file_exists(&world).await;
        plant(&world).await;
        let ask = SubmitRequest { note: Some(format!("{CANARY} would be best")), ..world.ask(11) };
        let made = submit::submit(app, &world.seller, ask, None).await.expect("submitted");
        let before = world.test.db.dump().await;
        for trace in TRACES {
            assert!(before.contains(trace), "{trace} was planted");
        }

        let privacy = privacy(&world).await;
        let left = erase::erase(app, &privacy, id(11), because()).await.expect("erased");
        let after = world.test.db.dump().await;
        for trace in TRACES {
            assert!(!after.contains(trace), "{trace} is still there: {:?}", after.lines().find(|line| line.contains(trace)));
        }
        assert!(after.contains(&left.pseudonym) && after.contains("asked for it in writing"));
        assert!(storage::log::verify(&app.store).await.expect("the log").is_empty());
        assert_eq!(of(&world.read(made).await, 11).state, CandidateState::Declined);
        let uses = storage::reference_use::of_advocate(&app.store, id(11)).await.expect("uses");
        assert_eq!(uses.len(), 1, "the use keeps counting");

        let head = storage::log::head(&app.store).await.expect("the head");
        let again = erase::erase(app, &privacy, id(11), because()).await.expect("erased already");
        assert_eq!(again.pseudonym, left.pseudonym);
        assert_eq!(storage::log::head(&app.store).await.expect("the head"), head, "doing it again changes nothing");
    }

    async fn the_very_next_search_has_forgotten_and_a_link_leads_nowhere(db: TestDb) {
        let world = World::with_customers(db, 2).await;
        let app = &world.test.app;
        plant_and_approve(&world).await;
        let asked = world.read(made(&world).await).await;
        let token = world.link(&of(&asked, 11)).await;
        let search = || find::search(app, &world.seller, FindReferences { text: Some(CANARY.to_owned()), need_by: Some(day("2026-09-01")), ..FindReferences::default() });
        assert!(search().await.expect("matches").rows.iter().any(|row| row.advocate == id(11)));
        erase::erase(app, &privacy(&world).await, id(11), because()).await.expect("erased");
        assert!(search().await.expect("matches").rows.iter().all(|row| row.advocate != id(11)));
        assert!(matches!(world.answer(&token, YesNo::Accept).await, Err(Error::NotFound)));
        assert!(matches!(answer::look(app, &token).await, Err(Error::NotFound)));
    }

    async fn the_next_in_line_is_asked_for_an_erased_person(db: TestDb) {
        let world = World::with_customers(db, 4).await;
        let asked = world.propose(&world.open_request().await, &[11, 12, 13, 14]).await.expect("proposed");
        erase::erase(&world.test.app, &privacy(&world).await, id(11), because()).await.expect("erased");
        use CandidateState::{Declined, OwnerAsked};
        assert_eq!(states(&world.read(asked.id).await), [Declined, OwnerAsked, OwnerAsked, OwnerAsked]);
    }

    async fn only_the_privacy_role_erases_and_the_reason_must_not_name_the_person(db: TestDb) {
        let world = World::with_customers(db, 1).await;
        let app = &world.test.app;
        plant_only(&world).await;
        let admin = world.test.colleague(9, "Ada Admin", &[Role::Admin]).await;
        for actor in [&world.seller, &world.owner, &world.program, &admin] {
            assert!(matches!(erase::erase(app, actor, id(11), because()).await, Err(Error::Forbidden)));
        }
        let privacy = privacy(&world).await;
        for reason in ["", "no", &format!("{CANARY} asked")] {
            let refused = erase::erase(app, &privacy, id(11), EraseContact { reason: reason.to_owned() }).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{reason}");
        }
        assert!(matches!(erase::erase(app, &privacy, id(99), because()).await, Err(Error::NotFound)));
        assert!(world.test.db.dump().await.contains(CANARY), "nothing was erased");
    }

    async fn grades_and_uses_of_an_erased_person_keep_counting(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let accepted = world.accepted().await;
        let use_ = RecordUse { used_on: day(testkit::TODAY), outcome: UseOutcome::Helpful, grade: None, fit: None, comment: Some("Ann Advocate was great".to_owned()) };
        let done = fulfil::record_use(app, &world.seller, accepted.id, accepted.version, use_).await.expect("recorded");
        erase::erase(app, &privacy(&world).await, id(1), because()).await.expect("erased");
        let after = world.read(done.id).await;
        let row = of(&after, 1);
        assert_eq!((row.state, row.used.map(|used| used.outcome)), (CandidateState::Done, Some(Some(UseOutcome::Helpful))));
        assert!(row.advocate.display_name.starts_with("Erased person"));
        assert!(!world.test.db.dump().await.contains("Ann Advocate"));
        assert!(matches!(world.submit(2).await, Err(Error::NoUseLeft { .. })), "the account still rests");
    }
}

async fn plant_only(world: &World) {
    file_exists(world).await;
    plant(world).await;
}

async fn plant_and_approve(world: &World) {
    plant_only(world).await;
    let asked = world.submit(11).await.expect("submitted");
    world.approve(&of(&asked, 11)).await.expect("approved");
}

async fn made(world: &World) -> domain::id::RequestId {
    app::request::list(
        &world.test.app,
        &world.program,
        app::request::ListRequests::default(),
    )
    .await
    .expect("requests")
    .items[0]
        .id
}

#[test]
fn an_erased_person_stands_nowhere_in_the_bytes_of_the_file() {
    testkit::run(async {
        let world = World::with_customers(TestDb::sqlite().await, 1).await;
        plant_only(&world).await;
        let storage::Location::Folder(folder) = world.test.db.location.clone() else {
            panic!("a folder");
        };
        let bytes = async || {
            world
                .test
                .db
                .tamper("pragma wal_checkpoint(truncate)")
                .await;
            let mut all = Vec::new();
            for entry in std::fs::read_dir(&folder).expect("the folder") {
                all.extend(std::fs::read(entry.expect("an entry").path()).unwrap_or_default());
            }
            all
        };
        let holds = |bytes: &[u8], trace: &str| {
            bytes
                .windows(trace.len())
                .any(|window| window == trace.as_bytes())
        };
        let before = bytes().await;
        assert!(TRACES.iter().all(|trace| holds(&before, trace)));
        erase::erase(&world.test.app, &privacy(&world).await, id(11), because())
            .await
            .expect("erased");
        let after = bytes().await;
        for trace in TRACES {
            assert!(!holds(&after, trace), "{trace}");
        }
    });
}
