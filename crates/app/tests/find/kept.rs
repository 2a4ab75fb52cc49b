//! Searches that are kept, those that found nobody, and more of the same.

use app::{
    Error,
    find::{self, CriterionInput, FindReferences},
    inbox::{self, ListNotices},
    saved_search::{self, EditSavedSearch, Looked, SaveSearch, SavedSearchView},
    unmet_search,
};
use domain::{access::Role, advocate::AdvocateStatus, id::AccountId, id::AdvocateId};
use storage::{NewEvent, advocate};
use testkit::build::id;

use crate::world::*;

impl World {
    async fn keep(&self, text: &str, alerts: bool) -> SavedSearchView {
        let ask = SaveSearch {
            name: "Hospitals".to_owned(),
            ask: about(text),
            alerts,
        };
        let kept = saved_search::save(&self.test.app, &self.seller, ask, None).await;
        kept.expect("kept")
    }

    /// What the seller's inbox says, newest first.
    async fn inbox(&self) -> Vec<(String, String, String)> {
        let listed = inbox::list(&self.test.app, &self.seller, ListNotices::default()).await;
        let notices = listed.expect("the inbox").page.items.into_iter();
        notices.map(|one| (one.title, one.body, one.link)).collect()
    }

    async fn look(&self, looked: &mut Looked) -> usize {
        saved_search::look(&self.test.app, looked)
            .await
            .expect("looked")
    }

    /// Pauses an advocate or lets them be asked again, as an edit would.
    async fn set_status(&self, number: u64, status: AdvocateStatus) {
        let mut tx = self.test.db.begin().await;
        let mut rows = advocate::by_ids(&tx, vec![id(number)]).await.expect("rows");
        let mut row = rows.remove(&id::<AdvocateId>(number)).expect("an advocate");
        row.status = status;
        advocate::save(&tx, &mut row).await.expect("saved");
        let kind = domain::record::RecordKind::Advocate;
        tx.record(NewEvent::new(domain::record::Action::Moved, kind, row.id));
        tx.commit().await.expect("committed");
    }
}

testkit::on_both_engines! {
    async fn a_new_match_of_a_kept_search_is_told_once_and_again_when_it_comes_back(db: TestDb) {
        let world = World::on(db).await;
        world.set_status(TELLER, AdvocateStatus::Paused).await;
        let kept = world.keep("hospitals", true).await;
        let mut looked = Looked::default();
        assert_eq!(world.look(&mut looked).await, 0, "whom it found when it was kept is no news");
        world.set_status(TELLER, AdvocateStatus::Active).await;
        assert_eq!(world.look(&mut looked).await, 1);
        assert_eq!(world.look(&mut looked).await, 0);
        assert_eq!(world.look(&mut Looked::default()).await, 0, "another node has no news either");
        let told = world.inbox().await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].0, "New match for \"Hospitals\"");
        assert_eq!(told[0].1, "Advocate at Customer 3 can be asked now.", "the name is masked");
        assert_eq!(told[0].2, format!("/find?saved={}", kept.id));
        world.set_status(TELLER, AdvocateStatus::Paused).await;
        assert_eq!(world.look(&mut looked).await, 0, "who leaves is no news");
        world.set_status(TELLER, AdvocateStatus::Active).await;
        assert_eq!(world.look(&mut looked).await, 1);
    }

    async fn who_fits_less_than_half_and_searches_without_an_alert_are_no_news(db: TestDb) {
        let world = World::on(db).await;
        for number in [BANK, TELLER] {
            world.set_status(number, AdvocateStatus::Paused).await;
        }
        world.keep("hospitals", true).await;
        world.keep("banking", false).await;
        world.set_status(BANK, AdvocateStatus::Active).await;
        assert_eq!(world.look(&mut Looked::default()).await, 0);
        world.set_status(TELLER, AdvocateStatus::Active).await;
        assert_eq!(world.look(&mut Looked::default()).await, 1);
    }

    async fn a_kept_search_is_renamed_switched_and_removed_by_its_keeper_alone(db: TestDb) {
        let world = World::on(db).await;
        let other = world.test.colleague(5, "Olga Other", &[Role::Seller]).await;
        let (app, seller) = (&world.test.app, &world.seller);
        let kept = world.keep("hospitals", false).await;
        let renamed = || EditSavedSearch { name: Some("Clinics".to_owned()), alerts: Some(true) };
        let refused = saved_search::edit(app, &other, kept.id, 1, renamed()).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        let changed = saved_search::edit(app, seller, kept.id, 1, renamed()).await.expect("changed");
        assert_eq!((changed.name.as_str(), changed.alerts, changed.version), ("Clinics", true, 2));
        assert_eq!(changed.ask.text.as_deref(), Some("hospitals"));
        let stale = saved_search::edit(app, seller, kept.id, 1, renamed()).await;
        assert!(matches!(stale, Err(Error::Stale { current: 2 })));
        assert!(matches!(saved_search::remove(app, &other, kept.id).await, Err(Error::NotFound)));
        assert_eq!(saved_search::list(app, &other).await.expect("a list").items.len(), 0);
        saved_search::remove(app, seller, kept.id).await.expect("removed");
        assert_eq!(saved_search::list(app, seller).await.expect("a list").items.len(), 0);
    }

    async fn a_search_that_found_nobody_is_listed_with_its_deal_for_the_program_alone(db: TestDb) {
        let world = World::on(db).await;
        let (_, france) = world.terms[&("region".to_owned(), "France".to_owned())];
        let criteria = vec![CriterionInput {
            facet: "region".to_owned(),
            terms: vec![france],
            must: true,
            weight: None,
        }];
        let ask = FindReferences {
            opportunity_id: Some(id(DEAL)),
            criteria: Some(criteria),
            ..about("downtime")
        };
        assert!(world.search(ask).await.unmet_recorded);
        let program = world.test.colleague(6, "Pia Program", &[Role::Program]).await;
        let listed = unmet_search::list(&world.test.app, &program, None, None).await;
        let rows = listed.expect("a list").items;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].opportunity.as_ref().expect("a deal").name, "Deal 1");
        assert_eq!(rows[0].amount.as_ref().expect("an amount").amount, "100.00");
        assert_eq!(rows[0].by.as_ref().expect("a person").name, "Sam Seller");
        assert_eq!(rows[0].criteria[0].terms, ["France"]);
        assert!(rows[0].criteria[0].must);
        assert_eq!(rows[0].text.as_deref(), Some("downtime"));
        let refused = unmet_search::list(&world.test.app, &world.seller, None, None).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
    }

    async fn more_like_this_takes_its_terms_and_leaves_it_out(db: TestDb) {
        let world = World::on(db).await;
        let like: AdvocateId = id(HOSPITAL);
        let ask = FindReferences { like_advocate: Some(like), ..FindReferences::default() };
        let answer = world.search(ask).await;
        assert_eq!(criteria(&answer), [("industry", vec!["Hospitals"])]);
        assert_eq!(first(&answer), "Customer 3");
        assert_eq!(answer.rows.len(), 1, "who has nothing in common is not like it");
        let account: AccountId = id(BANK);
        let ask = FindReferences { like_account: Some(account), ..FindReferences::default() };
        let answer = world.search(ask).await;
        assert_eq!(
            criteria(&answer),
            [("industry", vec!["Banking"]), ("region", vec!["Midwest"])]
        );
        assert!(answer.rows.iter().all(|row| row.account != account));
        let gone = FindReferences { like_account: Some(id(77)), ..FindReferences::default() };
        let refused = find::search(&world.test.app, &world.seller, gone).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
    }
}
