//! Filters and orders that readers choose: every field on both engines, and what each question means.

use std::collections::BTreeSet;

use domain::{
    access::{FieldClass, Scope},
    advocate::AdvocateStatus,
    id::{ListViewId, UserId},
    money::Currency,
    opportunity::OpportunityStatus,
    record::RecordKind,
    reference_use::UseOutcome,
};
use storage::{
    account::{self, Account},
    advocate, contact, content,
    filter::{self, FieldKind, Narrowing, Sight, Sorting, TagTest, Test, Tree},
    list_view::{self, ListView},
    opportunity::{self, Opportunity},
    page::Direction,
    reference_use::{self, ReferenceUse},
    tag, term, user,
};
use testkit::{NOW, TODAY, TestDb, build, build::id, day};
use uuid::Uuid;

use crate::lists::{by, first};

const EVERYTHING: Scope = Scope::Everything;

fn leaf(kind: RecordKind, key: &str, test: Test) -> Tree {
    let field = filter::fields(kind).iter().find(|field| field.key == key);
    Tree::Field(field.expect("a field"), Sight::Everything, test)
}

fn narrowing(kind: RecordKind, tree: Tree) -> Option<Narrowing> {
    Some(Narrowing {
        kind,
        today: day(TODAY),
        tree,
    })
}

async fn accounts(db: &TestDb, tree: Tree) -> Vec<u64> {
    let filter = account::Filter {
        narrowing: narrowing(RecordKind::Account, tree),
        ..Default::default()
    };
    numbers(
        account::ids(&db.store, &EVERYTHING, &filter)
            .await
            .expect("ids"),
    )
}

async fn deals(db: &TestDb, tree: Tree) -> Vec<u64> {
    let filter = opportunity::Filter {
        narrowing: narrowing(RecordKind::Opportunity, tree),
        ..Default::default()
    };
    numbers(
        opportunity::ids(&db.store, &EVERYTHING, &filter)
            .await
            .expect("ids"),
    )
}

fn numbers(ids: Vec<Uuid>) -> Vec<u64> {
    ids.into_iter().map(|id| id.as_u64_pair().1).collect()
}

/// One question of each sort that fits a field.
fn every_test(kind: &FieldKind) -> Vec<Test> {
    let text = || "a%b".to_owned();
    let mut tests = match kind {
        FieldKind::Folded | FieldKind::Text => {
            vec![
                Test::Contains(text()),
                Test::Lacks(text()),
                Test::StartsWith(text()),
                Test::Equals(text()),
            ]
        }
        FieldKind::Number | FieldKind::Money { .. } => {
            vec![Test::AtLeast(3), Test::AtMost(3), Test::EqualTo(3)]
        }
        FieldKind::Day | FieldKind::Instant => {
            vec![
                Test::From(day(TODAY)),
                Test::Until(day(TODAY)),
                Test::Between(day(TODAY), day(TODAY)),
            ]
        }
        FieldKind::Person => vec![
            Test::AnyPerson(vec![id(1)]),
            Test::NoPerson(vec![id(1)]),
            Test::AnyPerson(vec![]),
        ],
        FieldKind::Word(words) | FieldKind::Words(words) => {
            let words: Vec<String> = words().into_iter().map(str::to_owned).collect();
            vec![Test::AnyWord(words.clone()), Test::NoWord(words)]
        }
        FieldKind::Flag => return vec![Test::Yes, Test::No],
    };
    tests.extend([Test::Empty, Test::Filled]);
    tests
}

/// How many records a list finds; its pages and the whole of it agree.
macro_rules! found {
    ($db:expr, $list:path, $ids:path, $filter:expr) => {{
        let filter = $filter;
        let listed = $list(&$db.store, &EVERYTHING, &filter, &first(1)).await;
        let ids = $ids(&$db.store, &EVERYTHING, &filter).await;
        (listed.expect("a list").total, ids.expect("ids").len())
    }};
}

