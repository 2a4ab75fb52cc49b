//! The taxonomy through the public door, on a database of its own.

use app::{
    Actor, App, Error,
    taxonomy::{
        self, AddTerm, EditTerm, TermView,
        facet::{self, AddFacet, EditFacet},
        merge::{merge, unmerge},
        unmapped::{self, MapValue},
    },
};
use domain::{access::Role, record::RecordKind, text::fold};
use storage::tag::Tag;
use testkit::{FIRST_PAGE, TestApp};
use uuid::Uuid;

/// A page that holds all terms that a program begins with.
fn everything() -> storage::page::Page {
    storage::page::Page {
        limit: taxonomy::TERMS_PAGE_MAX,
        ..FIRST_PAGE
    }
}

async fn term(app: &App, facet: &str, name: &str) -> TermView {
    taxonomy::terms(app, &Actor::operator(), Some(facet), &everything())
        .await
        .expect("terms")
        .items
        .into_iter()
        .find(|term| term.name == name)
        .expect("a term of that name")
}

async fn add(app: &App, facet: &str, name: &str) -> TermView {
    let ask = AddTerm {
        facet: facet.to_owned(),
        name: name.to_owned(),
        ..AddTerm::default()
    };
    taxonomy::add(app, &Actor::operator(), ask, None)
        .await
        .expect("a new term")
}

/// Tags `count` made-up accounts with a value that nobody has mapped.
async fn tag(app: &App, facet: &str, written: &str, count: u128) -> Vec<Uuid> {
    let facet = taxonomy::Mapper::load(&app.store)
        .await
        .expect("a mapper")
        .facet(facet)
        .expect("a facet");
    let ids: Vec<Uuid> = (1..=count).map(Uuid::from_u128).collect();
    let rows = ids
        .iter()
        .map(|id| Tag {
            record_kind: RecordKind::Account,
            record_id: *id,
            facet_id: facet,
            folded: fold(written),
            written: written.to_owned(),
            term_id: None,
        })
        .collect();
    let actor = Actor::operator().as_ref();
    let tx = app
        .store
        .begin(actor, app.clock.now())
        .await
        .expect("a write");
    storage::tag::insert_all(&tx, rows).await.expect("tags");
    tx.commit().await.expect("a commit");
    ids
}

async fn terms_on(app: &App, ids: Vec<Uuid>) -> Vec<Option<domain::id::TermId>> {
    storage::tag::of(&app.store, RecordKind::Account, ids)
        .await
        .expect("tags")
        .into_iter()
        .map(|tag| tag.term_id)
        .collect()
}

