//! Lists: seek pages, totals, order, case, wildcards, scopes.

use domain::{
    access::Scope, activity::Activity, candidate::CandidateState, id::AccountId, record::RecordKind,
};
use storage::{
    account::{self, Account},
    advocate, candidate, contact, content,
    filter::Sorting,
    opportunity::{self, Opportunity},
    page::{Direction, Page},
    reach, request,
    user::{self, User},
};
use testkit::{NOW, TestDb, build, build::id, day};

const EVERYTHING: Scope = Scope::Everything;

/// A list sorted by a field that its reader sees everywhere.
pub fn by(kind: RecordKind, key: &str, direction: Option<Direction>) -> Option<Sorting> {
    Sorting::by(kind, key, day(testkit::TODAY), direction)
}

pub fn first(limit: u64) -> Page {
    Page { limit, after: None }
}

/// Reads a list page by page and returns the names in order.
async fn names_in_pages(db: &TestDb, filter: &account::Filter, limit: u64) -> Vec<String> {
    let mut names = Vec::new();
    let mut page = first(limit);
    loop {
        let listed = account::list(&db.store, &EVERYTHING, filter, &page)
            .await
            .expect("a page");
        names.extend(listed.items.into_iter().map(|account| account.name));
        assert!(
            names.len() as u64 <= listed.total,
            "more rows than the total says"
        );
        match listed.next {
            Some(next) => page.after = Some(next),
            None => return names,
        }
    }
}

async fn insert_accounts(db: &TestDb, names: &[&str]) {
    let rows = (1_u64..)
        .zip(names)
        .map(|(number, name)| build::account(number, name))
        .collect();
    let tx = db.begin().await;
    account::insert_all(&tx, rows).await.expect("written");
    tx.commit().await.expect("committed");
}

fn text(text: &str) -> account::Filter {
    account::Filter {
        text: Some(text.to_owned()),
        ..account::Filter::default()
    }
}

