//! Weights of matching: what others would change, and that only the program team changes them.

use app::{
    Actor, Error,
    find::{
        self, FindReferences,
        weights::{self, MatchWeights, WeightedDeal},
    },
    setting,
};
use domain::{
    access::Role,
    id::{AdvocateId, OpportunityId},
    opportunity::OpportunityStatus,
    record::RecordKind,
};
use serde_json::{Map, Value, json};
use storage::{
    opportunity::{self, Opportunity},
    tag,
};
use testkit::{TestDb, build, build::id};

use crate::world::*;

/// A deal of a hospital in the Midwest, which no customer fits in both.
const MIXED: u64 = 2;

impl World {
    async fn with_mixed_deal(db: TestDb) -> (Self, Actor) {
        let world = Self::on(db).await;
        let tx = world.test.db.begin().await;
        let deal = Opportunity {
            owner_id: Some(id(1)),
            ..build::closed(MIXED, id(1), OpportunityStatus::Open, "2026-07-01")
        };
        opportunity::insert(&tx, deal).await.expect("written");
        let tags = [("industry", "Hospitals"), ("region", "Midwest")];
        let tags =
            tags.map(|(facet, name)| world.tag(RecordKind::Opportunity, id(MIXED), facet, name));
        tag::insert_all(&tx, tags.to_vec()).await.expect("written");
        tx.commit().await.expect("committed");
        let team = world
            .test
            .colleague(2, "Pat Program", &[Role::Program])
            .await;
        (world, team)
    }

    async fn first_of_mixed(&self) -> AdvocateId {
        let deal = id::<OpportunityId>(MIXED).to_string();
        let ask = FindReferences::default();
        let found = find::for_opportunity(&self.test.app, &self.seller, &deal, ask).await;
        found.expect("an answer").rows[0].advocate
    }
}

fn region_first() -> MatchWeights {
    MatchWeights {
        facets: [("industry".to_owned(), 1), ("region".to_owned(), 100)].into(),
        ..MatchWeights::default()
    }
}

fn change(value: Value) -> Map<String, Value> {
    value.as_object().expect("an object").clone()
}

fn offered(deal: &WeightedDeal) -> (Vec<AdvocateId>, Vec<AdvocateId>) {
    let of = |places: &[weights::WeightedPlace]| places.iter().map(|one| one.advocate).collect();
    (of(&deal.before), of(&deal.after))
}

testkit::on_both_engines! {
    async fn a_preview_says_who_would_be_offered_to_open_deals_and_changes_nothing(db: TestDb) {
        let (world, team) = World::with_mixed_deal(db).await;
        let shown = weights::preview(&world.test.app, &team, region_first()).await.expect("shown");
        assert_eq!((shown.deals.len(), shown.changed), (2, 1));
        let changed = &shown.deals[0];
        assert_eq!((changed.opportunity, changed.is_changed), (id(MIXED), true));
        let (before, after) = offered(changed);
        assert_eq!(before, [id(HOSPITAL), id(TELLER), id(BANK)]);
        assert_eq!(after, [id(BANK), id(HOSPITAL), id(TELLER)]);
        assert_eq!(changed.after[0].place_before, Some(3));
        let same = &shown.deals[1];
        assert_eq!((same.opportunity, same.is_changed), (id(DEAL), false));
        assert_eq!(same.account_name.as_deref(), Some("Prospect Corp"));
        assert_eq!(world.first_of_mixed().await, id(HOSPITAL), "nothing was saved");
    }

    async fn saved_weights_act_on_the_next_search_and_say_who_saved_them(db: TestDb) {
        let (world, team) = World::with_mixed_deal(db).await;
        assert_eq!(world.first_of_mixed().await, id(HOSPITAL));
        let asked = change(json!({ "facets": { "industry": 1, "region": 100 } }));
        let app = &world.test.app;
        let saved = weights::edit(app, &team, 0, asked.clone()).await.expect("saved");
        assert_eq!(saved.value, region_first());
        assert_eq!(saved.changed_by.as_deref(), Some("Pat Program"));
        assert_eq!(world.first_of_mixed().await, id(BANK));
        let stale = weights::edit(app, &team, 0, asked).await;
        assert!(matches!(stale, Err(Error::Stale { current: 1 })));
    }

    async fn absurd_weights_and_unknown_facets_are_refused_by_field(db: TestDb) {
        let (world, team) = World::with_mixed_deal(db).await;
        let app = &world.test.app;
        for (asked, field) in [
            (json!({ "facets": { "industry": 0 } }), "facets.industry"),
            (json!({ "facets": { "region": 101 } }), "facets.region"),
            (json!({ "facets": { "shoe_size": 10 } }), "facets.shoe_size"),
            (json!({ "text": 4_000_000_000_u64 }), "text"),
            (json!({ "others": 0 }), "others"),
            (json!({ "others": -1 }), "match_weights"),
            (json!({ "colour": 1 }), "colour"),
        ] {
            let refused = weights::edit(app, &team, 0, change(asked)).await;
            let Err(Error::Invalid(problems)) = refused else {
                panic!("{field} is taken: {refused:?}");
            };
            assert_eq!(problems[0].field, field);
        }
        let absurd = MatchWeights { text: 0, ..MatchWeights::default() };
        let refused = weights::preview(app, &team, absurd).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
    }

    async fn nobody_but_the_program_team_tries_or_changes_weights(db: TestDb) {
        let (world, _) = World::with_mixed_deal(db).await;
        let app = &world.test.app;
        let admin = world.test.colleague(3, "Ada Admin", &[Role::Admin]).await;
        for actor in [&world.seller, &admin] {
            let asked = change(json!({ "text": 5 }));
            let refused = weights::edit(app, actor, 0, asked).await;
            assert!(matches!(refused, Err(Error::Forbidden)));
            let refused = weights::preview(app, actor, MatchWeights::default()).await;
            assert!(matches!(refused, Err(Error::Forbidden)));
        }
        let held = setting::read::<MatchWeights>(&world.test.db.store).await.expect("read");
        assert_eq!((held.value, held.version), (MatchWeights::default(), 0));
    }
}
