//! Lists as readers narrow, sort, keep and export them.

use app::{
    Actor, Error,
    account::{self, ListAccounts},
    advocate::{self as advocates, ListAdvocates},
    bulk::{self, BulkField, BulkInput},
    contact::{self as contacts, ListContacts},
    export::{self, Format},
    list_view::{self, EditListView, SaveListView},
    listing::{self, Choice},
    user::ListUsers,
};
use domain::{access::Role, record::RecordKind};
use import::kind::Kind;
use serde_json::{Value, json};
use storage::{account::Account, advocate, contact, page::Direction, tag, user};
use testkit::{TestApp, TestDb, build, build::id, day};

struct World {
    test: TestApp,
    program: Actor,
    owner: Actor,
    seller: Actor,
}

impl World {
    /// Four customers: 1 and 2 of the owner, 3 of somebody who reports to nobody, 4 of nobody.
    async fn on(db: TestDb) -> Self {
        let test = TestApp::on(db).await;
        let program = test.colleague(1, "Pat", &[Role::Program]).await;
        let owner = test.colleague(2, "Olga", &[Role::Owner]).await;
        let seller = test.colleague(3, "Sam", &[Role::Seller]).await;
        let mut other = build::user(4, "Otto");
        other.set_roles(&[Role::Owner]);
        test.add(other).await;
        let customer = |number: u64,
                        name: &str,
                        owner: Option<u64>,
                        employees,
                        health,
                        since: Option<&str>| Account {
            owner_id: owner.map(id),
            employees,
            health,
            customer_since: since.map(day),
            ..build::account(number, name)
        };
        let tx = test.db.begin().await;
        let rows = vec![
            customer(1, "Alder", Some(2), Some(50), Some(90), Some("2026-02-20")),
            customer(
                2,
                "Birch",
                Some(2),
                Some(5_000),
                Some(20),
                Some("2020-01-01"),
            ),
            customer(3, "Cedar", Some(4), Some(700), Some(95), Some("2026-03-20")),
            customer(4, "Douglas", None, None, None, None),
        ];
        storage::account::insert_all(&tx, rows)
            .await
            .expect("written");
        let people =
            (1..=4).map(|number| build::contact(number, &format!("Person {number}"), id(number)));
        contact::insert_all(&tx, people.collect())
            .await
            .expect("written");
        let all = (1..=4).map(|number| build::advocate(number, id(number)));
        advocate::insert_all(&tx, all.collect())
            .await
            .expect("written");
        tx.commit().await.expect("committed");
        Self {
            test,
            program,
            owner,
            seller,
        }
    }

    async fn accounts(&self, actor: &Actor, filter: Value) -> Vec<String> {
        self.try_accounts(actor, filter).await.expect("a list")
    }

    async fn try_accounts(&self, actor: &Actor, filter: Value) -> Result<Vec<String>, Error> {
        let ask = ListAccounts {
            filter: Some(filter.to_string()),
            ..ListAccounts::default()
        };
        let list = account::list(&self.test.app, actor, ask).await?;
        assert_eq!(list.total, list.items.len() as u64);
        Ok(list.items.into_iter().map(|row| row.name).collect())
    }

    async fn keys(&self, actor: &Actor, kind: Kind) -> Vec<String> {
        let fields = listing::fields(&self.test.app, actor, kind)
            .await
            .expect("fields");
        fields.into_iter().map(|field| field.key).collect()
    }
}

/// What the answer says is wrong with a field of the input.
fn problem<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    match answer {
        Err(Error::Invalid(problems)) => problems[0].message.clone(),
        other => panic!("not refused: {other:?}"),
    }
}

fn is(field: &str, is: &str, value: impl serde::Serialize) -> Value {
    json!({ "field": field, "is": is, "value": value })
}

fn view(list: Kind, filter: Value) -> SaveListView {
    SaveListView {
        list,
        name: "Large ones".to_owned(),
        state: [("filter".to_owned(), vec![filter.to_string()])].into(),
        is_shared: false,
        is_pinned: true,
    }
}