testkit::on_both_engines! {
    async fn pages_over_equal_keys_show_every_row_once(db: TestDb) {
        let names: Vec<String> = (0..23).map(|_| "Acme".to_owned()).collect();
        insert_accounts(&db, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
        for limit in [1, 2, 7, 22, 23, 24] {
            let mut seen: Vec<AccountId> = Vec::new();
            let mut page = first(limit);
            loop {
                let listed = account::list(&db.store, &EVERYTHING, &account::Filter::default(), &page).await.expect("a page");
                assert_eq!(listed.total, 23);
                seen.extend(listed.items.iter().map(|row| row.id));
                match listed.next {
                    Some(next) => page.after = Some(next),
                    None => break,
                }
            }
            assert_eq!(seen, (1..=23).map(id).collect::<Vec<AccountId>>(), "limit {limit}");
        }
    }

    async fn names_sort_by_their_folded_form_on_both_engines(db: TestDb) {
        insert_accounts(&db, &["zebra", "Ångström", "apple", "Zürich", "Banana", "_under", "éclair", "10x", "株式会社"]).await;
        let expected = ["10x", "Ångström", "apple", "Banana", "éclair", "_under", "zebra", "Zürich", "株式会社"];
        let names = names_in_pages(&db, &account::Filter::default(), 2).await;
        assert_eq!(account::everyone(&db.store).await.expect("read").len(), names.len());
        let mut folded: Vec<String> = expected.iter().map(|name| domain::text::fold(name)).collect();
        folded.sort();
        assert_eq!(names.iter().map(|name| domain::text::fold(name)).collect::<Vec<_>>(), folded, "byte order of the folded names");
    }

    async fn a_search_ignores_case_and_marks_and_takes_wildcards_as_they_are(db: TestDb) {
        insert_accounts(&db, &["Société Générale", "SOCIETE X", "100% Juice", "100 Juice", "A\\B"]).await;
        assert_eq!(names_in_pages(&db, &text("SOCIÉTÉ"), 9).await, ["Société Générale", "SOCIETE X"]);
        assert_eq!(names_in_pages(&db, &text("générale"), 9).await, ["Société Générale"]);
        assert_eq!(names_in_pages(&db, &text("nothing like it"), 9).await, Vec::<String>::new());
        assert_eq!(names_in_pages(&db, &text("s%x"), 9).await, Vec::<String>::new(), "a wildcard is a plain character");
        assert_eq!(names_in_pages(&db, &text("s_ciete"), 9).await, Vec::<String>::new(), "a wildcard is a plain character");
    }

    async fn a_scope_reaches_its_own_rows_and_no_others(db: TestDb) {
        let tx = db.begin().await;
        user::insert_all(&tx, vec![build::user(1, "Ann"), build::user(2, "Bo")]).await.expect("written");
        let owned = |number: u64, owner: Option<u64>| Account { owner_id: owner.map(id), ..build::account(number, "Acme") };
        account::insert_all(&tx, vec![owned(1, Some(1)), owned(2, Some(2)), owned(3, None)]).await.expect("written");
        contact::insert_all(&tx, vec![build::contact(1, "X", id(1)), build::contact(2, "Y", id(2)), contact::Contact::named(id(3), "Z", NOW)]).await.expect("written");
        advocate::insert_all(&tx, vec![build::advocate(1, id(1)), build::advocate(2, id(2))]).await.expect("written");
        opportunity::insert_all(&tx, vec![Opportunity { owner_id: Some(id(1)), ..Opportunity::named(id(1), "D", NOW) }, Opportunity::named(id(2), "E", NOW)]).await.expect("written");
        request::insert_all(&tx, vec![build::request(1, id(1)), build::request(2, id(2))]).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        let page = first(50);
        for (scope, accounts, contacts, advocates, deals, requests) in [
            (Scope::Everything, 3, 3, 2, 2, 2),
            (Scope::Own(vec![id(1)]), 1, 1, 1, 1, 1),
            (Scope::Own(vec![id(1), id(2)]), 2, 2, 2, 1, 2),
            (Scope::Own(vec![]), 0, 0, 0, 0, 0),
            (Scope::Nothing, 0, 0, 0, 0, 0),
        ] {
            assert_eq!(account::list(store, &scope, &account::Filter::default(), &page).await.expect("a list").total, accounts, "{scope:?}");
            assert_eq!(contact::list(store, &scope, &contact::Filter::default(), &page).await.expect("a list").total, contacts, "{scope:?}");
            assert_eq!(advocate::list(store, &scope, &advocate::Filter::default(), &page).await.expect("a list").total, advocates, "{scope:?}");
            assert_eq!(opportunity::list(store, &scope, &opportunity::Filter::default(), &page).await.expect("a list").total, deals, "{scope:?}");
            assert_eq!(request::list(store, &scope, &request::Filter::default(), &page).await.expect("a list").total, requests, "{scope:?}");
            assert_eq!(account::ids_in(store, &scope).await.expect("ids").len() as u64, accounts, "{scope:?}");
            let all = request::list(store, &scope, &request::Filter::default(), &page).await.expect("a list").items;
            let all: Vec<_> = all.into_iter().map(|row| row.id).collect();
            assert_eq!(request::ids(store, &scope, &request::Filter::default()).await.expect("ids"), all, "{scope:?}");
            let ids: Vec<_> = (1..=4).map(|number| id::<AccountId>(number).0).collect();
            for (kind, count) in [(RecordKind::Account, accounts), (RecordKind::Contact, contacts), (RecordKind::Advocate, advocates), (RecordKind::Opportunity, deals), (RecordKind::Term, 0)] {
                let reached = reach::among(store, kind, &scope, true, &ids).await.expect("read");
                assert_eq!(reached.len() as u64, count, "{kind} {scope:?}");
            }
        }
        let own = Scope::Own(vec![id(1)]);
        assert!(account::find(store, &own, id(2)).await.expect("read").is_none());
        assert!(contact::find(store, &own, id(3)).await.expect("read").is_none());
        assert!(advocate::find(store, &own, true, id(2)).await.expect("read").is_none());
        assert!(opportunity::find(store, &own, id(2)).await.expect("read").is_none());
        assert!(request::find(store, &own, id(2)).await.expect("read").is_none());
    }

    async fn restricted_advocates_are_found_only_where_they_may_be_seen(db: TestDb) {
        let tx = db.begin().await;
        account::insert(&tx, build::account(1, "Acme")).await.expect("written");
        contact::insert(&tx, build::contact(1, "Bo", id(1))).await.expect("written");
        advocate::insert(&tx, advocate::Advocate { is_restricted: true, ..build::advocate(1, id(1)) }).await.expect("written");
        tx.commit().await.expect("committed");
        let find = async |visible: bool| advocate::find(&db.store, &EVERYTHING, visible, id(1)).await.expect("read").is_some();
        assert!(find(true).await && !find(false).await);
        let by_name = |names_visible: bool| advocate::Filter { text: Some("bo".into()), names_visible, restricted_visible: true, ..Default::default() };
        for visible in [true, false] {
            let total = advocate::list(&db.store, &EVERYTHING, &by_name(visible), &first(10)).await.expect("a list").total;
            assert_eq!(total == 1, visible, "a name that may not be seen may not be searched");
        }
        assert_eq!(advocate::count_by_account(&db.store, vec![id(1)]).await.expect("counts")[&id(1)], 1);
    }

    async fn content_is_listed_by_title_and_narrowed_by_kind_and_status(db: TestDb) {
        use domain::content::{ContentKind, ContentState, ContentStatus};
        let story = |number: u64, title: &str, kind, status| content::Content { status, ..content::Content::titled(id(number), title, kind, NOW) };
        let tx = db.begin().await;
        content::insert_all(&tx, vec![
            story(1, "Zürich quote", ContentKind::Quote, ContentStatus::Draft), story(2, "A quote", ContentKind::Quote, ContentStatus::Approved), story(3, "Clip", ContentKind::Video, ContentStatus::Approved),
        ]).await.expect("written");
        tx.commit().await.expect("committed");
        let listed = async |text: Option<&str>, kind: Option<ContentKind>, state| {
            let filter = content::Filter { text: text.map(str::to_owned), kinds: kind.into_iter().collect(), state, ..Default::default() };
            let listed = content::list(&db.store, content::Sight::Everything, &filter, None, day("2026-03-01"), &first(10)).await.expect("a list");
            listed.items.iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(listed(None, None, None).await, [id(2), id(3), id(1)]);
        assert_eq!(listed(Some("QUOTE"), None, None).await, [id(2), id(1)]);
        assert_eq!(listed(None, Some(ContentKind::Video), None).await, [id(3)]);
        assert_eq!(listed(None, Some(ContentKind::Quote), Some(ContentState::Draft)).await, [id(1)]);
    }

    async fn deals_without_a_date_or_an_amount_come_last_in_every_page_size(db: TestDb) {
        let deal = |number: u64, close: Option<&str>, amount: Option<i64>| Opportunity {
            close_on: close.map(day), amount_minor: amount, ..Opportunity::named(id(number), &format!("Deal {number}"), NOW)
        };
        let tx = db.begin().await;
        opportunity::insert_all(&tx, vec![
            deal(1, None, Some(5)), deal(2, Some("2026-05-01"), None), deal(3, Some("2026-04-01"), Some(9)), deal(4, None, Some(5)), deal(5, Some("2026-04-01"), None),
        ]).await.expect("written");
        tx.commit().await.expect("committed");
        for (order, expected) in [
            ("close_on", [3, 5, 2, 1, 4]),
            ("amount", [3, 4, 1, 5, 2]),
            ("name", [1, 2, 3, 4, 5]),
        ] {
            for limit in 1..=6 {
                let filter = opportunity::Filter { sorting: by(RecordKind::Opportunity, order, None), ..opportunity::Filter::default() };
                let mut seen = Vec::new();
                let mut page = first(limit);
                loop {
                    let listed = opportunity::list(&db.store, &EVERYTHING, &filter, &page).await.expect("a page");
                    seen.extend(listed.items.iter().map(|row| row.id));
                    match listed.next {
                        Some(next) => page.after = Some(next),
                        None => break,
                    }
                }
                assert_eq!(seen, expected.map(id).to_vec(), "{order:?} by {limit}");
            }
        }
    }

    async fn a_list_runs_either_way_and_absent_values_keep_their_place(db: TestDb) {
        let tx = db.begin().await;
        let deal = |number: u64, close: Option<&str>| Opportunity { close_on: close.map(day), ..Opportunity::named(id(number), "D", NOW) };
        opportunity::insert_all(&tx, vec![deal(1, None), deal(2, Some("2026-04-01")), deal(3, Some("2026-05-01"))]).await.expect("written");
        let sized = |number: u64, employees: Option<i64>| Account { employees, ..build::account(number, &format!("A{number}")) };
        account::insert_all(&tx, vec![sized(1, Some(10)), sized(2, None), sized(3, Some(900))]).await.expect("written");
        tx.commit().await.expect("committed");
        for (direction, deals, by_size) in [
            (None, [2, 3, 1], [3, 1, 2]),
            (Some(Direction::Descending), [3, 2, 1], [3, 1, 2]),
            (Some(Direction::Ascending), [2, 3, 1], [2, 1, 3]),
        ] {
            for limit in 1..=3 {
                let (mut seen, mut page) = (Vec::new(), first(limit));
                let filter = opportunity::Filter { sorting: by(RecordKind::Opportunity, "close_on", direction), ..Default::default() };
                loop {
                    let listed = opportunity::list(&db.store, &EVERYTHING, &filter, &page).await.expect("a page");
                    seen.extend(listed.items.iter().map(|row| row.id));
                    let Some(next) = listed.next else { break };
                    page.after = Some(next);
                }
                assert_eq!(seen, deals.map(id).to_vec(), "deals {direction:?} by {limit}");
                let (mut seen, mut page) = (Vec::new(), first(limit));
                let filter = account::Filter { sorting: by(RecordKind::Account, "employees", direction), ..Default::default() };
                loop {
                    let listed = account::list(&db.store, &EVERYTHING, &filter, &page).await.expect("a page");
                    seen.extend(listed.items.iter().map(|row| row.id));
                    let Some(next) = listed.next else { break };
                    page.after = Some(next);
                }
                assert_eq!(seen, by_size.map(id).to_vec(), "accounts {direction:?} by {limit}");
            }
        }
    }

    async fn stale_profiles_come_longest_unverified_first_and_those_of_today_not_at_all(db: TestDb) {
        let tx = db.begin().await;
        account::insert_all(&tx, vec![build::account(1, "Acme")]).await.expect("written");
        contact::insert_all(&tx, (1..=3).map(|number| build::contact(number, "X", id(1))).collect()).await.expect("written");
        let verified = |number: u64, on: Option<&str>| advocate::Advocate { verified_on: on.map(day), ..build::advocate(number, id(number)) };
        advocate::insert_all(&tx, vec![verified(1, Some("2026-03-01")), verified(2, None), verified(3, Some("2026-05-01"))]).await.expect("written");
        tx.commit().await.expect("committed");
        let filter = advocate::Filter { stale_since: Some(day("2026-05-01")), sorting: by(RecordKind::Advocate, "verified", None), restricted_visible: true, ..Default::default() };
        let listed = advocate::list(&db.store, &EVERYTHING, &filter, &first(5)).await.expect("a page");
        assert_eq!(listed.items.iter().map(|row| row.id).collect::<Vec<_>>(), [2, 1].map(id).to_vec());
    }

    async fn a_lock_narrows_the_list_on_the_days_on_which_it_holds(db: TestDb) {
        let tx = db.begin().await;
        account::insert_all(&tx, vec![build::account(1, "Acme"), build::account(2, "Bolt")]).await.expect("written");
        account::insert_lock(&tx, account::AccountLock { id: id(1), account_id: id(1), reason: domain::protection::LockReason::Renewal, note: None, from_on: day("2026-04-01"), until_on: Some(day("2026-04-30")), locked_by: None, lifted_at: None, is_by_rule: false }).await.expect("written");
        tx.commit().await.expect("committed");
        for (on, expected) in [("2026-03-31", 0), ("2026-04-01", 1), ("2026-04-30", 1), ("2026-05-01", 0)] {
            let filter = account::Filter { locked_on: Some(day(on)), ..Default::default() };
            assert_eq!(account::list(&db.store, &EVERYTHING, &filter, &first(5)).await.expect("a page").total, expected, "{on}");
        }
    }

    async fn roles_are_found_as_whole_words_among_active_people(db: TestDb) {
        use domain::access::Role::{Owner, Program, Seller};
        let holds = |number: u64, roles: &[domain::access::Role], is_active: bool| {
            let mut user = User { is_active, ..build::user(number, "Ann") };
            user.set_roles(roles);
            user
        };
        let tx = db.begin().await;
        user::insert_all(&tx, vec![holds(1, &[Seller, Owner, Program], true), holds(2, &[Owner], true), holds(3, &[Program], false)]).await.expect("written");
        tx.commit().await.expect("committed");
        let holding = async |role| user::holding(&db.store, role).await.expect("a list").iter().map(|user| user.id).collect::<Vec<_>>();
        assert_eq!(holding(Owner).await, [id(1), id(2)]);
        assert_eq!(holding(Program).await, [id(1)]);
        let all = user::everyone(&db.store).await.expect("read");
        let names = all.iter().map(|user| user.name_folded.clone()).chain(["nobody".to_owned()]).collect();
        let named = user::by_names(&db.store, names).await.expect("read");
        assert_eq!(named.iter().map(|user| user.id).collect::<Vec<_>>(), [id(1), id(2)], "the third left");
        let filter = user::Filter { role: Some(Program), ..user::Filter::default() };
        assert_eq!(user::list(&db.store, &filter, &first(10)).await.expect("a list").total, 2);
        assert_eq!(user::ids(&db.store, &filter).await.expect("read").len(), 2, "those of the list");
        assert!(!user::anyone_signs_in(&db.store).await.expect("an answer"));
    }

    async fn candidates_that_wait_and_reserve_are_told_from_those_that_do_not(db: TestDb) {
        let tx = db.begin().await;
        user::insert(&tx, build::user(1, "Ann")).await.expect("written");
        account::insert(&tx, build::account(1, "Acme")).await.expect("written");
        contact::insert(&tx, build::contact(1, "Bo", id(1))).await.expect("written");
        advocate::insert(&tx, build::advocate(1, id(1))).await.expect("written");
        request::insert(&tx, build::request(1, id(1))).await.expect("written");
        let rows: Vec<_> = (1_u64..).zip(CandidateState::ALL).map(|(number, state)| candidate::Candidate {
            state: *state, activity: Activity::Quote, ..build::candidate(number, id(1), id(1), id(1))
        }).collect();
        candidate::insert_all(&tx, rows).await.expect("written");
        tx.commit().await.expect("committed");
        let store = &db.store;
        let reserving = candidate::reserving(store, vec![id(1)]).await.expect("read");
        assert_eq!(reserving.len(), CandidateState::ALL.iter().filter(|state| state.reserves_a_use()).count());
        assert!(reserving.iter().all(|row| row.state.reserves_a_use()));
        let open = candidate::open_of_advocate(store, id(1)).await.expect("read");
        assert_eq!(open.len(), CandidateState::ALL.iter().filter(|state| state.is_open()).count());
        assert_eq!(candidate::waiting_for_owner(store, &EVERYTHING, &first(10)).await.expect("a list").total, 1);
        assert_eq!(candidate::waiting_for_owner(store, &Scope::Own(vec![id(1)]), &first(10)).await.expect("a list").total, 0);
        assert_eq!(candidate::accepted(store, 10).await.expect("read"), []);
        let tx = db.begin().await;
        let mut said_yes = open[0].clone();
        said_yes.accepted_at = Some(NOW);
        candidate::save(&tx, &mut said_yes).await.expect("written");
        tx.commit().await.expect("committed");
        let accepted = candidate::accepted(store, 10).await.expect("read");
        assert_eq!(accepted.iter().map(|row| row.id).collect::<Vec<_>>(), [said_yes.id]);
        assert_eq!(candidate::accepted(store, 0).await.expect("read"), []);
        assert_eq!(candidate::of_requests(store, vec![id(1)]).await.expect("read")[&id(1)].len(), CandidateState::ALL.len());
    }
}
