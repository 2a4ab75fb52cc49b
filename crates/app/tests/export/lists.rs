//! Lists that are no kind of record: the file is the list to its end, and says so up front.

use app::{
    Actor, App, Error,
    audit::{self, ListEvents, Reading},
    demo, duplicate,
    export::{self, Format, lists::AskList},
    listing::{self, List},
    load::{self, ListName},
    request::{self, ListRequests},
    steward::{self, AskQueue},
};
use domain::{access::Role, record::RecordKind};
use serde_json::Value;
use testkit::{TestApp, build};

use super::SMALL;

/// The rows of an export as JSON, after those that it stated.
async fn rows(app: &App, actor: &Actor, ask: AskList) -> Vec<Value> {
    let export = export::open_list(app, actor, ask.clone(), Format::Jsonl).await;
    let export = export.unwrap_or_else(|error| panic!("{ask:?}: {error}"));
    let stated = export.rows();
    let text = export.text().await.expect("an export");
    let rows: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(rows.len(), stated, "{ask:?}");
    rows
}

/// A column of an export, for comparing it with what the list shows.
fn column(rows: &[Value], heading: &str) -> Vec<String> {
    let cell = |row: &Value| row[heading].as_str().expect("a text").to_owned();
    rows.iter().map(cell).collect()
}

/// Every page of a list, one after the other.
async fn pages<T>(read: impl AsyncFn(Option<String>) -> List<T>) -> Vec<T> {
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let page = read(cursor).await;
        all.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return all;
        }
    }
}