testkit::on_both_engines! {
    async fn conditions_stand_in_groups_and_know_the_reader_and_the_day(db: TestDb) {
        let world = World::on(db).await;
        let (program, owner) = (&world.program, &world.owner);
        let large = || is("employees", "at_least", 500);
        assert_eq!(world.accounts(program, large()).await, ["Birch", "Cedar"]);
        let nested = json!({ "all": [large(), { "any": [is("name", "starts_with", "c"), is("owner", "none_of", ["me"])] }] });
        assert_eq!(world.accounts(owner, nested).await, ["Cedar"]);
        assert_eq!(world.accounts(owner, is("owner", "any_of", ["me"])).await, ["Alder", "Birch"]);
        assert_eq!(world.accounts(owner, is("owner", "any_of", ["my_team"])).await, ["Alder", "Birch"]);
        assert_eq!(world.accounts(program, json!({ "field": "owner", "is": "empty" })).await, ["Douglas"]);
        assert_eq!(world.accounts(program, is("customer_since", "in_last", 10)).await, ["Alder"]);
        assert_eq!(world.accounts(program, is("customer_since", "in_next", "30")).await, ["Cedar"], "an address carries numbers as text");
        assert_eq!(world.accounts(program, is("customer_since", "before", 365)).await, ["Birch"]);
        assert_eq!(world.accounts(program, is("advocates", "at_least", 1)).await.len(), 4);
    }

    async fn what_a_role_does_not_see_it_neither_filters_nor_sorts_by(db: TestDb) {
        let world = World::on(db).await;
        let healthy = || is("health", "at_least", 1);
        assert_eq!(world.accounts(&world.program, healthy()).await, ["Alder", "Birch", "Cedar"]);
        assert_eq!(world.accounts(&world.owner, healthy()).await, ["Alder", "Birch"], "only of the own customers");
        let refused = problem(world.try_accounts(&world.seller, healthy()).await);
        assert!(refused.contains("no field \"health\"") && refused.contains("employees") && !refused.contains("nps"), "{refused}");
        let sorted = ListAccounts { sort: Some("health".to_owned()), ..ListAccounts::default() };
        let refused = problem(account::list(&world.test.app, &world.seller, sorted.clone()).await);
        assert!(refused.contains("not sorted by \"health\""), "{refused}");
        let by_health = account::list(&world.test.app, &world.owner, sorted).await.expect("a list");
        let names: Vec<_> = by_health.items.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names[..2], ["Alder", "Birch"], "Cedar is the healthiest, but not the owner's to know");
        for (kind, hidden) in [(Kind::Accounts, "nps"), (Kind::Advocates, "name"), (Kind::Advocates, "uses")] {
            assert!(world.keys(&world.program, kind).await.contains(&hidden.to_owned()));
            assert!(!world.keys(&world.seller, kind).await.contains(&hidden.to_owned()), "{hidden}");
        }
        assert!(matches!(listing::fields(&world.test.app, &world.seller, Kind::Contacts).await, Err(Error::Forbidden)));
        let named = ListAdvocates { filter: Some(is("name", "contains", "person 3").to_string()), ..ListAdvocates::default() };
        let found = advocates::list(&world.test.app, &world.owner, named).await.expect("a list");
        assert_eq!(found.total, 0, "the name of another's advocate is no oracle");
    }

    async fn facets_are_asked_with_everything_below_their_terms(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let terms = app.index.taxonomy(app).await.expect("the taxonomy");
        let child = terms.terms().iter().find(|term| term.parent.is_some() && terms.facet(term.facet).is_some_and(|facet| !facet.ordinal)).expect("a term below another").clone();
        let tx = world.test.db.begin().await;
        tag::insert_all(&tx, vec![build::tag(RecordKind::Account, 2, child.facet, "As it came", Some(child.id))]).await.expect("written");
        tx.commit().await.expect("committed");
        let facets = storage::term::facets(&app.store).await.expect("facets");
        let key = facets.into_iter().find(|facet| facet.id == child.facet).expect("the facet").facet_key;
        let key = format!("facet:{key}");
        for term in [Some(child.id), child.parent] {
            assert_eq!(world.accounts(&world.seller, is(&key, "any_of", [term])).await, ["Birch"]);
        }
        assert_eq!(world.accounts(&world.seller, is(&key, "none_of", [child.parent])).await.len(), 3);
        assert_eq!(world.accounts(&world.seller, json!({ "field": key, "is": "filled" })).await, ["Birch"]);
    }

    async fn a_filter_that_is_not_one_is_refused_with_what_would_be_right(db: TestDb) {
        let world = World::on(db).await;
        let deep = (0..5).fold(is("name", "contains", "a"), |inner, _| json!({ "all": [inner] }));
        let many = json!({ "any": vec![is("name", "contains", "a"); 51] });
        for (filter, expected) in [
            (json!([]), "a condition or a group"),
            (json!({ "all": 1 }), "must be a list"),
            (json!({ "all": [], "any": [] }), "nothing beside it"),
            (json!({ "field": "name" }), "is asked with one of: contains"),
            (is("password_hash", "contains", "a"), "no field"),
            (is("name", "at_least", 1), "is asked with one of"),
            (is("name", "contains", ""), "which text"),
            (is("employees", "at_least", "many"), "whole number"),
            (is("customer_since", "from", "soon"), "a day such as"),
            (is("customer_since", "in_last", -1), "number of days"),
            (is("owner", "any_of", ["you"]), "\"me\""),
            (is("owner", "any_of", Vec::<String>::new()), "a list of 1 to"),
            (is("facet:industry", "any_of", ["nothing"]), "no term nothing"),
            (json!({ "field": "name", "is": "filled", "and": 1 }), "no \"and\""),
            (deep, "deep"),
            (many, "more than 50"),
        ] {
            let refused = problem(world.try_accounts(&world.program, filter.clone()).await);
            assert!(refused.contains(expected), "{filter}: {refused}");
        }
        let broken = ListAccounts { filter: Some("name = x".to_owned()), ..ListAccounts::default() };
        assert!(problem(account::list(&world.test.app, &world.program, broken).await).contains("not JSON"));
    }

    async fn an_export_of_a_list_is_that_list_in_its_order(db: TestDb) {
        let world = World::on(db).await;
        let choice = Choice {
            filter: Some(is("employees", "filled", Value::Null).to_string()),
            sort: Some("employees".to_owned()),
            direction: Some(Direction::Descending),
            ..Choice::default()
        };
        let rows = async |actor: &Actor| {
            let export = export::open(&world.test.app, actor, Kind::Accounts, Format::Jsonl, Some(&choice)).await.expect("an export");
            let count = export.rows();
            let text = export.text().await.expect("a text");
            let names: Vec<String> = text.lines().map(|line| {
                let row: Value = serde_json::from_str(line).expect("JSON");
                row.as_object().expect("a record").values().find_map(|value| value.as_str().filter(|text| ["Alder", "Birch", "Cedar"].contains(text))).expect("a name").to_owned()
            }).collect();
            assert_eq!(count, names.len(), "the stated count");
            names
        };
        assert_eq!(rows(&world.program).await, ["Birch", "Cedar", "Alder"]);
        assert_eq!(rows(&world.owner).await, ["Birch", "Alder"], "what may leave the house");
        let forbidden = Choice { filter: Some(is("health", "at_least", 1).to_string()), ..Choice::default() };
        let refused = export::open(&world.test.app, &world.seller, Kind::Accounts, Format::Csv, Some(&forbidden)).await;
        assert!(refused.is_err(), "an export is no way around the policy");
    }

    async fn contacts_are_sorted_by_any_field_and_pages_hold_together(db: TestDb) {
        let world = World::on(db).await;
        for (sort, direction, expected) in [("account", None, [1, 2, 3, 4]), ("owner", Some(Direction::Descending), [3, 2, 1, 4])] {
            let (mut seen, mut cursor) = (Vec::new(), None);
            loop {
                let ask = ListContacts { sort: Some(sort.to_owned()), direction, limit: Some(1), cursor, ..ListContacts::default() };
                let list = contacts::list(&world.test.app, &world.program, ask).await.expect("a page");
                seen.extend(list.items.into_iter().map(|row| row.id));
                cursor = list.next_cursor;
                if cursor.is_none() { break; }
            }
            assert_eq!(seen, expected.map(id).to_vec(), "{sort}");
        }
    }

    async fn a_view_is_private_until_it_is_shared_and_shows_each_reader_their_own(db: TestDb) {
        let world = World::on(db).await;
        let (app, program, seller) = (&world.test.app, &world.program, &world.seller);
        let kept = list_view::save(app, program, view(Kind::Accounts, is("employees", "at_least", 500)), None).await.expect("kept");
        assert!(kept.is_own && kept.is_pinned && !kept.is_shared);
        assert!(list_view::list(app, seller).await.expect("views").items.is_empty());
        let shared = EditListView { is_shared: Some(true), ..EditListView::default() };
        list_view::edit(app, program, kept.id, 1, shared.clone()).await.expect("shared");
        assert!(matches!(list_view::edit(app, program, kept.id, 1, shared.clone()).await, Err(Error::Stale { current: 2 })));
        let seen = list_view::list(app, seller).await.expect("views").items;
        assert!(seen.len() == 1 && !seen[0].is_own && !seen[0].is_pinned, "shared, and pinned by nobody else");
        assert!(matches!(list_view::edit(app, seller, kept.id, 2, shared).await, Err(Error::NotFound)));
        assert!(matches!(list_view::remove(app, seller, kept.id).await, Err(Error::NotFound)));
        assert!(list_view::pin(app, seller, kept.id, true).await.expect("pinned").is_pinned);
        let people = list_view::save(app, program, SaveListView { is_shared: true, ..view(Kind::Contacts, json!({ "all": [] })) }, None).await.expect("kept");
        assert!(matches!(list_view::get(app, seller, people.id).await, Err(Error::NotFound)), "a list that the seller does not read");
        let private = EditListView { is_shared: Some(false), ..EditListView::default() };
        list_view::edit(app, program, kept.id, 2, private).await.expect("private");
        assert!(matches!(list_view::pin(app, seller, kept.id, true).await, Err(Error::NotFound)));
        list_view::remove(app, program, kept.id).await.expect("removed");
        assert_eq!(list_view::list(app, program).await.expect("views").items.len(), 1);
        let wrong = list_view::save(app, seller, view(Kind::Accounts, is("health", "at_least", 1)), None).await;
        assert!(problem(wrong).contains("no field"));
        assert!(problem(list_view::save(app, seller, view(Kind::Terms, json!({})), None).await).contains("Choose one of"));
        let users = user::everyone(&app.store).await.expect("users").len();
        assert_eq!(users, 4);
    }
}

