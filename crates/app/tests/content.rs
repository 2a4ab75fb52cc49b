//! The content library: what comes in, who sees it, and when it may be used.

use app::{
    Actor, Error,
    advocate::consent::{RecordConsent, record},
    content::{
        self, ContentView, ListContent,
        approve::{self, MoveContent},
        edit::{self, CreateContent, EditContent},
    },
    find::{self, FindReferences},
};
use domain::{
    access::Role,
    activity::Activity,
    consent::{ConsentKind, ConsentSource},
    content::{ContentKind, ContentState, ContentStatus},
    id::{ContentId, TermId},
    opportunity::DealStage,
};
use storage::{account, advocate, contact};
use testkit::{TestApp, TestDb, build, build::id, day};

struct World {
    test: TestApp,
    seller: Actor,
    program: Actor,
}

impl World {
    /// A customer with an advocate, number 1 each.
    async fn on(db: TestDb) -> Self {
        let test = TestApp::on(db).await;
        let seller = test.colleague(1, "Sam Seller", &[Role::Seller]).await;
        let program = test.colleague(2, "Pia Program", &[Role::Program]).await;
        let tx = test.db.begin().await;
        account::insert_all(&tx, vec![build::account(1, "Meridian Health")])
            .await
            .expect("written");
        contact::insert_all(&tx, vec![build::contact(1, "Ann Advocate", id(1))])
            .await
            .expect("written");
        advocate::insert_all(&tx, vec![build::advocate(1, id(1))])
            .await
            .expect("written");
        tx.commit().await.expect("committed");
        Self {
            test,
            seller,
            program,
        }
    }

    async fn draft(&self, title: &str) -> ContentView {
        let ask = CreateContent {
            body: Some("Cutover in six weeks.".to_owned()),
            ..titled(title)
        };
        self.create(ask).await.expect("a draft")
    }

    async fn create(&self, ask: CreateContent) -> Result<ContentView, Error> {
        let made = edit::create(&self.test.app, &self.program, ask, None).await?;
        content::get(&self.test.app, &self.program, made).await
    }

    async fn edit(&self, row: &ContentView, ask: EditContent) -> Result<ContentView, Error> {
        let (app, program) = (&self.test.app, &self.program);
        edit::edit(app, program, row.row.id, row.version, ask).await
    }

    async fn move_to(&self, row: &ContentView, to: ContentStatus) -> Result<ContentView, Error> {
        let ask = MoveContent { to, reason: None };
        let (app, program) = (&self.test.app, &self.program);
        approve::advance(app, program, row.row.id, row.version, ask).await
    }

    async fn approved(&self, title: &str) -> ContentView {
        let draft = self.draft(title).await;
        self.move_to(&draft, ContentStatus::Approved)
            .await
            .expect("approved")
    }

    async fn list(&self, actor: &Actor, ask: ListContent) -> Vec<String> {
        let list = content::list(&self.test.app, actor, ask)
            .await
            .expect("a list");
        assert_eq!(list.total, list.items.len() as u64);
        list.items.into_iter().map(|row| row.title).collect()
    }

    async fn seen_by_seller(&self, id: ContentId) -> bool {
        content::get(&self.test.app, &self.seller, id).await.is_ok()
    }

    async fn consent(&self, kind: ConsentKind) {
        let ask = RecordConsent {
            kind,
            activity: Some(Activity::CaseStudy),
            source: ConsentSource::Mail,
            text_version: "2026-1".to_owned(),
            valid_until: None,
            agrees_ahead: false,
            channel: None,
            region_id: None,
        };
        record(&self.test.app, &self.program, id(1), ask, None)
            .await
            .expect("recorded");
    }

    async fn term(&self, facet: &str) -> TermId {
        let taxonomy = self.test.app.index.taxonomy(&self.test.app).await;
        let taxonomy = taxonomy.expect("a taxonomy");
        let facet = taxonomy
            .facets()
            .iter()
            .find(|known| known.key == facet)
            .expect("a facet")
            .id;
        let is_child = |term: &&domain::taxonomy::TermInfo| term.facet == facet;
        let terms = taxonomy.terms().iter().filter(is_child);
        terms.map(|term| term.id).next().expect("a term")
    }
}

