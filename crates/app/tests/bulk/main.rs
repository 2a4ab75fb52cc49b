//! One change of many records: what the look says is what happens, one undo takes it all back, and
//! nobody reaches further than they would record by record.

use app::{
    Actor, App, Error,
    account::{
        self,
        edit::{EditAccount, edit},
    },
    bulk::{self, BulkChangeView, BulkField, BulkInput, BulkPreview, RECORDS_MAX, WhyRefused},
    find::{self, CriterionInput, FindReferences},
};
use domain::{
    access::Role,
    activity::Activity,
    content::ContentKind,
    id::{AccountId, TermId, UserId},
    record::RecordKind,
};
use import::kind::Kind;
use storage::{account as accounts, advocate, contact, content, content::Content, tag};
use testkit::{NOW, TODAY, TestApp, build, build::id, day};
use uuid::Uuid;

mod long;
mod moves;

fn uuid(number: u64) -> Uuid {
    id::<AccountId>(number).0
}

fn ask(list: Kind, ids: &[u64], change: BulkField) -> BulkInput {
    BulkInput {
        list,
        ids: Some(ids.iter().map(|number| uuid(*number)).collect()),
        q: None,
        filter: None,
        change,
        expected: None,
    }
}

/// Why how many stay.
fn refused(preview: &BulkPreview) -> Vec<(WhyRefused, u64)> {
    let counts = preview.refused.iter().map(|one| (one.why, one.count));
    counts.collect()
}

fn own(owner: u64) -> BulkField {
    BulkField::Owner {
        owner_id: Some(id(owner)),
    }
}

async fn made(app: &App, actor: &Actor, ask: BulkInput) -> BulkChangeView {
    let preview = bulk::preview(app, actor, ask.clone())
        .await
        .expect("a look");
    let done = bulk::make(app, actor, ask, None).await.expect("a change");
    assert_eq!(done.changed, preview.changing, "the look says what happens");
    assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
    done
}

async fn owner(app: &App, number: u64) -> Option<UserId> {
    let rows = accounts::by_ids(&app.store, vec![id(number)]).await;
    rows.expect("read")[&id(number)].owner_id
}

async fn term(app: &App, name: &str) -> TermId {
    let terms = storage::term::terms(&app.store).await.expect("terms");
    terms
        .iter()
        .find(|term| term.name == name)
        .expect("a term")
        .id
}

async fn tags(app: &App, kind: RecordKind, number: u64) -> Vec<String> {
    let rows = tag::of(&app.store, kind, vec![uuid(number)]).await;
    rows.expect("tags")
        .into_iter()
        .map(|row| row.written)
        .collect()
}

/// A program manager (1), two owners (2 and 3), four accounts of which the first belongs to the one,
/// the second to the other and the rest to nobody, an advocate (21) at the first, and two pieces of
/// content (31 and 32).
async fn world(test: &TestApp) -> (Actor, Actor) {
    let program = test.colleague(1, "Pat Program", &[Role::Program]).await;
    let owner = test.colleague(2, "Olga Owner", &[Role::Owner]).await;
    test.colleague(3, "Otto Owner", &[Role::Owner]).await;
    let mut rows: Vec<_> = [(11, "Acme"), (12, "Bolt"), (13, "Core"), (14, "Dune")]
        .map(|(number, name)| build::account(number, name))
        .into();
    rows[0].owner_id = Some(id(2));
    rows[1].owner_id = Some(id(3));
    let late = Content {
        embargo_until: Some(day(TODAY).plus_days(60)),
        ..Content::titled(id(32), "Late story", ContentKind::CaseStudy, NOW)
    };
    let early = Content::titled(id(31), "Story", ContentKind::CaseStudy, NOW);
    let tx = test.db.begin().await;
    accounts::insert_all(&tx, rows).await.expect("accounts");
    contact::insert(&tx, build::contact(20, "Ann Lee", id(11)))
        .await
        .expect("a contact");
    advocate::insert(&tx, build::advocate(21, id(20)))
        .await
        .expect("an advocate");
    content::insert_all(&tx, vec![early, late])
        .await
        .expect("content");
    tx.commit().await.expect("committed");
    (program, owner)
}