testkit::on_both_engines! {
    async fn every_list_goes_out_as_it_is_shown_to_its_end(db: TestDb) {
        let test = TestApp::on(db).await;
        demo::seed(&test.app, SMALL, |_, _| {}).await.expect("the demo is made");
        let (app, actor) = (&test.app, &Actor::operator());
        let shown = pages(async |cursor| {
            let ask = ListRequests { cursor, ..ListRequests::default() };
            request::list(app, actor, ask).await.expect("a page")
        }).await;
        let taken = rows(app, actor, AskList::Requests(ListRequests::default())).await;
        assert!(shown.len() > 50, "more than a page: {}", shown.len());
        assert_eq!(column(&taken, "Request id"), shown.iter().map(|row| row.id.to_string()).collect::<Vec<_>>());

        let shown = pages(async |cursor| {
            let ask = AskQueue { cursor, ..AskQueue::default() };
            steward::list(app, actor, ask).await.expect("a page").page
        }).await;
        let taken = rows(app, actor, AskList::Steward(AskQueue::default())).await;
        assert!(!shown.is_empty());
        assert_eq!(column(&taken, "Record id"), shown.iter().map(|row| row.record_id.to_string()).collect::<Vec<_>>());
        assert_eq!(column(&taken, "Name"), shown.iter().map(|row| row.name.clone()).collect::<Vec<_>>());

        let report = load::report(app, actor).await.expect("a report");
        for (name, list) in [(ListName::MostUsed, report.most_used), (ListName::NeverAsked, report.never_asked), (ListName::OverLimit, report.over_limit)] {
            let taken = rows(app, actor, AskList::Load(name)).await;
            assert_eq!(taken.len(), list.total, "{name}");
            let first = column(&taken[..list.rows.len()], "Advocate");
            assert_eq!(first, list.rows.iter().map(|row| row.display_name.clone()).collect::<Vec<_>>());
        }

        duplicate::look(app, actor).await.expect("looked");
        let page = listing::page(Some(200), None).expect("a page");
        for kind in [duplicate::Kind::Account, duplicate::Kind::Contact] {
            let shown = duplicate::list(app, actor, kind, &page).await.expect("a page");
            let taken = rows(app, actor, AskList::Duplicates(kind)).await;
            assert!(shown.total > 0, "{kind:?}");
            assert_eq!(column(&taken, "Other id"), shown.items.iter().map(|pair| pair.other.id.to_string()).collect::<Vec<_>>());
        }
    }

    async fn the_audit_log_ends_where_it_stood_and_runs_nothing_in_a_spreadsheet(db: TestDb) {
        let test = TestApp::on(db).await;
        let privacy = test.colleague(1, "=HYPERLINK(\"http://evil\")", &[Role::Privacy]).await;
        let add = async |number: u64| {
            let mut tx = test.db.begin().await;
            let row = build::account(number, "=1+1");
            storage::account::insert(&tx, row).await.expect("written");
            let event = storage::NewEvent::new(domain::record::Action::Created, RecordKind::Account, build::id::<uuid::Uuid>(number));
            tx.record(event.detail(serde_json::json!({ "name": "=1+1" })));
            tx.commit().await.expect("committed");
        };
        // More than one part of a file.
        for number in 1..=501 {
            add(number).await;
        }
        let ask = ListEvents { kind: Some(RecordKind::Account), ..ListEvents::default() };
        let export = export::open_list(&test.app, &privacy, AskList::Events(ask.clone()), Format::Csv).await.expect("opened");
        assert_eq!(export.rows(), 501);
        add(502).await;
        let text = export.text().await.expect("an export");
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(lines.len(), 501);

        let taken = rows(&test.app, &privacy, AskList::Events(ask.clone())).await;
        let shown = pages(async |cursor| {
            let reading = Reading { limit: Some(200), cursor };
            audit::list(&test.app, &privacy, ListEvents { reading, ..ask.clone() }).await.expect("a page")
        }).await;
        assert_eq!(taken.len(), 502);
        for (row, entry) in taken.iter().zip(&shown) {
            assert_eq!((&row["Position"], &row["What happened"]), (&Value::from(entry.position), &Value::from(entry.summary.clone())));
            assert_eq!(row["Changes"], serde_json::to_value(&entry.changes).expect("JSON"));
        }

        let of_people = AskList::Events(ListEvents { kind: Some(RecordKind::User), ..ListEvents::default() });
        let export = export::open_list(&test.app, &privacy, of_people, Format::Csv).await.expect("opened");
        let text = export.text().await.expect("an export");
        assert!(text.lines().nth(1).is_some_and(|line| line.contains("\"'=HYPERLINK") && !line.contains(",\"=")), "{text}");

        let newest = audit::list(&test.app, &privacy, ListEvents::default()).await.expect("a list");
        let note = &newest.items[0];
        assert_eq!(note.summary, "Exported the audit log");
        let noted = |field: &str| note.changes.iter().flatten().find(|change| change.field == field).map(|change| change.after.clone());
        assert_eq!(noted("rows"), Some(Value::from(2)));
        assert_eq!(noted("head"), Some(Value::from(note.position - 1)));
    }

    async fn a_list_goes_no_further_than_its_reader_may_take_it(db: TestDb) {
        let test = TestApp::on(db).await;
        let seller = test.colleague(1, "Sam Seller", &[Role::Seller]).await;
        let other = test.colleague(2, "Olga Other", &[Role::Seller]).await;
        let tx = test.db.begin().await;
        let requests = vec![build::request(1, build::id(1)), build::request(2, build::id(2))];
        storage::request::insert_all(&tx, requests).await.expect("written");
        tx.commit().await.expect("committed");
        for (actor, number) in [(&seller, 1), (&other, 2)] {
            let taken = rows(&test.app, actor, AskList::Requests(ListRequests::default())).await;
            assert_eq!(column(&taken, "Request id"), [build::id::<uuid::Uuid>(number).to_string()]);
        }
        let refused = async |actor: &Actor, ask: AskList| {
            let opened = export::open_list(&test.app, actor, ask.clone(), Format::Csv).await;
            assert!(matches!(opened, Err(Error::Forbidden)), "{ask:?}");
        };
        let events = || AskList::Events(ListEvents::default());
        for ask in [events(), AskList::Load(ListName::Tiring), AskList::Steward(AskQueue::default()), AskList::Duplicates(duplicate::Kind::Account)] {
            refused(&seller, ask).await;
        }
        let admin = test.colleague(3, "Ada Admin", &[Role::Admin]).await;
        refused(&admin, AskList::Requests(ListRequests::default())).await;
        let seen = rows(&test.app, &admin, events()).await;
        assert!(seen.iter().all(|row| row["Record kind"] != "request"), "{seen:?}");
        let executive = test.colleague(4, "Eve Executive", &[Role::Executive]).await;
        refused(&executive, AskList::Requests(ListRequests::default())).await;
        refused(&executive, events()).await;
    }
}
