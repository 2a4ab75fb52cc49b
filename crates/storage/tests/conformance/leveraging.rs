//! The one metric's counts, on a small world whose numbers are known by heart.

use std::collections::BTreeMap;

use domain::{
    access::Scope,
    id::FacetId,
    money::Currency,
    opportunity::{
        NoGroup, OpportunityKind,
        OpportunityStatus::{Lost, Open, Won},
    },
    record::RecordKind,
};
use storage::{
    account, advocate, contact,
    leveraging::{self, Beside, Cell, Cut, Drill, Frame, Group, Part, Which},
    opportunity::{self, Opportunity},
    page::Page,
    reference_use::{self, ReferenceUse},
    tag::{self, Tag},
    term::{self, Term},
    user::{self, User},
};
use testkit::{TestDb, build, build::id, day};
use uuid::Uuid;

fn term(number: u64, name: &str) -> Term {
    build::term(number, id(1), name)
}

fn tagged(kind: RecordKind, record: u64, written: &str, term: Option<u64>) -> Tag {
    build::tag(kind, record, id(1), written, term.map(id))
}

/// Sellers 1 (east), 2 (west) and 3 (no team); account 1 under *Hospitals*; facet 1 with
/// *Care* (2) merged into *Health* (1), and *Hospitals* (3) under *Care*.
#[expect(
    clippy::too_many_lines,
    reason = "the small world is read in one place"
)]
async fn insert_world(db: &TestDb) {
    let tx = db.begin().await;
    let in_team = |number: u64, team: &str| User {
        team: Some(team.to_owned()),
        ..build::user(number, "Ann")
    };
    user::insert_all(
        &tx,
        vec![in_team(1, "East"), in_team(2, "West"), build::user(3, "Bo")],
    )
    .await
    .expect("written");
    term::insert_facets(&tx, vec![build::facet(1, "industry")])
        .await
        .expect("written");
    let merged = Term {
        merged_into_id: Some(id(1)),
        ..term(2, "Care")
    };
    let child = Term {
        parent_id: Some(id(2)),
        ..term(3, "Hospitals")
    };
    term::insert_all(
        &tx,
        vec![term(1, "Health"), merged, child, term(4, "Retail")],
    )
    .await
    .expect("written");
    account::insert_all(
        &tx,
        vec![build::account(1, "Acme"), build::account(2, "Beta")],
    )
    .await
    .expect("written");
    contact::insert(&tx, build::contact(1, "Cy", id(1)))
        .await
        .expect("written");
    advocate::insert(&tx, build::advocate(1, id(1)))
        .await
        .expect("written");
    let at = |account: u64, deal: Opportunity| Opportunity {
        account_id: Some(id(account)),
        ..deal
    };
    let euro = |deal: Opportunity| Opportunity {
        currency: Some("EUR".parse::<Currency>().expect("a currency")),
        ..deal
    };
    opportunity::insert_all(
        &tx,
        vec![
            at(1, build::closed(1, id(1), Won, "2026-01-10")),
            at(1, build::closed(2, id(1), Lost, "2026-01-20")),
            at(2, euro(build::closed(3, id(2), Won, "2026-02-01"))),
            build::closed(4, id(3), Won, "2026-03-31"),
            at(
                1,
                Opportunity {
                    kind: OpportunityKind::Renewal,
                    ..build::closed(5, id(1), Won, "2026-02-01")
                },
            ),
            Opportunity {
                close_on: None,
                ..build::closed(6, id(1), Won, "2026-02-01")
            },
            at(
                1,
                Opportunity {
                    status: Open,
                    ..build::closed(7, id(1), Won, "2026-06-01")
                },
            ),
            Opportunity {
                status: Open,
                close_on: None,
                ..build::closed(8, id(2), Won, "2026-06-01")
            },
            Opportunity {
                owner_id: None,
                amount_minor: None,
                currency: None,
                not_needed_reason: Some("Tender".into()),
                ..build::closed(9, id(1), Lost, "2026-04-01")
            },
        ],
    )
    .await
    .expect("written");
    tag::insert_all(
        &tx,
        vec![
            tagged(RecordKind::Account, 1, "hospital", Some(3)),
            tagged(RecordKind::Account, 1, "health", Some(1)),
            tagged(RecordKind::Account, 2, "technolgy", None),
            // The deal's own value wins over its account's.
            tagged(RecordKind::Opportunity, 2, "retail", Some(4)),
        ],
    )
    .await
    .expect("written");
    let on_deal = |number: u64, deal: u64, on: &str| ReferenceUse {
        opportunity_id: Some(id(deal)),
        ..build::used(number, id(1), id(1), day(on))
    };
    reference_use::insert_all(
        &tx,
        vec![
            on_deal(1, 1, "2026-01-10"),
            on_deal(2, 1, "2026-01-05"),
            on_deal(3, 2, "2026-01-21"),
            on_deal(4, 3, "2026-01-31"),
            on_deal(5, 6, "2026-01-31"),
            on_deal(6, 7, "2026-02-27"),
        ],
    )
    .await
    .expect("written");
    tx.commit().await.expect("committed");
}

