//! What the match index is built from: whole, by account, and inside a write.

use domain::{
    activity::Activity,
    candidate::CandidateState,
    consent::{ConsentKind, ConsentSource},
    content::ContentKind,
    protection::{LockReason, Relation},
    record::{Action, RecordKind},
};
use storage::{
    NewEvent,
    account::{self, AccountLock, AccountRelation},
    advocate::{self, NoGo, Outcome, Willingness},
    candidate::{self, Candidate},
    consent::{self, Consent},
    contact::{self, Contact},
    content::{self, Content},
    log,
    projection::{self, People, Person},
    reference_use, request, tag, term, user,
};
use testkit::{NOW, TestDb, build, build::id, day};

/// Accounts 1 and 2 with an advocate each and everything that may hang on one; advocate 3 without
/// an account.
#[expect(
    clippy::too_many_lines,
    reason = "the small world is read in one place"
)]
pub async fn insert_world(db: &TestDb) {
    let mut tx = db.begin().await;
    user::insert(&tx, build::user(1, "Ann"))
        .await
        .expect("written");
    term::insert_facets(&tx, vec![build::facet(1, "industry")])
        .await
        .expect("written");
    term::insert_all(&tx, vec![build::term(1, id(1), "Health")])
        .await
        .expect("written");
    term::insert_synonyms(&tx, vec![build::synonym(id(1), "Care", id(1))])
        .await
        .expect("written");
    account::insert_all(
        &tx,
        vec![build::account(1, "Acme"), build::account(2, "Beta")],
    )
    .await
    .expect("written");
    contact::insert_all(
        &tx,
        vec![
            build::contact(1, "X", id(1)),
            build::contact(2, "Y", id(2)),
            Contact::named(id(3), "Z", NOW),
            build::contact(4, "No advocate", id(1)),
        ],
    )
    .await
    .expect("written");
    advocate::insert_all(
        &tx,
        (1..=3)
            .map(|number| build::advocate(number, id(number)))
            .collect(),
    )
    .await
    .expect("written");
    request::insert(&tx, build::request(1, id(1)))
        .await
        .expect("written");
    for number in [1, 2] {
        advocate::insert_willingness(
            &tx,
            vec![Willingness {
                advocate_id: id(number),
                activity: Activity::Quote,
                limit_per_year: Some(1),
            }],
        )
        .await
        .expect("written");
        advocate::insert_outcomes(
            &tx,
            vec![Outcome {
                advocate_id: id(number),
                position: 1,
                statement: "Faster".into(),
                value: None,
                unit: None,
            }],
        )
        .await
        .expect("written");
        advocate::set_no_go(
            &tx,
            id(number),
            vec![NoGo {
                advocate_id: id(number),
                account_id: id(2),
            }],
        )
        .await
        .expect("written");
        let given = Consent {
            id: id(number),
            advocate_id: id(number),
            kind: ConsentKind::Given,
            activity: None,
            source: ConsentSource::Import,
            text_version: "1".into(),
            valid_from: day("2025-01-01"),
            valid_until: None,
            recorded_by: None,
            recorded_at: NOW,
            agrees_ahead: false,
            channel: None,
            region_id: None,
        };
        consent::insert_all(&tx, vec![given])
            .await
            .expect("written");
        let lock = |lock: u64, lifted_at| AccountLock {
            id: id(lock),
            account_id: id(number),
            reason: LockReason::OptOut,
            note: None,
            from_on: day("2026-01-01"),
            until_on: None,
            locked_by: None,
            lifted_at,
            is_by_rule: false,
        };
        account::insert_locks(&tx, vec![lock(number, None), lock(10 + number, Some(NOW))])
            .await
            .expect("written");
        account::insert_relations(
            &tx,
            vec![AccountRelation {
                account_id: id(number),
                other_id: id(3 - number),
                relation: Relation::Competitor,
            }],
        )
        .await
        .expect("written");
        reference_use::insert_all(
            &tx,
            vec![
                build::used(number, id(number), id(number), day("2026-01-01")),
                build::used(10 + number, id(number), id(number), day("2020-01-01")),
            ],
        )
        .await
        .expect("written");
        candidate::insert_all(
            &tx,
            vec![
                build::candidate(number, id(1), id(number), id(number)),
                Candidate {
                    state: CandidateState::Declined,
                    ..build::candidate(10 + number, id(1), id(number), id(number))
                },
            ],
        )
        .await
        .expect("written");
        let story = Content {
            advocate_id: Some(id(number)),
            ..Content::titled(id(number), "Story", ContentKind::Quote, NOW)
        };
        content::insert_all(
            &tx,
            vec![
                story,
                Content::titled(id(10 + number), "Nobody's", ContentKind::Video, NOW),
            ],
        )
        .await
        .expect("written");
        let tagged = |kind, written: &str, known: bool| {
            build::tag(kind, number, id(1), written, known.then(|| id(1)))
        };
        tag::insert_all(
            &tx,
            vec![
                tagged(RecordKind::Account, "Health", true),
                tagged(RecordKind::Account, "Unheard of", false),
                tagged(RecordKind::Contact, "Health", true),
                tagged(RecordKind::Advocate, "Care", true),
                tagged(RecordKind::Content, "Health", true),
                tagged(RecordKind::Opportunity, "Health", true),
            ],
        )
        .await
        .expect("written");
        tx.record(NewEvent::new(
            Action::Created,
            RecordKind::Account,
            id::<domain::id::AccountId>(number),
        ));
    }
    tx.commit().await.expect("committed");
}