async fn count(
    db: &TestDb,
    kind: RecordKind,
    narrowing: Option<Narrowing>,
    sorting: Option<Sorting>,
) -> u64 {
    let (total, ids) = match kind {
        RecordKind::Account => found!(
            db,
            account::list,
            account::ids,
            account::Filter {
                narrowing,
                sorting,
                ..Default::default()
            }
        ),
        RecordKind::Contact => found!(
            db,
            contact::list,
            contact::ids,
            contact::Filter {
                narrowing,
                sorting,
                ..Default::default()
            }
        ),
        RecordKind::Advocate => found!(
            db,
            advocate::list,
            advocate::ids,
            advocate::Filter {
                narrowing,
                sorting,
                restricted_visible: true,
                ..Default::default()
            }
        ),
        RecordKind::Opportunity => {
            found!(
                db,
                opportunity::list,
                opportunity::ids,
                opportunity::Filter {
                    narrowing,
                    sorting,
                    ..Default::default()
                }
            )
        }
        _ => content_count(db, narrowing, sorting).await,
    };
    assert_eq!(total, ids as u64, "the list and the whole of it agree");
    total
}

async fn content_count(
    db: &TestDb,
    narrowing: Option<Narrowing>,
    sorting: Option<Sorting>,
) -> (u64, usize) {
    let (sight, today) = (content::Sight::Everything, day(TODAY));
    let filter = content::Filter {
        narrowing,
        sorting,
        ..Default::default()
    };
    let listed = content::list(&db.store, sight, &filter, None, today, &first(1)).await;
    let ids = content::ids(&db.store, sight, &filter, today).await;
    (listed.expect("a list").total, ids.expect("ids").len())
}

const KINDS: [RecordKind; 5] = [
    RecordKind::Account,
    RecordKind::Contact,
    RecordKind::Advocate,
    RecordKind::Opportunity,
    RecordKind::Content,
];

/// Two of each kind: one with nothing but a name, one with more.
async fn two_of_each(db: &TestDb) {
    let tx = db.begin().await;
    user::insert_all(&tx, vec![build::user(1, "Ann"), build::user(2, "Bo")])
        .await
        .expect("written");
    let big = Account {
        owner_id: Some(id(1)),
        employees: Some(900),
        health: Some(80),
        domain: Some("Big.example".into()),
        ..build::account(1, "Big")
    };
    account::insert_all(&tx, vec![big, build::account(2, "Small")])
        .await
        .expect("written");
    contact::insert_all(
        &tx,
        vec![
            build::contact(1, "Cy", id(1)),
            contact::Contact::named(id(2), "Di", NOW),
        ],
    )
    .await
    .expect("written");
    advocate::insert_all(
        &tx,
        vec![
            build::advocate(1, id(1)),
            advocate::Advocate {
                status: AdvocateStatus::Paused,
                ..build::advocate(2, id(2))
            },
        ],
    )
    .await
    .expect("written");
    let dollars = Opportunity {
        amount_minor: Some(50_000),
        currency: Some(Currency::USD),
        ..Opportunity::named(id(1), "Dollars", NOW)
    };
    let yen = Opportunity {
        amount_minor: Some(500),
        currency: "JPY".parse().ok(),
        close_on: Some(day(TODAY)),
        ..Opportunity::named(id(2), "Yen", NOW)
    };
    opportunity::insert_all(&tx, vec![dollars, yen])
        .await
        .expect("written");
    let story = |number: u64, title: &str| {
        content::Content::titled(id(number), title, domain::content::ContentKind::Quote, NOW)
    };
    content::insert_all(&tx, vec![story(1, "One"), story(2, "Two")])
        .await
        .expect("written");
    tx.commit().await.expect("committed");
}