fn frame(from: &str, to: &str) -> Frame {
    Frame {
        scope: Scope::Everything,
        from: day(from),
        to: day(to),
        kinds: vec![OpportunityKind::New, OpportunityKind::Expansion],
    }
}

fn year() -> Frame {
    frame("2026-01-01", "2027-01-01")
}

async fn cells(db: &TestDb, frame: &Frame, cuts: &[Cut]) -> Vec<Cell> {
    leveraging::closed(&db.store, frame, cuts)
        .await
        .expect("counts")
}

/// Closed and leveraged deals by the name of their group.
async fn by_group(db: &TestDb, cut: Cut) -> BTreeMap<String, (i64, i64)> {
    let mut groups = BTreeMap::new();
    for cell in cells(db, &year(), &[cut]).await {
        let part = cell.parts.into_iter().next().expect("a part for the cut");
        let name = part
            .text
            .or(part.none.map(|none| none.to_string()))
            .expect("every cell has a group or says why not");
        let entry: &mut (i64, i64) = groups.entry(name).or_default();
        entry.0 += cell.deals;
        entry.1 += if cell.is_leveraged { cell.deals } else { 0 };
    }
    groups
}

fn groups(expected: &[(&str, (i64, i64))]) -> BTreeMap<String, (i64, i64)> {
    expected
        .iter()
        .map(|(name, counts)| ((*name).to_owned(), *counts))
        .collect()
}

async fn drilled(db: &TestDb, frame: &Frame, drill: &Drill) -> Vec<u64> {
    let mut numbers = Vec::new();
    let mut page = Page {
        limit: 2,
        after: None,
    };
    loop {
        let listed = leveraging::deals(&db.store, frame, drill, &page)
            .await
            .expect("a page");
        numbers.extend(listed.items.iter().map(|deal| deal.id.0.as_u64_pair().1));
        match listed.next {
            Some(next) => page.after = Some(next),
            None => {
                assert_eq!(
                    listed.total,
                    numbers.len() as u64,
                    "the total is the number of rows"
                );
                return numbers;
            }
        }
    }
}

fn all(which: Which, leveraged: Option<bool>) -> Drill {
    Drill {
        which,
        leveraged,
        group: vec![],
    }
}