testkit::on_both_engines! {
    async fn accounts_get_an_owner_together_and_one_undo_gives_the_former_ones_back(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let all = ask(Kind::Accounts, &[11, 12, 13, 99], own(3));
        let preview = bulk::preview(app, &program, all.clone()).await.expect("a look");
        assert_eq!((preview.total, preview.changing, preview.unchanged), (4, 2, 1));
        assert_eq!(refused(&preview), [(WhyRefused::OutOfReach, 1)]);
        assert!(preview.refused[0].examples.is_empty(), "no names of what is out of reach");
        let names: Vec<_> = preview.examples.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Acme", "Core"]);
        let done = made(app, &program, all).await;
        assert_eq!((owner(app, 11).await, owner(app, 13).await), (Some(id(3)), Some(id(3))));
        assert_eq!((done.owner_name.as_deref(), done.can_undo), (Some("Otto Owner"), true));
        let back = bulk::undo(app, &program, done.id, done.version).await.expect("undone");
        assert_eq!((back.left, back.can_undo), (Some(0), false));
        assert_eq!((owner(app, 11).await, owner(app, 12).await, owner(app, 13).await), (Some(id(2)), Some(id(3)), None));
        assert_eq!(storage::log::verify(&app.store).await.expect("a chain"), []);
        let again = bulk::undo(app, &program, done.id, back.version).await;
        assert!(matches!(again, Err(Error::MoveNotAllowed(_))), "{again:?}");
        assert_eq!(bulk::list(app, &program).await.expect("a list").items, [back]);
    }

    async fn what_somebody_changed_since_stays(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let done = made(app, &program, ask(Kind::Accounts, &[11, 13], own(3))).await;
        let now = account::get(app, &program, id(13)).await.expect("an account");
        let mine = EditAccount { owner_id: Some(Some(id(1))), ..EditAccount::default() };
        edit(app, &program, id(13), now.version, mine).await.expect("an edit");
        let back = bulk::undo(app, &program, done.id, done.version).await.expect("undone");
        assert_eq!(back.left, Some(1));
        assert_eq!((owner(app, 11).await, owner(app, 13).await), (Some(id(2)), Some(id(1))));
    }

    async fn a_whole_list_changes_as_it_was_looked_at_or_not_at_all(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let unowned = r#"{"all":[{"field":"owner","is":"empty"}]}"#.to_owned();
        let whole = |expected| BulkInput { ids: None, filter: Some(unowned.clone()), expected, ..ask(Kind::Accounts, &[], own(3)) };
        let other = bulk::make(app, &program, whole(Some(3)), None).await;
        assert!(matches!(other, Err(Error::Conflict(_))), "{other:?}");
        let done = bulk::make(app, &program, whole(Some(2)), None).await.expect("a change");
        assert_eq!((done.changed, owner(app, 13).await, owner(app, 14).await), (2, Some(id(3)), Some(id(3))));
        let nothing = bulk::make(app, &program, ask(Kind::Accounts, &[13, 14], own(3)), None).await;
        assert!(matches!(nothing, Err(Error::Conflict(_))), "{nothing:?}");
    }

    async fn an_owner_changes_own_records_only_and_sees_own_changes_only(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, olga) = world(&test).await;
        let app = &test.app;
        let both = ask(Kind::Accounts, &[11, 12], BulkField::Owner { owner_id: None });
        let preview = bulk::preview(app, &olga, both.clone()).await.expect("a look");
        assert_eq!((preview.changing, refused(&preview)), (1, vec![(WhyRefused::OutOfReach, 1)]));
        let mine = made(app, &olga, both).await;
        assert_eq!((owner(app, 11).await, owner(app, 12).await), (None, Some(id(3))));
        let theirs = made(app, &program, ask(Kind::Accounts, &[12], own(1))).await;
        assert!(matches!(bulk::undo(app, &olga, theirs.id, theirs.version).await, Err(Error::NotFound)));
        assert_eq!(bulk::list(app, &olga).await.expect("a list").total, 1);
        assert_eq!(bulk::list(app, &program).await.expect("a list").total, 2);
        bulk::undo(app, &olga, mine.id, mine.version).await.expect("her own change");
        assert_eq!(owner(app, 11).await, Some(id(2)));
        let content = ask(Kind::Content, &[31], BulkField::LastDay { expires_on: None });
        assert!(matches!(bulk::preview(app, &olga, content).await, Err(Error::Forbidden)));
        let viewer = test.colleague(4, "Eva Executive", &[Role::Executive]).await;
        assert!(matches!(bulk::list(app, &viewer).await, Err(Error::Forbidden)));
    }

    async fn terms_are_added_beside_the_others_and_the_next_search_knows_them(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let (retail, germany, cfo) = (term(app, "Retail").await, term(app, "Germany").await, term(app, "Finance").await);
        let add = |terms: Vec<TermId>| ask(Kind::Accounts, &[11, 12], BulkField::AddTerms { terms });
        let first = made(app, &program, add(vec![retail])).await;
        assert_eq!(first.term_names, ["Retail"]);
        let found = async || {
            let criterion = CriterionInput { facet: "industry".to_owned(), terms: vec![retail], must: true, weight: None };
            let ask = FindReferences { criteria: Some(vec![criterion]), only_available: Some(false), ..FindReferences::default() };
            find::search(app, &program, ask).await.expect("an answer").total
        };
        assert_eq!((found().await, tags(app, RecordKind::Account, 11).await), (1, vec!["Retail".to_owned()]));
        let healthcare = term(app, "Healthcare").await;
        let second = made(app, &program, ask(Kind::Accounts, &[11, 12], BulkField::AddTerms { terms: vec![retail, healthcare] })).await;
        assert_eq!(tags(app, RecordKind::Account, 12).await, ["Healthcare", "Retail"]);
        let off = made(app, &program, ask(Kind::Accounts, &[11], BulkField::RemoveTerms { terms: vec![retail] })).await;
        assert_eq!((found().await, tags(app, RecordKind::Account, 11).await), (0, vec!["Healthcare".to_owned()]));
        bulk::undo(app, &program, off.id, off.version).await.expect("undone");
        let back = bulk::undo(app, &program, second.id, second.version).await.expect("undone");
        assert_eq!((back.left, tags(app, RecordKind::Account, 11).await), (Some(0), vec!["Retail".to_owned()]));
        for wrong in [vec![retail, germany], vec![cfo], vec![]] {
            let refused = bulk::preview(app, &program, add(wrong)).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
    }

    async fn advocates_take_on_and_give_up_activities_with_their_limits_kept(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let tx = test.db.begin().await;
        let call = advocate::Willingness { advocate_id: id(21), activity: Activity::ReferenceCall, limit_per_year: Some(3) };
        advocate::set_willingness(&tx, id(21), vec![call.clone()]).await.expect("set");
        tx.commit().await.expect("committed");
        let willing = async || advocate::willingness(&app.store, vec![id(21)]).await.expect("read");
        let change = BulkField::AddActivities { activities: vec![Activity::Quote, Activity::ReferenceCall] };
        let done = made(app, &program, ask(Kind::Advocates, &[21], change)).await;
        assert_eq!(willing().await.len(), 2);
        let off = made(app, &program, ask(Kind::Advocates, &[21], BulkField::RemoveActivities { activities: vec![Activity::ReferenceCall] })).await;
        assert_eq!(willing().await.iter().map(|row| row.activity).collect::<Vec<_>>(), [Activity::Quote]);
        bulk::undo(app, &program, off.id, off.version).await.expect("undone");
        bulk::undo(app, &program, done.id, done.version).await.expect("undone");
        assert_eq!(willing().await, [call]);
    }

    async fn content_gets_a_last_day_but_not_one_before_its_embargo_ends(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        let last = day(TODAY).plus_days(30);
        let change = |on| ask(Kind::Content, &[31, 32], BulkField::LastDay { expires_on: Some(on) });
        let preview = bulk::preview(app, &program, change(last)).await.expect("a look");
        assert_eq!((preview.changing, refused(&preview)), (1, vec![(WhyRefused::EmbargoLater, 1)]));
        assert_eq!(preview.refused[0].examples[0].name, "Late story");
        let done = made(app, &program, change(last)).await;
        let row = content::by_ids(&app.store, vec![id(31)]).await.expect("read").remove(&id(31)).expect("content");
        assert_eq!(row.expires_on, Some(last));
        bulk::undo(app, &program, done.id, done.version).await.expect("undone");
        let over = bulk::preview(app, &program, change(day(TODAY).plus_days(-1))).await;
        assert!(matches!(over, Err(Error::Invalid(_))), "{over:?}");
    }

    async fn a_change_is_refused_when_it_does_not_fit_is_too_large_or_too_old(db: TestDb) {
        let test = TestApp::on(db).await;
        let (program, _) = world(&test).await;
        let app = &test.app;
        for (list, change) in [
            (Kind::Contacts, own(3)),
            (Kind::Accounts, BulkField::DealStage { stage: None }),
            (Kind::Terms, own(3)),
            (Kind::Accounts, own(77)),
            (Kind::Advocates, BulkField::AddActivities { activities: vec![] }),
        ] {
            let refused = bulk::preview(app, &program, ask(list, &[11], change)).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        let many: Vec<u64> = (1..=RECORDS_MAX as u64 + 1).collect();
        let refused = bulk::preview(app, &program, ask(Kind::Accounts, &many, own(3))).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        let done = made(app, &program, ask(Kind::Accounts, &[11], own(3))).await;
        app.clock.set(NOW.plus_days(bulk::UNDO_DAYS).plus_seconds(1));
        let late = bulk::undo(app, &program, done.id, done.version).await;
        assert!(matches!(late, Err(Error::MoveNotAllowed(_))), "{late:?}");
        assert_eq!(bulk::list(app, &program).await.expect("a list").total, 0);
    }
}