testkit::on_both_engines! {
    async fn a_new_database_is_seeded_once_and_what_people_changed_stays(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let facets = facet::list(app, &Actor::operator())
            .await
            .expect("facets");
        assert_eq!(facets.total, 16);
        let retail = term(app, "industry", "Retail").await;
        let change = EditTerm {
            name: Some("Shops".to_owned()),
            ..EditTerm::default()
        };
        let actor = Actor::operator();
        taxonomy::edit(app, &actor, retail.id, retail.version, change)
            .await
            .expect("a rename");
        let before = taxonomy::terms(app, &actor, None, &everything()).await.expect("terms");
        taxonomy::ensure_seeded(app).await.expect("a second seed");
        let after = taxonomy::terms(app, &actor, None, &everything()).await.expect("terms");
        assert_eq!(before.total, after.total);
        assert_eq!(term(app, "industry", "Shops").await.id, retail.id);
    }

    async fn terms_come_page_by_page_each_once(db: TestDb) {
        let test = TestApp::on(db).await;
        let (app, actor) = (&test.app, Actor::operator());
        let whole = taxonomy::terms(app, &actor, Some("industry"), &everything()).await.expect("terms");
        let (mut paged, mut cursor) = (Vec::new(), None);
        loop {
            let page = app::listing::page(Some(7), cursor.as_deref()).expect("a page");
            let part = taxonomy::terms(app, &actor, Some("industry"), &page).await.expect("terms");
            assert_eq!(part.total, whole.total);
            paged.extend(part.items.into_iter().map(|term| term.id));
            cursor = part.next_cursor;
            if cursor.is_none() { break }
        }
        assert_eq!(paged, whole.items.iter().map(|term| term.id).collect::<Vec<_>>());
    }

    async fn a_facet_of_the_program_takes_terms_columns_and_another_name(db: TestDb) {
        let test = TestApp::on(db).await;
        let (app, actor) = (&test.app, Actor::operator());
        let ask = |name: &str| AddFacet { name: name.to_owned(), ..AddFacet::default() };
        let made = facet::add(app, &actor, ask("Compliance need"), None).await.expect("a facet");
        assert_eq!((made.key.as_str(), made.multi), ("compliance_need", true));
        for taken in [ask(" compliance NEED "), AddFacet { key: Some("compliance_need".into()), ..ask("Other") }] {
            assert!(matches!(facet::add(app, &actor, taken, None).await, Err(Error::Invalid(_))));
        }
        for (field, bad) in [("name", ask(" ")), ("key", ask("123")), ("key", AddFacet { key: Some("Has Space".into()), ..ask("Fine") })] {
            let refused = facet::add(app, &actor, bad, None).await;
            assert!(matches!(refused, Err(Error::Invalid(problems)) if problems[0].field == field), "{field}");
        }
        let soc = add(app, "compliance_need", "SOC 2").await;
        let file = b"Account Name,Compliance Need
Acme,SOC 2
Beta,ISO 27001
".to_vec();
        let ask = app::import::RunImport { kind: import::kind::Kind::Accounts, files: vec![("accounts.csv".into(), file)], mapping: None, answers: vec![], default_currency: None, dry_run: false };
        let again = ask.clone();
        let done = app::import::run(app, &actor, ask, |_, _| {}).await.expect("an import");
        assert_eq!((done.report.created, done.report.ignored_columns.len()), (2, 0));
        assert_eq!(taxonomy::get(app, &actor, soc.id).await.expect("the term").tagged, 1);
        let waiting = unmapped::list(app, &actor, None, None).await.expect("the queue");
        assert_eq!(waiting.items.iter().map(|value| (value.facet.as_str(), value.raw.as_str())).collect::<Vec<_>>(), [("compliance_need", "ISO 27001")]);
        assert_eq!(app::import::run(app, &actor, again, |_, _| {}).await.expect("an import").report.unchanged, 2);

        let now = facet::get(app, &actor, made.id).await.expect("the facet");
        let rename = EditFacet { name: Some("Compliance".into()) };
        assert!(matches!(facet::edit(app, &actor, made.id, now.version + 1, rename.clone()).await, Err(Error::Stale { .. })));
        let renamed = facet::edit(app, &actor, made.id, now.version, rename.clone()).await.expect("a rename");
        assert_eq!((renamed.name.as_str(), renamed.key.as_str(), renamed.version), ("Compliance", "compliance_need", now.version + 1));
        assert_eq!(facet::edit(app, &actor, made.id, renamed.version, rename).await.expect("nothing to do").version, renamed.version);
        let seller = test.colleague(1, "Sue Seller", &[Role::Seller]).await;
        assert!(matches!(facet::add(app, &seller, AddFacet { name: "X".into(), ..AddFacet::default() }, None).await, Err(Error::Forbidden)));
    }

    async fn a_mapping_to_the_terms_of_no_facet_is_refused(db: TestDb) {
        let test = TestApp::on(db).await;
        let mut mapping = import::mapping::Mapping::new(import::kind::Kind::Accounts);
        mapping.columns.push(import::mapping::MappedColumn::new("Name", "account.name"));
        mapping.columns.push(import::mapping::MappedColumn::new("Shoe", "terms:shoe_size"));
        let ask = app::import::RunImport { kind: import::kind::Kind::Accounts, files: vec![("a.csv".into(), b"Name,Shoe\nAcme,42\n".to_vec())], mapping: Some(mapping), answers: vec![], default_currency: None, dry_run: false };
        let refused = app::import::run(&test.app, &Actor::operator(), ask, |_, _| {}).await;
        assert!(matches!(refused, Err(Error::BadFile(why)) if why.contains("terms:shoe_size")));
    }

    async fn countries_lie_in_sub_regions_of_regions(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let germany = term(app, "region", "Germany").await;
        let western = term(app, "region", "Western Europe").await;
        let europe = term(app, "region", "Europe").await;
        assert_eq!(germany.parent_id, Some(western.id));
        assert_eq!(western.parent_id, Some(europe.id));
        assert_eq!(europe.parent_id, None);
        assert!(germany.synonyms.contains(&"DEU".to_owned()));
    }

    async fn the_queue_names_each_value_with_what_it_probably_means(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        tag(app, "industry", "technolgy", 12).await;
        tag(app, "region", "Philipines", 1).await;
        let queue = unmapped::list(app, &Actor::operator(), Some(200), None)
            .await
            .expect("the queue");
        let found: Vec<(&str, &str, i64, &str)> = queue
            .items
            .iter()
            .map(|value| {
                let suggestion = value.suggestion.as_ref().expect("a suggestion");
                let (facet, raw) = (value.facet.as_str(), value.raw.as_str());
                (facet, raw, value.count, suggestion.name.as_str())
            })
            .collect();
        assert_eq!(
            found,
            [
                ("industry", "technolgy", 12, "Technology"),
                ("region", "Philipines", 1, "Philippines"),
            ]
        );
        assert_eq!(queue.total, 2);
    }

    async fn a_mapping_reaches_every_carrier_and_its_timeline_and_is_remembered(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let ids = tag(app, "industry", "technolgy", 2_500).await;
        let technology = term(app, "industry", "Technology").await;
        let ask = MapValue {
            facet: "industry".to_owned(),
            raw: "technolgy".to_owned(),
            term_id: technology.id,
        };
        let actor = Actor::operator();
        let before = storage::log::head(&app.store).await.expect("the head");
        let mapped = unmapped::map(app, &actor, ask).await.expect("a mapping");
        assert_eq!(mapped.records, 2_500);
        let head = storage::log::head(&app.store).await.expect("the head");
        assert_eq!(
            head.position - before.position,
            3,
            "1,000 carriers an event"
        );
        let touched = storage::log::touched_between(&app.store, before.position, head.position)
            .await
            .expect("touched records");
        let accounts = touched
            .iter()
            .filter(|row| row.record_kind == RecordKind::Account);
        assert_eq!(accounts.count(), 2_500);
        let terms = terms_on(app, ids[..3].to_vec()).await;
        assert_eq!(terms, [Some(technology.id); 3]);
        let mapper = taxonomy::Mapper::load(&app.store).await.expect("a mapper");
        let industry = mapper.facet("industry").expect("a facet");
        assert_eq!(mapper.resolve(industry, "Technolgy"), Some(technology.id));
        let faults = storage::log::verify(&app.store).await.expect("a chain");
        assert_eq!(faults, []);
    }

    async fn mapping_a_value_again_corrects_the_records_too(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let ids = tag(app, "industry", "Gadgets", 2).await;
        let actor = Actor::operator();
        for name in ["Retail", "Technology"] {
            let wanted = term(app, "industry", name).await.id;
            let ask = MapValue {
                facet: "industry".to_owned(),
                raw: "Gadgets".to_owned(),
                term_id: wanted,
            };
            unmapped::map(app, &actor, ask).await.expect("a mapping");
            assert_eq!(terms_on(app, ids.clone()).await, [Some(wanted); 2]);
        }
    }

    async fn a_value_is_not_mapped_away_from_the_term_it_names_or_across_facets(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = Actor::operator();
        let mut ask = MapValue {
            facet: "industry".to_owned(),
            raw: "Retail".to_owned(),
            term_id: term(app, "industry", "Technology").await.id,
        };
        let refused = unmapped::map(app, &actor, ask.clone()).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        ask.raw = "Gadgets".to_owned();
        ask.term_id = term(app, "region", "Europe").await.id;
        let refused = unmapped::map(app, &actor, ask).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }

    async fn a_product_written_without_its_blank_waits_for_the_term_and_is_then_mapped(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let ids = tag(app, "product", "GTXPro", 3).await;
        let product = add(app, "product", "GTX Pro").await;
        assert_eq!(terms_on(app, ids).await, [Some(product.id); 3]);
        assert_eq!(term(app, "product", "GTX Pro").await.tagged, 3);
        assert_eq!(term(app, "product", "GTX Pro").await.synonyms, ["GTXPro"]);
    }

    async fn a_merge_moves_nothing_and_can_be_taken_back(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = Actor::operator();
        let (one, two, three) = (
            add(app, "product", "One").await,
            add(app, "product", "Two").await,
            add(app, "product", "Three").await,
        );
        let one = merge(app, &actor, one.id, one.version, two.id)
            .await
            .expect("a merge");
        let two = merge(app, &actor, two.id, two.version, three.id)
            .await
            .expect("a merge");
        let names = storage::term::names(&app.store, vec![one.id])
            .await
            .expect("names");
        assert_eq!(names[&one.id].name, "Three");
        let circle = merge(app, &actor, three.id, three.version, one.id).await;
        assert!(matches!(circle, Err(Error::Invalid(_))), "{circle:?}");
        let europe = term(app, "region", "Europe").await;
        let across = merge(app, &actor, three.id, three.version, europe.id).await;
        assert!(matches!(across, Err(Error::Invalid(_))), "{across:?}");
        let two = unmerge(app, &actor, two.id, two.version)
            .await
            .expect("an undone merge");
        assert_eq!(two.merged_into, None);
        let names = storage::term::names(&app.store, vec![one.id])
            .await
            .expect("names");
        assert_eq!(names[&one.id].name, "Two");
        let again = unmerge(app, &actor, two.id, two.version).await;
        assert!(matches!(again, Err(Error::MoveNotAllowed(_))), "{again:?}");
    }

    async fn a_text_stands_for_one_term_only(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = Actor::operator();
        let ask = AddTerm {
            facet: "industry".to_owned(),
            name: "Health care".to_owned(),
            ..AddTerm::default()
        };
        let refused = taxonomy::add(app, &actor, ask, None).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        let retail = term(app, "industry", "Retail").await;
        let change = EditTerm {
            synonyms: Some(vec!["Banks".to_owned()]),
            ..EditTerm::default()
        };
        let refused = taxonomy::edit(app, &actor, retail.id, retail.version, change).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }

    async fn a_parent_that_lies_under_the_term_is_refused(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let retail = term(app, "industry", "Retail").await;
        let shop = term(app, "industry", "E-commerce").await;
        let change = EditTerm {
            parent_id: Some(Some(shop.id)),
            ..EditTerm::default()
        };
        let refused = taxonomy::edit(app, &Actor::operator(), retail.id, retail.version, change).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }

    async fn retiring_takes_the_newest_version_and_the_right_role(db: TestDb) {
        let test = TestApp::on(db).await;
        let app = &test.app;
        let actor = Actor::operator();
        let retail = term(app, "industry", "Retail").await;
        let retired = taxonomy::retire(app, &actor, retail.id, retail.version)
            .await
            .expect("a retired term");
        assert!(retired.retired);
        let stale = taxonomy::restore(app, &actor, retail.id, retail.version).await;
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
        let mut seller = Actor::operator();
        seller.roles = vec![Role::Seller];
        let refused = taxonomy::restore(app, &seller, retail.id, retired.version).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        let stage = term(app, "deal_stage", "Early").await;
        let fixed = taxonomy::retire(app, &actor, stage.id, stage.version).await;
        assert!(matches!(fixed, Err(Error::MoveNotAllowed(_))), "{fixed:?}");
    }
}