/// The rows of every kind, counted: people, willingness, outcomes, consents, no-go, locks,
/// relations, uses, reservations, tags, content.
fn counts(people: &People) -> [usize; 11] {
    let of_all = |count: fn(&Person) -> usize| people.people.iter().map(count).sum();
    [
        people.people.len(),
        of_all(|person| person.willing.len()),
        of_all(|person| person.outcomes.len()),
        of_all(|person| person.consents.len()),
        of_all(|person| person.no_go.len()),
        people.locks.len(),
        people.relations.len(),
        people.uses.len(),
        people.reservations.len(),
        of_all(|person| person.terms.len()),
        people.content.len(),
    ]
}

testkit::on_both_engines! {
    async fn everything_is_loaded_at_one_position_of_the_log(db: TestDb) {
        insert_world(&db).await;
        let all = projection::load(&db.store, day("2025-01-01")).await.expect("loaded");
        assert_eq!(counts(&all.people), [2, 2, 2, 2, 2, 2, 2, 2, 2, 6, 2]);
        assert_eq!((all.library.content.len(), all.library.tags.len()), (4, 2));
        assert_eq!((all.terms.facets.len(), all.terms.terms.len(), all.terms.synonyms.len()), (1, 1, 1));
        assert_eq!(all.head, log::head(&db.store).await.expect("a head"));
        assert_eq!(all.head.position, projection::position(&db.store).await.expect("a position"));
        assert!(all.people.locks.iter().all(|lock| lock.lifted_at.is_none()));
        let planned = candidate::reserving(&db.store, vec![id(1), id(2)]).await.expect("read");
        let planned: Vec<_> = planned.iter().map(|row| (Some(row.id), row.planned_on)).collect();
        let mut reserved: Vec<_> = all.people.reservations.iter().map(|row| (row.candidate_id, row.day)).collect();
        reserved.sort_unstable();
        assert_eq!(reserved, planned);
    }

    async fn people_are_loaded_without_what_they_tell(db: TestDb) {
        insert_world(&db).await;
        let (position, people) = projection::load_people(&db.store, day("2025-01-01")).await.expect("loaded");
        assert_eq!(position, projection::position(&db.store).await.expect("a position"));
        let all = projection::load(&db.store, day("2025-01-01")).await.expect("loaded");
        assert!(!all.people.content.is_empty() && people.content.is_empty());
        let told = People { content: all.people.content.clone(), ..people };
        assert_eq!(counts(&told), counts(&all.people));
    }

    async fn an_account_is_loaded_whole_and_alone(db: TestDb) {
        insert_world(&db).await;
        let one = projection::load_accounts(&db.store, &[id(1)], day("2025-01-01")).await.expect("loaded");
        assert_eq!(counts(&one), [1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1]);
        assert_eq!((one.people[0].id, one.people[0].account_id), (id(1), id(1)));
        let both = projection::load_accounts(&db.store, &[id(1), id(2)], day("2025-01-01")).await.expect("loaded");
        let all = projection::load(&db.store, day("2025-01-01")).await.expect("loaded");
        assert_eq!(counts(&both), counts(&all.people), "by account and at once is the same");
        assert_eq!(counts(&projection::load_accounts(&db.store, &[], day("2025-01-01")).await.expect("loaded")), [0; 11]);
    }

    async fn the_check_that_decides_reads_its_own_write(db: TestDb) {
        insert_world(&db).await;
        let tx = db.begin().await;
        candidate::insert(&tx, build::candidate(20, id(1), id(1), id(1))).await.expect("written");
        let seen = projection::protection_of(&tx, id(1), day("2025-01-01")).await.expect("loaded");
        assert_eq!(counts(&seen), [1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 0]);
        tx.roll_back().await.expect("undone");
    }

    async fn the_taxonomy_and_some_content_are_loaded_alone(db: TestDb) {
        insert_world(&db).await;
        let terms = projection::load_terms(&db.store).await.expect("loaded");
        assert_eq!((terms.facets.len(), terms.terms.len(), terms.synonyms.len()), (1, 1, 1));
        let library = projection::load_content(&db.store, vec![id(1), id(11), id(99)]).await.expect("loaded");
        assert_eq!((library.content.len(), library.tags.len()), (2, 1));
    }

    async fn touched_people_lead_to_their_accounts(db: TestDb) {
        insert_world(&db).await;
        // Ids of contacts and of advocates; 3 has no account, 4 is no advocate, 5000 are unheard of.
        let ids: Vec<uuid::Uuid> = (1..=5_010).map(id).collect();
        assert_eq!(projection::accounts_of(&db.store, &ids).await.expect("read"), [id(1), id(2)]);
        assert_eq!(projection::accounts_of(&db.store, &[id(2), id(4)]).await.expect("read"), [id(2)]);
        assert!(projection::accounts_of(&db.store, &[]).await.expect("read").is_empty());
    }
}
