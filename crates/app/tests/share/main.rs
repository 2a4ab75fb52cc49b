//! Content sent to buyers: what stops a link, what counts as an opening, and what it earns.

use app::{
    Error,
    content::edit::EditContent,
    leveraging::{self, Ask, AskDeals},
    share::{
        self, ShareState,
        visit::{self, Visitor},
    },
    user::{self, EditUser},
};
use domain::{access::Role, content::Audience, record::Action};
use storage::advocate::{self, NoGo};
use testkit::{FIRST_PAGE, NOW, build::id, day};

mod trashed;
mod world;

use world::{FIREFOX, World, buyer, token};

testkit::on_both_engines! {
    async fn a_buyer_sees_the_content_and_nothing_about_who_tells_it(db: TestDb) {
        let world = World::on(db).await;
        let made = world.share().await.expect("shared");
        assert_eq!((made.share.state, made.share.opening_count), (ShareState::Live, 0));
        assert_eq!(made.share.expires_on, NOW.day().plus_days(30));
        let token = token(&made);
        assert_eq!(token.len(), 43, "256 random bits");
        let seen = visit::look(&world.test.app, &token).await.expect("seen");
        assert_eq!((seen.title.as_str(), seen.shared_by.as_deref()), ("Cutover in six weeks", Some("Sam Seller")));
        let text = serde_json::to_string(&seen).expect("json");
        for secret in ["Ann", "Meridian", "Prospect", "Deal 1"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        assert!(matches!(visit::look(&world.test.app, "nothing").await, Err(Error::NotFound)));
    }

    async fn only_the_hash_of_a_link_is_kept(db: TestDb) {
        let world = World::on(db).await;
        let made = world.share().await.expect("shared");
        let row = storage::share::find(&world.test.app.store, made.share.id).await.expect("read").expect("a share");
        assert_eq!(row.token_hash, app::secret::hash(&token(&made)));
        assert!(!format!("{row:?}").contains(&token(&made)));
    }

    async fn a_link_stops_with_the_first_thing_that_takes_the_content_back(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        assert!(world.works(&token).await);
        world.withdraw().await;
        assert!(!world.works(&token).await);
        let state = share::of_opportunity(&world.test.app, &world.seller, id(1), &FIRST_PAGE).await.expect("a list").items[0].state;
        assert_eq!(state, ShareState::Stopped);
        let refused = world.share().await.expect_err("refused");
        assert!(matches!(&refused, Error::MoveNotAllowed(why) if why.contains("consent")), "{refused:?}");
    }

    async fn a_link_stops_when_its_content_is_retired(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        world.retire().await;
        assert!(!world.works(&token).await);
        assert!(matches!(world.share().await, Err(Error::NotFound)));
    }

    async fn a_link_stops_when_its_content_becomes_internal_or_goes_under_embargo_or_expires(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        world.edit(EditContent { audience: Some(Audience::Internal), ..EditContent::default() }).await;
        assert!(!world.works(&token).await);
        assert!(matches!(world.share().await, Err(Error::MoveNotAllowed(_))));
        world.edit(EditContent { audience: Some(Audience::Public), ..EditContent::default() }).await;
        assert!(world.works(&token).await);
        world.edit(EditContent { embargo_until: Some(Some(NOW.day().plus_days(1))), ..EditContent::default() }).await;
        assert!(!world.works(&token).await);
        world.edit(EditContent { embargo_until: Some(None), expires_on: Some(Some(NOW.day())), ..EditContent::default() }).await;
        assert!(world.works(&token).await);
        world.test.app.clock.set(NOW.plus_days(1));
        assert!(!world.works(&token).await);
    }

    async fn a_link_stops_when_the_customer_opts_out(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        world.opt_out().await;
        assert!(!world.works(&token).await);
    }

    async fn a_link_stops_when_its_sender_leaves(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        let admin = world.test.colleague(9, "Ada Admin", &[Role::Admin]).await;
        let ask = EditUser { is_active: Some(false), ..EditUser::default() };
        user::edit(&world.test.app, &admin, id(1), 1, ask).await.expect("edited");
        assert!(!world.works(&token).await);
    }

    async fn a_link_stops_after_its_last_day_and_when_it_is_revoked(db: TestDb) {
        let world = World::on(db).await;
        let (first, second) = (world.share().await.expect("shared"), world.link().await);
        let ended = share::revoke(&world.test.app, &world.seller, first.share.id).await.expect("revoked");
        assert_eq!((ended.state, ended.can_revoke), (ShareState::Revoked, false));
        assert!(!world.works(&token(&first)).await && world.works(&second).await);
        world.test.app.clock.set(NOW.plus_days(30));
        assert!(world.works(&second).await);
        world.test.app.clock.set(NOW.plus_days(31));
        assert!(!world.works(&second).await);
    }

    async fn sellers_share_on_and_revoke_on_their_own_deals_only(db: TestDb) {
        let world = World::on(db).await;
        let refused = world.share_on(2).await.expect_err("refused");
        assert!(matches!(&refused, Error::Invalid(problems) if problems[0].field == "opportunity_id"), "{refused:?}");
        let other = world.test.colleague(5, "Olaf Other", &[Role::Seller]).await;
        let made = world.share().await.expect("shared");
        assert!(matches!(share::revoke(&world.test.app, &other, made.share.id).await, Err(Error::NotFound)));
        assert!(matches!(share::of_opportunity(&world.test.app, &other, id(1), &FIRST_PAGE).await, Err(Error::NotFound)));
        let executive = world.test.colleague(6, "Eva Executive", &[Role::Executive]).await;
        assert!(matches!(share::revoke(&world.test.app, &executive, made.share.id).await, Err(Error::Forbidden)));
    }

    async fn nobody_sends_a_story_to_a_company_that_its_teller_ruled_out(db: TestDb) {
        let world = World::on(db).await;
        let tx = world.test.db.begin().await;
        advocate::set_no_go(&tx, id(1), vec![NoGo { advocate_id: id(1), account_id: id(2) }]).await.expect("written");
        tx.commit().await.expect("committed");
        assert!(matches!(world.share().await, Err(Error::MoveNotAllowed(_))));
    }

    async fn a_look_of_three_seconds_counts_once_and_a_shorter_one_never(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        world.visit(&token, &buyer(), 2).await;
        assert_eq!(world.openings().await, 0);
        let view = world.visit(&token, &buyer(), 3).await.expect("a look that counts");
        assert_eq!(world.openings().await, 1);
        visit::finish(&world.test.app, &token, view, &buyer()).await.expect("taken");
        visit::finish(&world.test.app, &token, id(77), &buyer()).await.expect("taken");
        assert_eq!(world.openings().await, 1);
    }

    async fn colleagues_and_scanners_do_not_count(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        let colleague = Visitor { is_colleague: true, ..buyer() };
        assert_eq!(world.visit(&token, &colleague, 5).await, None);
        for agent in [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
            "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36",
            "Microsoft Office Existence Discovery",
            "Barracuda Sentinel (EE)",
            "curl/8.5.0",
            "python-requests/2.31",
            "facebookexternalhit/1.1",
            "",
        ] {
            let scanner = Visitor { is_colleague: false, user_agent: Some(agent.to_owned()) };
            assert_eq!(world.visit(&token, &scanner, 5).await, None, "{agent}");
        }
        assert_eq!(world.visit(&token, &Visitor::default(), 5).await, None);
        assert_eq!(world.openings().await, 0);
        for agent in [
            FIREFOX,
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        ] {
            let person = Visitor { is_colleague: false, user_agent: Some(agent.to_owned()) };
            assert!(world.visit(&token, &person, 5).await.is_some(), "{agent}");
        }
        assert_eq!(world.openings().await, 3);
    }

    async fn the_deal_learns_the_day_of_an_opening_once_and_never_the_hour(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        world.visit(&token, &buyer(), 4).await;
        world.visit(&token, &buyer(), 4).await;
        world.test.app.clock.set(NOW.plus_days(1));
        world.visit(&token, &buyer(), 4).await;
        let page = app::audit::of_opportunity(&world.test.app, &world.seller, id(1), &Default::default()).await.expect("a timeline");
        let opened: Vec<_> = page.items.iter().filter(|entry| entry.action == Action::Opened).map(|entry| entry.at).collect();
        assert_eq!(opened, [NOW.plus_days(1).day().start(), NOW.day().start()]);
        let row = &share::of_opportunity(&world.test.app, &world.seller, id(1), &FIRST_PAGE).await.expect("a list").items[0];
        assert_eq!(row.opening_count, 3);
        assert_eq!((row.first_opened_on, row.last_opened_on), (Some(NOW.day()), Some(NOW.day().plus_days(1))));
    }

    async fn one_link_takes_a_bounded_number_of_looks(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        for _ in 0..60 {
            visit::begin(&world.test.app, &token, &buyer()).await.expect("begun");
        }
        let refused = visit::begin(&world.test.app, &token, &buyer()).await.expect_err("refused");
        assert!(matches!(refused, Error::TooManyAttempts { .. }), "{refused:?}");
    }

    async fn a_share_opened_before_the_close_is_an_influence_and_one_opened_after_is_none(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        world.close("2026-03-10").await;
        assert_eq!(world.leveraged().await, 0, "sent is not opened");
        world.test.app.clock.set(day("2026-03-10").start());
        world.visit(&token, &buyer(), 4).await;
        assert_eq!(world.leveraged().await, 1, "opened on the day of the close");
        let deals = leveraging::deals(&world.test.app, &world.program, &AskDeals::default()).await.expect("deals");
        let influence = &deals.items[0].influences[0];
        assert_eq!((influence.kind, influence.activity_label, influence.advocate_display.as_str()), ("share", "Case study", "Cutover in six weeks"));
        assert_eq!((influence.on, influence.content_id), (day("2026-03-10"), Some(world.content)));
        world.close("2026-03-09").await;
        assert_eq!(world.leveraged().await, 0, "opened after the close");
        let none = AskDeals { leveraged: Some(true), ..AskDeals::default() };
        assert_eq!(leveraging::deals(&world.test.app, &world.program, &none).await.expect("deals").total, 0);
    }

    async fn an_open_deal_with_opened_content_counts_as_one_with_a_reference(db: TestDb) {
        let world = World::on(db).await;
        let token = world.link().await;
        let open = async || leveraging::get(&world.test.app, &world.program, &Ask::default()).await.expect("the metric").open;
        assert_eq!((open().await.count, open().await.with_reference), (2, 0));
        world.visit(&token, &buyer(), 4).await;
        assert_eq!(open().await.with_reference, 1);
        let deal = app::opportunity::get(&world.test.app, &world.seller, id(1)).await.expect("a deal");
        assert!(deal.has_reference);
        let without = app::opportunity::ListOpportunities { without_reference: true, ..Default::default() };
        let listed = app::opportunity::list(&world.test.app, &world.program, without).await.expect("a list");
        assert_eq!(listed.total, 1);
    }
}