testkit::on_both_engines! {
    async fn a_use_that_did_not_take_place_is_in_no_list(db: TestDb) {
        let tx = db.begin().await;
        user::insert_all(&tx, vec![build::user(1, "Ann")]).await.expect("written");
        account::insert_all(&tx, vec![build::account(1, "Acme")]).await.expect("written");
        contact::insert_all(&tx, vec![build::contact(1, "One", id(1)), build::contact(2, "Two", id(1))]).await.expect("written");
        advocate::insert_all(&tx, vec![build::advocate(1, id(1)), build::advocate(2, id(2))]).await.expect("written");
        let deal = |number| build::closed(number, id(1), OpportunityStatus::Open, TODAY);
        opportunity::insert_all(&tx, vec![deal(1), deal(2)]).await.expect("written");
        let used = |number: u64, outcome| ReferenceUse {
            opportunity_id: Some(id(number)),
            outcome: Some(outcome),
            ..build::used(number, id(number), id(1), day(TODAY))
        };
        let uses = vec![used(1, UseOutcome::Helpful), used(2, UseOutcome::NoShow)];
        reference_use::insert_all(&tx, uses).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(deals(&db, leaf(RecordKind::Opportunity, "reference", Test::Yes)).await, [1]);
        for (key, test) in [("uses", Test::AtLeast(1)), ("last_used", Test::Filled)] {
            let tree = leaf(RecordKind::Advocate, key, test);
            assert_eq!(count(&db, RecordKind::Advocate, narrowing(RecordKind::Advocate, tree), None).await, 1, "{key}");
        }
    }

    async fn every_field_can_be_asked_and_sorted_by_and_its_questions_complete_each_other(db: TestDb) {
        two_of_each(&db).await;
        for kind in KINDS {
            let fields = filter::fields(kind);
            assert!(fields.len() > 8, "{kind} has {} fields", fields.len());
            assert_eq!(fields.iter().map(|field| field.key).collect::<BTreeSet<_>>().len(), fields.len(), "{kind}: each key once");
            for field in fields {
                for test in every_test(&field.kind) {
                    for sight in [Sight::Everything, Sight::Own(id(1))] {
                        // Words and the owner's own records are no pair: no class hides words.
                        let tree = Tree::Field(field, sight, test.clone());
                        assert!(count(&db, kind, narrowing(kind, tree), None).await <= 2);
                    }
                }
                let pair = match field.kind { FieldKind::Flag => (Test::Yes, Test::No), _ => (Test::Empty, Test::Filled) };
                let leaf = |test| narrowing(kind, Tree::Field(field, Sight::Everything, test));
                let both = count(&db, kind, leaf(pair.0), None).await + count(&db, kind, leaf(pair.1), None).await;
                assert_eq!(both, 2, "{kind}.{}", field.key);
                if !matches!(field.kind, FieldKind::Words(_)) {
                    for direction in [None, Some(Direction::Ascending), Some(Direction::Descending)] {
                        assert_eq!(count(&db, kind, None, by(kind, field.key, direction)).await, 2, "{kind} by {}", field.key);
                    }
                }
            }
        }
        assert!(by(RecordKind::Account, "password", None).is_none());
        assert!(filter::fields(RecordKind::Session).is_empty());
    }

    async fn groups_are_all_or_any_and_a_group_of_nothing_hides_nothing(db: TestDb) {
        two_of_each(&db).await;
        let big = || leaf(RecordKind::Account, "employees", Test::AtLeast(500));
        let small = || leaf(RecordKind::Account, "name", Test::Equals("SMALL".into()));
        assert_eq!(accounts(&db, Tree::All(vec![big(), small()])).await, Vec::<u64>::new());
        assert_eq!(accounts(&db, Tree::Any(vec![big(), small()])).await, [1, 2]);
        assert_eq!(accounts(&db, Tree::All(vec![Tree::Any(vec![big(), small()]), small()])).await, [2]);
        assert_eq!(accounts(&db, Tree::Any(vec![])).await, [1, 2]);
        assert_eq!(accounts(&db, Tree::All(vec![])).await, [1, 2]);
    }

    async fn what_a_reader_does_not_see_of_a_record_counts_as_empty(db: TestDb) {
        two_of_each(&db).await;
        let field = filter::fields(RecordKind::Account).iter().find(|field| field.key == "health").expect("a field");
        assert_eq!(field.class, Some(FieldClass::Internal));
        let asked = |user: UserId, test| Tree::Field(field, Sight::Own(user), test);
        assert_eq!(accounts(&db, asked(id(1), Test::AtLeast(1))).await, [1]);
        assert_eq!(accounts(&db, asked(id(2), Test::AtLeast(1))).await, Vec::<u64>::new());
        assert_eq!(accounts(&db, asked(id(2), Test::Empty)).await, [1, 2]);
        let sorting = |user| Some(Sorting { sight: Sight::Own(user), ..by(RecordKind::Account, "health", None).expect("a field") });
        for (user, expected) in [(id(1), [1, 2]), (id(2), [2, 1])] {
            let filter = account::Filter { sorting: sorting(user), ..Default::default() };
            assert_eq!(numbers(account::ids(&db.store, &EVERYTHING, &filter).await.expect("ids")), expected, "equal to the reader, so by id");
        }
    }

    async fn text_takes_wildcards_as_they_are_and_amounts_compare_across_currencies(db: TestDb) {
        two_of_each(&db).await;
        assert_eq!(accounts(&db, leaf(RecordKind::Account, "domain", Test::Contains("BIG.EX".into()))).await, [1]);
        assert_eq!(accounts(&db, leaf(RecordKind::Account, "domain", Test::Contains("b_g".into()))).await, Vec::<u64>::new());
        assert_eq!(accounts(&db, leaf(RecordKind::Account, "domain", Test::Lacks("big".into()))).await, [2], "a record without a value lacks every text");
        for (from, expected) in [(499, vec![2, 1]), (500, vec![2, 1]), (501, vec![])] {
            let tree = leaf(RecordKind::Opportunity, "amount", Test::AtLeast(from));
            assert_eq!(deals(&db, tree).await, expected, "500 dollars and 500 yen are both 500 of their units");
        }
    }

    async fn tags_are_asked_by_term_and_by_whether_there_are_any(db: TestDb) {
        two_of_each(&db).await;
        let tx = db.begin().await;
        term::insert_facets(&tx, vec![build::facet(1, "industry")]).await.expect("written");
        term::insert_all(&tx, vec![build::term(1, id(1), "Health"), build::term(2, id(1), "Retail")]).await.expect("written");
        tag::insert_all(&tx, vec![build::tag(RecordKind::Account, 1, id(1), "Health", Some(id(1)))]).await.expect("written");
        tx.commit().await.expect("committed");
        for (test, expected) in [
            (TagTest::Any(vec![id(1)]), vec![1]), (TagTest::Any(vec![id(2)]), vec![]), (TagTest::None(vec![id(1)]), vec![2]), (TagTest::None(vec![id(2)]), vec![1, 2]),
            (TagTest::Empty, vec![2]), (TagTest::Filled, vec![1]),
        ] {
            assert_eq!(accounts(&db, Tree::Tag(id(1), test.clone())).await, expected, "{test:?}");
        }
        for kind in KINDS {
            let tags = narrowing(kind, Tree::Tag(id(1), TagTest::Empty));
            assert!(count(&db, kind, tags, None).await > 0, "{kind}");
        }
    }

    async fn views_are_private_until_shared_and_pins_are_each_reader_s_own(db: TestDb) {
        let tx = db.begin().await;
        user::insert_all(&tx, vec![build::user(1, "Ann"), build::user(2, "Bo")]).await.expect("written");
        let view = |number: u64, keeper: u64, is_shared: bool| ListView {
            id: id(number), version: 1, user_id: id(keeper), list: "accounts".into(), name: format!("View {number}"), state: "{}".into(), is_shared, created_at: NOW,
        };
        list_view::insert(&tx, view(1, 1, false)).await.expect("written");
        list_view::insert_all(&tx, vec![view(2, 1, true), view(3, 2, false)]).await.expect("written");
        for _ in 0..2 { list_view::pin(&tx, id(2), id(2)).await.expect("pinned"); }
        list_view::pin(&tx, id(1), id(2)).await.expect("pinned");
        tx.commit().await.expect("committed");
        let seen = async |reader: u64| list_view::of_reader(&db.store, id(reader)).await.expect("read").into_iter().map(|row| row.id).collect::<Vec<ListViewId>>();
        assert_eq!(seen(1).await, [id(1), id(2)]);
        assert_eq!(seen(2).await, [id(2), id(3)]);
        assert_eq!(list_view::count(&db.store, id(1)).await.expect("read"), 2);
        let tx = db.begin().await;
        let mut renamed = ListView { name: "Later".into(), ..view(1, 1, false) };
        list_view::save(&tx, &mut renamed).await.expect("saved");
        list_view::save_all(&tx, vec![view(3, 2, false)]).await.expect("saved");
        list_view::unpin_others(&tx, id(2), id(1)).await.expect("unpinned");
        tx.commit().await.expect("committed");
        let pinned = async |reader: u64| list_view::pinned(&db.store, id(reader)).await.expect("read").len();
        assert_eq!((pinned(1).await, pinned(2).await), (1, 0));
        let tx = db.begin().await;
        list_view::pin(&tx, id(1), id(1)).await.expect("pinned");
        list_view::unpin(&tx, id(1), id(1)).await.expect("unpinned");
        assert!(!list_view::remove(&tx, id(2), id(1)).await.expect("an answer"), "another person's view");
        assert!(list_view::remove(&tx, id(1), id(2)).await.expect("an answer"));
        tx.commit().await.expect("committed");
        assert_eq!((pinned(1).await, seen(1).await.len()), (0, 1));
    }
}