testkit::on_both_engines! {
    async fn a_use_counts_until_the_day_of_the_close_and_a_deal_counts_once(db: TestDb) {
        insert_world(&db).await;
        let mut total = BTreeMap::new();
        for cell in cells(&db, &year(), &[]).await {
            let currency = cell.currency.map_or_else(String::new, |currency| currency.to_string());
            total.insert((currency, cell.status, cell.is_leveraged), (cell.deals, cell.amount_minor));
        }
        let expected = BTreeMap::from([
            (("USD".to_owned(), Won, true), (1, 10_000)),
            (("USD".to_owned(), Won, false), (1, 10_000)),
            (("USD".to_owned(), Lost, false), (1, 10_000)),
            (("EUR".to_owned(), Won, true), (1, 10_000)),
            ((String::new(), Lost, false), (1, 0)),
        ]);
        assert_eq!(total, expected);
    }

    async fn the_period_begins_with_its_first_day_and_ends_before_its_last(db: TestDb) {
        insert_world(&db).await;
        let count = async |from: &str, to: &str| cells(&db, &frame(from, to), &[]).await.iter().map(|cell| cell.deals).sum::<i64>();
        assert_eq!(count("2026-01-10", "2026-01-20").await, 1);
        assert_eq!(count("2026-01-10", "2026-01-21").await, 2);
        assert_eq!(count("2026-01-11", "2026-01-20").await, 0);
    }

    async fn every_deal_is_in_a_group_or_says_why_not(db: TestDb) {
        insert_world(&db).await;
        assert_eq!(by_group(&db, Cut::Month).await, groups(&[("2026-01", (2, 1)), ("2026-02", (1, 1)), ("2026-03", (1, 0)), ("2026-04", (1, 0))]));
        assert_eq!(by_group(&db, Cut::Quarter).await, groups(&[("2026-Q1", (4, 2)), ("2026-Q2", (1, 0))]));
        assert_eq!(by_group(&db, Cut::Team).await, groups(&[("East", (2, 1)), ("West", (1, 1)), ("no_team", (1, 0)), ("no_owner", (1, 0))]));
        assert_eq!(
            by_group(&db, Cut::Facet(id(1))).await,
            groups(&[("Health", (1, 1)), ("Retail", (1, 0)), ("unmapped", (1, 1)), ("no_account", (2, 0))])
        );
        assert_eq!(by_group(&db, Cut::Facet(FacetId(Uuid::from_u128(99)))).await, groups(&[("no_account", (2, 0)), ("untagged", (3, 2))]));
    }

    async fn the_span_runs_from_the_first_close_to_the_last_in_reach(db: TestDb) {
        let kinds = year().kinds;
        let span = async |scope: &Scope, kinds: &[OpportunityKind]| leveraging::span(&db.store, scope, kinds).await.expect("a span");
        assert_eq!(span(&Scope::Everything, &kinds).await, None, "nothing closed yet");
        insert_world(&db).await;
        assert_eq!(span(&Scope::Everything, &kinds).await, Some((day("2026-01-10"), day("2026-04-01"))));
        assert_eq!(span(&Scope::Own(vec![id(2)]), &kinds).await, Some((day("2026-02-01"), day("2026-02-01"))), "an open deal closes nothing");
        assert_eq!(span(&Scope::Everything, &[OpportunityKind::Renewal]).await, Some((day("2026-02-01"), day("2026-02-01"))));
        assert_eq!(span(&Scope::Nothing, &kinds).await, None);
    }

    async fn by_activity_a_deal_counts_under_each_that_leveraged_it_in_time(db: TestDb) {
        insert_world(&db).await;
        let counts = by_group(&db, Cut::Activity).await;
        assert_eq!(counts.get("not_leveraged"), Some(&(3, 0)), "{counts:?}");
        let leveraged: i64 = counts.iter().filter(|(name, _)| *name != "not_leveraged").map(|(_, (deals, leveraged))| { assert_eq!(deals, leveraged); deals }).sum();
        assert!(leveraged >= 2, "{counts:?}");
    }

    async fn sellers_of_one_name_stay_apart(db: TestDb) {
        insert_world(&db).await;
        let sellers: std::collections::BTreeSet<_> = cells(&db, &year(), &[Cut::Seller]).await.iter().filter_map(|cell| cell.parts[0].id).collect();
        assert_eq!(sellers.len(), 3);
    }

    async fn a_scope_counts_its_own_deals(db: TestDb) {
        insert_world(&db).await;
        let count = async |scope: Scope| {
            let frame = Frame { scope, ..year() };
            (cells(&db, &frame, &[Cut::Seller]).await.iter().map(|cell| cell.deals).sum::<i64>(), leveraging::beside(&db.store, &frame).await.expect("counts").open)
        };
        assert_eq!(count(Scope::Own(vec![id(1)])).await, (2, 1));
        assert_eq!(count(Scope::Own(vec![])).await, (0, 0));
        assert_eq!(count(Scope::Nothing).await, (0, 0));
        let no_kind = Frame { kinds: vec![], ..year() };
        assert_eq!(cells(&db, &no_kind, &[]).await, vec![]);
    }

    async fn the_numbers_beside_the_metric_are_counted(db: TestDb) {
        insert_world(&db).await;
        let beside = leveraging::beside(&db.store, &year()).await.expect("counts");
        assert_eq!(beside, Beside { open: 2, open_leveraged: 1, undated: 1, not_needed: 1 });
    }

    async fn every_number_drills_to_its_rows(db: TestDb) {
        insert_world(&db).await;
        let frame = year();
        assert_eq!(drilled(&db, &frame, &all(Which::Closed, None)).await, [9, 4, 3, 2, 1]);
        assert_eq!(drilled(&db, &frame, &all(Which::Closed, Some(true))).await, [3, 1]);
        assert_eq!(drilled(&db, &frame, &all(Which::Closed, Some(false))).await, [9, 4, 2]);
        assert_eq!(drilled(&db, &frame, &all(Which::Won, Some(true))).await, [3, 1]);
        assert_eq!(drilled(&db, &frame, &all(Which::Open, None)).await, [7, 8]);
        assert_eq!(drilled(&db, &frame, &all(Which::Open, Some(true))).await, [7]);
        assert_eq!(drilled(&db, &frame, &all(Which::Undated, None)).await, [6]);
        assert_eq!(drilled(&db, &frame, &all(Which::NotNeeded, None)).await, [9]);
    }

    async fn every_group_drills_to_as_many_rows_as_it_counts(db: TestDb) {
        insert_world(&db).await;
        let industry = Cut::Facet(id(1));
        let ways: [&[Cut]; 9] = [
            &[Cut::Month], &[Cut::Quarter], &[Cut::Team], &[Cut::Seller], &[Cut::Activity], &[industry],
            &[industry, Cut::Team], &[Cut::Quarter, Cut::Seller], &[industry, Cut::Month, Cut::Seller],
        ];
        for cuts in ways {
            let mut counted: BTreeMap<String, (Vec<(Cut, Group)>, i64)> = BTreeMap::new();
            for cell in cells(&db, &year(), cuts).await {
                let group = |part: Part| match (part.id, part.text, part.none) {
                    (Some(id), ..) => Group::Id(id),
                    (None, Some(text), _) => Group::Text(text),
                    (None, None, Some(none)) => Group::None(none),
                    (None, None, None) => panic!("a cell without a group"),
                };
                let groups: Vec<(Cut, Group)> = cuts.iter().copied().zip(cell.parts.into_iter().map(group)).collect();
                assert_eq!(groups.len(), cuts.len());
                counted.entry(format!("{groups:?}")).or_insert((groups, 0)).1 += cell.deals;
            }
            assert!(counted.len() >= 2, "{cuts:?}");
            for (group, deals) in counted.into_values() {
                let drill = Drill { which: Which::Closed, leveraged: None, group };
                assert_eq!(drilled(&db, &year(), &drill).await.len() as i64, deals, "{drill:?}");
            }
        }
        let unmapped = Drill { which: Which::Closed, leveraged: None, group: vec![(industry, Group::None(NoGroup::Unmapped))] };
        assert_eq!(drilled(&db, &year(), &unmapped).await, [3]);
    }
}

#[test]
fn a_circle_among_terms_does_not_hang_the_count() {
    testkit::run(async {
        let db = TestDb::sqlite().await;
        insert_world(&db).await;
        db.tamper("update terms set parent_id = (select id from terms where name = 'Hospitals') where name = 'Health'").await;
        assert!(!cells(&db, &year(), &[Cut::Facet(id(1))]).await.is_empty());
    });
}