testkit::on_both_engines! {
    async fn colleagues_are_narrowed_sorted_kept_and_changed_together_like_any_list(db: TestDb) {
        let world = World::on(db).await;
        let app = &world.test.app;
        let admin = world.test.colleague(9, "Ada", &[Role::Admin, Role::Program]).await;
        let names = async |filter: Value, sort: Option<&str>| -> Vec<String> {
            let ask = ListUsers {
                filter: Some(filter.to_string()),
                sort: sort.map(str::to_owned),
                ..ListUsers::default()
            };
            let listed = app::user::list(app, &world.seller, ask).await.expect("a list");
            listed.items.into_iter().map(|row| row.name).collect()
        };
        let owners = json!({ "all": [{ "field": "roles", "is": "any_of", "value": ["owner"] }] });
        assert_eq!(names(owners.clone(), None).await, ["Olga", "Otto"]);
        let others = json!({ "all": [{ "field": "roles", "is": "none_of", "value": ["owner", "seller"] }] });
        assert_eq!(names(others, None).await, ["Ada", "Pat"]);

        let which = |change: BulkField, ids: Option<Vec<u64>>| BulkInput {
            list: Kind::Users,
            ids: ids.map(|ids| ids.into_iter().map(|number| id::<domain::id::UserId>(number).0).collect()),
            q: None,
            filter: Some(owners.to_string()),
            change,
            expected: None,
        };
        let west = BulkField::Team { team: Some("West".to_owned()) };
        let refused = bulk::make(app, &world.program, which(west.clone(), None), None).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        let made = bulk::make(app, &admin, which(west, None), None).await.expect("changed");
        assert_eq!(made.changed, 2);
        let team = json!({ "all": [{ "field": "team", "is": "contains", "value": "wes" }] });
        assert_eq!(names(team.clone(), None).await, ["Olga", "Otto"]);

        let manager = BulkField::Manager { manager_id: Some(id(2)) };
        let preview = bulk::preview(app, &admin, which(manager.clone(), None)).await.expect("a look");
        assert_eq!((preview.changing, preview.refused.len()), (1, 1), "nobody is their own manager");
        let managed = bulk::make(app, &admin, which(manager, None), None).await.expect("changed");
        assert_eq!((managed.changed, managed.owner_name.as_deref()), (1, Some("Olga")));
        let all = json!({ "all": [] });
        assert_eq!(names(all, Some("manager")).await[0], "Otto", "those with a manager come first");
        let tags = BulkField::AddTerms { terms: Vec::new() };
        let unknown = bulk::make(app, &admin, which(tags, Some(vec![2])), None).await;
        assert!(matches!(unknown, Err(Error::Invalid(_))), "{unknown:?}");

        let undone = bulk::undo(app, &admin, made.id, made.version).await.expect("taken back");
        assert_eq!(undone.left, Some(0));
        assert_eq!(names(team, None).await, [""; 0]);

        let save = SaveListView {
            list: Kind::Users,
            name: "Owners".to_owned(),
            state: [("filter".to_owned(), vec![owners.to_string()])].into(),
            is_shared: false,
            is_pinned: false,
        };
        list_view::save(app, &world.seller, save, None).await.expect("kept");
        let choice = Choice { filter: Some(owners.to_string()), ..Choice::default() };
        let file = export::open(app, &admin, Kind::Users, Format::Csv, Some(&choice)).await.expect("a file");
        assert_eq!(file.rows(), 2);
        let no_facet = listing::fields(app, &world.seller, Kind::Users).await.expect("fields");
        assert!(no_facet.iter().all(|field| field.kind != "facet"), "colleagues are not tagged");
    }
}