fn titled(title: &str) -> CreateContent {
    CreateContent {
        title: title.to_owned(),
        kind: ContentKind::CaseStudy,
        audience: None,
        stage: None,
        url: None,
        body: None,
        account_id: None,
        advocate_id: None,
        embargo_until: None,
        expires_on: None,
        terms: None,
    }
}

fn field_of(refused: Error) -> String {
    match refused {
        Error::Invalid(problems) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    }
}

testkit::on_both_engines! {
    async fn a_draft_is_seen_by_those_who_edit_and_by_all_once_it_is_approved(db: TestDb) {
        let world = World::on(db).await;
        let draft = world.draft("Cutover in six weeks").await;
        assert_eq!(draft.row.state, ContentState::Draft);
        assert!(!world.seen_by_seller(draft.row.id).await);
        world.move_to(&draft, ContentStatus::Approved).await.expect("approved");
        assert!(world.seen_by_seller(draft.row.id).await);
        let page = content::timeline(&world.test.app, &world.program, draft.row.id, &Default::default()).await.expect("a timeline");
        let actions: Vec<String> = page.items.iter().map(|entry| entry.action.to_string()).collect();
        assert_eq!(actions, ["moved", "created"]);
    }

    async fn content_is_not_seen_under_embargo_nor_after_its_last_day(db: TestDb) {
        let world = World::on(db).await;
        let row = world.approved("Launch story").await;
        let row = world.edit(&row, EditContent {
            embargo_until: Some(Some(day("2026-03-10"))),
            expires_on: Some(Some(day("2026-03-20"))),
            ..EditContent::default()
        }).await.expect("edited");
        assert_eq!(row.row.state, ContentState::Embargoed);
        for (today, seen) in [("2026-03-09", false), ("2026-03-10", true), ("2026-03-20", true), ("2026-03-21", false)] {
            world.test.app.clock.set(day(today).start());
            assert_eq!(world.seen_by_seller(row.row.id).await, seen, "{today}");
            let titles = world.list(&world.seller, ListContent::default()).await;
            assert_eq!(!titles.is_empty(), seen, "{today}");
            let found = find::search(&world.test.app, &world.seller, FindReferences { text: Some("cutover".to_owned()), ..FindReferences::default() }).await.expect("an answer");
            assert_eq!(!found.content.is_empty(), seen, "{today}");
        }
    }

    async fn a_null_takes_a_value_away_and_an_absent_field_stays(db: TestDb) {
        let world = World::on(db).await;
        let row = world.create(CreateContent { stage: Some(DealStage::Late), url: Some("https://x.example/a".to_owned()), ..titled("A") }).await.expect("made");
        let row = world.edit(&row, EditContent { title: Some("B".to_owned()), ..EditContent::default() }).await.expect("edited");
        assert_eq!((row.row.stage, row.row.title.as_str()), (Some(DealStage::Late), "B"));
        let row = world.edit(&row, EditContent { stage: Some(None), url: Some(String::new()), ..EditContent::default() }).await.expect("edited");
        assert_eq!((row.row.stage, row.row.url.as_deref()), (None, None));
    }

    async fn an_edit_from_an_older_version_is_refused(db: TestDb) {
        let world = World::on(db).await;
        let old = world.draft("A").await;
        world.edit(&old, EditContent { title: Some("B".to_owned()), ..EditContent::default() }).await.expect("edited");
        let refused = world.edit(&old, EditContent { title: Some("C".to_owned()), ..EditContent::default() }).await.expect_err("refused");
        assert!(matches!(refused, Error::Stale { current: 2 }), "{refused:?}");
    }

    async fn only_web_addresses_are_taken_as_links(db: TestDb) {
        let world = World::on(db).await;
        for wrong in ["javascript:alert(1)", "data:text/html,x", "ftp://x.example", "//x.example", "https://", "https://x.example/\u{9}a b", "x.example"] {
            let refused = world.create(CreateContent { url: Some(wrong.to_owned()), ..titled("A") }).await.expect_err(wrong);
            assert_eq!(field_of(refused), "url", "{wrong}");
        }
    }

    async fn sellers_neither_make_nor_edit_nor_approve_content(db: TestDb) {
        let world = World::on(db).await;
        let row = world.draft("A").await;
        let (app, seller) = (&world.test.app, &world.seller);
        assert!(matches!(edit::create(app, seller, titled("B"), None).await, Err(Error::Forbidden)));
        assert!(matches!(edit::edit(app, seller, row.row.id, 1, EditContent::default()).await, Err(Error::Forbidden)));
        let ask = MoveContent { to: ContentStatus::Approved, reason: None };
        assert!(matches!(approve::advance(app, seller, row.row.id, 1, ask).await, Err(Error::Forbidden)));
    }

    async fn content_with_nothing_to_show_is_not_approved(db: TestDb) {
        let world = World::on(db).await;
        let empty = world.create(titled("Only a title")).await.expect("made");
        let refused = world.move_to(&empty, ContentStatus::Approved).await.expect_err("refused");
        assert!(matches!(refused, Error::MoveNotAllowed(_)), "{refused:?}");
    }

    async fn what_a_customer_took_back_is_neither_approved_nor_found(db: TestDb) {
        let world = World::on(db).await;
        let row = world.draft("Cutover in six weeks").await;
        let row = world.edit(&row, EditContent { advocate_id: Some(Some(id(1))), ..EditContent::default() }).await.expect("edited");
        let row = world.move_to(&row, ContentStatus::Approved).await.expect("approved");
        let ask = || FindReferences { text: Some("cutover".to_owned()), ..FindReferences::default() };
        let found = find::search(&world.test.app, &world.seller, ask()).await.expect("an answer");
        assert_eq!(found.content.len(), 1);
        world.consent(ConsentKind::Withdrawn).await;
        let found = find::search(&world.test.app, &world.seller, ask()).await.expect("an answer");
        assert_eq!(found.content.len(), 0);
        let row = content::get(&world.test.app, &world.program, row.row.id).await.expect("seen");
        assert!(!row.row.consent_stands && !row.can_share);
        let back = world.move_to(&row, ContentStatus::Draft).await.expect("a draft again");
        let refused = world.move_to(&back, ContentStatus::Approved).await.expect_err("refused");
        assert!(matches!(refused, Error::MoveNotAllowed(_)), "{refused:?}");
        world.consent(ConsentKind::Given).await;
        let given = content::get(&world.test.app, &world.program, row.row.id).await.expect("seen");
        assert!(given.row.consent_stands);
    }

    async fn a_list_is_narrowed_sorted_and_counted_by_stage(db: TestDb) {
        let world = World::on(db).await;
        let term = world.term("industry").await;
        let early = world.approved("Early clip").await;
        world.edit(&early, EditContent { stage: Some(Some(DealStage::Early)), kind: Some(ContentKind::Video), terms: Some(vec![term]), ..EditContent::default() }).await.expect("edited");
        let late = world.approved("Late deck").await;
        world.edit(&late, EditContent { stage: Some(Some(DealStage::Late)), account_id: Some(Some(id(1))), expires_on: Some(Some(day("2026-04-01"))), ..EditContent::default() }).await.expect("edited");
        world.draft("A draft").await;
        let all = ListContent::default;
        assert_eq!(world.list(&world.program, all()).await, ["A draft", "Early clip", "Late deck"]);
        assert_eq!(world.list(&world.seller, all()).await, ["Early clip", "Late deck"]);
        assert_eq!(world.list(&world.seller, ListContent { stage: Some(DealStage::Late), ..all() }).await, ["Late deck"]);
        assert_eq!(world.list(&world.seller, ListContent { kinds: vec![ContentKind::Video], ..all() }).await, ["Early clip"]);
        assert_eq!(world.list(&world.seller, ListContent { terms: vec![term], ..all() }).await, ["Early clip"]);
        assert_eq!(world.list(&world.seller, ListContent { text: Some("meridian".to_owned()), ..all() }).await, ["Late deck"]);
        assert_eq!(world.list(&world.program, ListContent { state: Some(ContentState::Draft), ..all() }).await, ["A draft"]);
        assert_eq!(world.list(&world.program, ListContent { sort: Some("expires_on".to_owned()), ..all() }).await[0], "Late deck");
        assert_eq!(world.list(&world.program, ListContent { expires_until: Some(day("2026-04-01")), ..all() }).await, ["Late deck"]);
        let list = content::list(&world.test.app, &world.program, ListContent { stage: Some(DealStage::Late), ..all() }).await.expect("a list");
        let mut stages: Vec<_> = list.stages.iter().map(|row| (row.stage, row.total)).collect();
        stages.sort_unstable();
        assert_eq!(stages, [(None, 1), (Some(DealStage::Early), 1), (Some(DealStage::Late), 1)]);
    }
}
