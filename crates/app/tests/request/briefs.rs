//! What each side reads before the use, and that nobody reads more than is theirs.

use app::{
    Actor, Error,
    request::{
        CandidateAct, CandidateView,
        appointment::{self, PickSlot},
        brief::{self, BriefReader, BriefView},
        offer::{self, OfferSlots},
    },
};
use testkit::{NOW, build::id};

use crate::{
    appointments::{letters, with_mail},
    world::{World, only},
};

impl World {
    /// Ann says what she speaks about and what not.
    async fn names_topics(&self) {
        let tx = self.test.db.begin().await;
        let found = storage::advocate::by_ids(&tx, vec![id(1)]).await;
        let mut ann = found.expect("read").remove(&id(1)).expect("Ann");
        ann.headline = Some("Moved a hospital in a weekend".to_owned());
        ann.topics_can = "Migration\nTraining".to_owned();
        ann.topics_cannot = "Prices".to_owned();
        ann.notes = Some("Likes to talk long".to_owned());
        storage::advocate::save(&tx, &mut ann).await.expect("saved");
        tx.commit().await.expect("committed");
    }

    async fn briefs(&self, actor: &Actor, row: &CandidateView) -> Result<Vec<BriefView>, Error> {
        brief::of_candidate(&self.test.app, actor, row.id).await
    }
}

fn readers(briefs: &[BriefView]) -> Vec<BriefReader> {
    briefs.iter().map(|brief| brief.reader).collect()
}

/// The secret of the brief that a letter leads to.
fn secret(body: &str) -> String {
    let (_, rest) = body.split_once("/brief/").expect("a link");
    rest.split_whitespace().next().expect("a secret").to_owned()
}

testkit::on_both_engines! {
    async fn each_side_reads_what_is_theirs(db: TestDb) {
        let world = World::on(db).await;
        let term = world.tag_both_sides().await;
        world.names_topics().await;
        let asked = only(&world.submit(1).await.expect("submitted"));
        let early = world.briefs(&world.seller, &asked).await;
        assert!(matches!(early, Err(Error::MoveNotAllowed(_))), "nobody said yes yet");
        let stranger = world.test.colleague(8, "Sue Seller", &[domain::access::Role::Seller]).await;

        let asked = only(&world.approve(&asked).await.expect("approved"));
        let token = world.link(&asked).await;
        world.answer(&token, app::request::answer::YesNo::Accept).await.expect("accepted");
        let row = only(&world.read(asked.request_id).await);
        assert!(row.can.contains(&CandidateAct::ReadBriefs));
        assert!(matches!(world.briefs(&stranger, &row).await, Err(Error::NotFound)));

        let own = world.briefs(&world.seller, &row).await.expect("briefs");
        assert_eq!(readers(&own), vec![BriefReader::Seller, BriefReader::Buyer]);
        let [seller, buyer] = own.as_slice() else { panic!("two") };
        assert_eq!((seller.advocate_name.as_deref(), seller.headline.as_deref()), (Some("Ann Advocate"), Some("Moved a hospital in a weekend")));
        assert_eq!(seller.note.as_deref(), Some("Migration without downtime"));
        assert_eq!((seller.topics.as_slice(), seller.avoid.as_slice()), (["Migration".to_owned(), "Training".to_owned()].as_slice(), ["Prices".to_owned()].as_slice()));
        assert_eq!(seller.questions.iter().map(|question| question.term.clone()).collect::<Vec<_>>(), vec![term.clone()]);
        assert_eq!((buyer.advocate_name.as_deref(), buyer.title.as_deref(), buyer.account_name.as_deref()), (None, Some("CIO"), Some("Meridian Health")));
        assert!(buyer.note.is_none() && buyer.headline.is_none() && buyer.prospect_name.is_none());
        assert_eq!(buyer.avoid, vec!["Prices".to_owned()]);

        for reader in [&world.owner, &world.program] {
            let all = world.briefs(reader, &row).await.expect("briefs");
            assert_eq!(readers(&all), vec![BriefReader::Seller, BriefReader::Buyer, BriefReader::Advocate]);
            let said = serde_json::to_string(&all).expect("a text");
            assert!(!said.contains("Likes to talk long") && !said.contains("ann@meridian"), "{said}");
        }
        let all = world.briefs(&world.program, &row).await.expect("briefs");
        assert_eq!((all[2].prospect_name.as_deref(), all[2].title.as_deref()), (Some("Prospect Corp"), None));
        assert_eq!(all[2].why, vec![format!("Same industry: {term}")]);
    }

    async fn invitations_lead_to_the_brief_as_long_as_the_use_is_ahead(db: TestDb) {
        let world = World::on(db).await;
        let app = with_mail(&world).await;
        world.names_topics().await;
        let row = world.accepted().await;
        let slots = OfferSlots { slots: ["2026-03-25T09:00", "2026-03-26T09:00", "2026-03-27T09:00"].map(str::to_owned).to_vec(), time_zone: "UTC".to_owned(), place: None };
        let row = only(&offer::offer(&app, &world.seller, row.id, row.version, slots).await.expect("offered"));
        let pick = PickSlot { starts_at: "2026-03-25T09:00:00Z".parse().expect("an instant"), buyer_email: Some("buyer@prospect.example".to_owned()) };
        let row = only(&appointment::pick(&app, &world.seller, row.id, row.version, pick).await.expect("picked"));
        let sent = letters(&app).await;
        let to = |address: &str| sent.iter().find(|letter| letter.to.to_string() == address && letter.calendar.is_some()).expect("a letter");
        let (ann, buyer, sam) = (to("ann@meridian.example"), to("buyer@prospect.example"), to("sam@seller.example"));
        assert!(sam.body.contains(&format!("/requests/{}/briefs/{}", row.request_id, row.id)), "{}", sam.body);
        let calendar = ann.calendar.as_ref().expect("a file").text.replace("\r\n ", "");
        assert!(calendar.contains("/brief/"), "{calendar}");

        for (letter, reader) in [(ann, BriefReader::Advocate), (buyer, BriefReader::Buyer)] {
            let token = secret(&letter.body);
            for _ in 0..2 {
                assert_eq!(brief::look(&app, &token).await.expect("a brief").reader, reader, "it is read as often as one likes");
            }
            // Three weeks ahead is further than a link of another kind works.
            app.clock.set(NOW.plus_days(21));
            brief::look(&app, &token).await.expect("a brief");
            app.clock.set(NOW);
            assert!(matches!(app::request::answer::look(&app, &token).await, Err(Error::NotFound)), "it answers nothing");
        }
        let token = secret(&ann.body);
        let called_off = appointment::call_off(&app, &world.seller, row.id, row.version, appointment::CallOff::default()).await.expect("called off");
        assert!(letters(&app).await.iter().all(|letter| !letter.body.contains("/brief/")), "nothing to expect of what was called off");
        let withdrawn = app::request::stop::WithdrawRequest { reason: None };
        app::request::stop::withdraw(&app, &world.seller, called_off.id, called_off.version, withdrawn).await.expect("withdrawn");
        assert!(matches!(brief::look(&app, &token).await, Err(Error::LinkExpired)));
        assert!(matches!(brief::look(&app, &"x".repeat(101)).await, Err(Error::NotFound)));
    }
}
