//! Deals corrected by hand, what follows from it, and the terms of every kind of record.

use app::{
    Error, account,
    audit::{self, Reading},
    contact,
    opportunity::{
        self, MoneyView, OpportunityView,
        edit::{self, EditOpportunity},
    },
    taxonomy::unmapped::{self, MapValue},
};
use domain::{
    id::{FacetId, TermId},
    money::Currency,
    opportunity::{DealStage, OpportunityStatus},
    record::RecordKind,
};
use storage::opportunity::Opportunity;
use testkit::{TODAY, build, build::id, day};

use super::{World, fields_of};

const DEAL: u64 = 5;

/// The deal of the owner, as a file brought it: its account is only a name yet.
async fn deal(world: &World) {
    let row = Opportunity {
        owner_id: Some(id(2)),
        account_written: Some("Meridian Hlth".to_owned()),
        stage: Some(DealStage::Early),
        stage_written: Some("Discovery".to_owned()),
        amount_minor: Some(1_250_050),
        currency: Some(Currency::USD),
        close_on: Some(day("2026-12-01")),
        ..Opportunity::named(id(DEAL), "New ward", world.test.app.clock.now())
    };
    let tx = world.test.db.begin().await;
    storage::opportunity::insert_all(&tx, vec![row])
        .await
        .expect("written");
    tx.commit().await.expect("committed");
}

async fn change(
    world: &World,
    version: i64,
    change: EditOpportunity,
) -> Result<OpportunityView, Error> {
    edit::edit(&world.test.app, &world.program, id(DEAL), version, change).await
}

/// A facet of the starting taxonomy and one of its terms.
async fn known(world: &World, facet: &str, term: &str) -> (FacetId, TermId) {
    let store = &world.test.db.store;
    let facets = storage::term::facets(store).await.expect("facets");
    let facet = facets.iter().find(|one| one.facet_key == facet);
    let facet = facet.expect("a facet of the starting taxonomy").id;
    let terms = storage::term::terms(store).await.expect("terms");
    let term = terms
        .iter()
        .find(|one| one.facet_id == facet && one.name == term);
    (facet, term.expect("a term of the starting taxonomy").id)
}

/// Says what the CRM's word "Scoping" stands for from now on.
async fn map(world: &World, stage: &str) {
    let ask = MapValue {
        facet: "deal_stage".to_owned(),
        raw: "Scoping".to_owned(),
        term_id: known(world, "deal_stage", stage).await.1,
    };
    unmapped::map(&world.test.app, &world.program, ask)
        .await
        .expect("mapped");
}

fn names(tags: &[app::tagging::TagView]) -> Vec<&str> {
    tags.iter()
        .filter_map(|tag| tag.term_name.as_deref())
        .collect()
}

testkit::on_both_engines! {
    async fn what_a_deal_lost_by_hand_comes_back_with_its_former_values(db: TestDb) {
        let world = World::on(db).await;
        deal(&world).await;
        let taken = EditOpportunity {
            account_id: Some(Some(id(1))),
            owner_id: Some(None),
            amount: Some(None),
            close_on: Some(None),
            stage: Some(None),
            ..EditOpportunity::default()
        };
        let taken = change(&world, 1, taken).await.expect("saved");
        assert_eq!(taken.account.as_ref().map(|one| one.name.as_str()), Some("Meridian Health"));
        assert_eq!((&taken.account_raw, &taken.stage_raw), (&None, &None));
        assert!(taken.owner.is_none() && taken.amount.is_none());
        assert!(taken.close_on.is_none() && taken.stage.is_none());
        let back = EditOpportunity {
            account_id: Some(None),
            account_raw: Some(Some("Meridian Hlth".to_owned())),
            owner_id: Some(Some(id(2))),
            amount: Some(Some(MoneyView { amount: "12500.50".to_owned(), currency: Currency::USD })),
            close_on: Some(Some(day("2026-12-01"))),
            stage: Some(Some(DealStage::Early)),
            stage_raw: Some(Some("Discovery".to_owned())),
            ..EditOpportunity::default()
        };
        let back = change(&world, 2, back).await.expect("saved");
        assert_eq!(back.account_raw.as_deref(), Some("Meridian Hlth"));
        assert!(back.account.is_none());
        assert_eq!(back.owner.expect("an owner").name, "Olga Owner");
        assert_eq!(back.amount.expect("an amount").amount, "12500.50");
        assert_eq!((back.stage, back.stage_raw.as_deref()), (Some(DealStage::Early), Some("Discovery")));
        assert_eq!(back.reference_stage_on, None);
    }

    async fn a_step_brings_its_day_unless_the_same_edit_names_one(db: TestDb) {
        let world = World::on(db).await;
        deal(&world).await;
        let late = EditOpportunity { stage: Some(Some(DealStage::Late)), ..EditOpportunity::default() };
        let late = change(&world, 1, late).await.expect("saved");
        assert_eq!(late.reference_stage_on, Some(day(TODAY)));
        let undone = EditOpportunity {
            stage: Some(Some(DealStage::Late)),
            reference_stage_on: Some(None),
            ..EditOpportunity::default()
        };
        let undone = change(&world, 2, undone).await.expect("saved");
        assert_eq!(undone.reference_stage_on, None, "the day that was taken away does not come back");
        let won = EditOpportunity {
            status: Some(OpportunityStatus::Won),
            close_on: Some(Some(day("2026-10-30"))),
            ..EditOpportunity::default()
        };
        let won = change(&world, 3, won).await.expect("saved");
        assert_eq!(won.close_on, Some(day("2026-10-30")));
        let open = EditOpportunity { status: Some(OpportunityStatus::Open), ..EditOpportunity::default() };
        change(&world, 4, open).await.expect("saved");
        let lost = EditOpportunity { status: Some(OpportunityStatus::Lost), ..EditOpportunity::default() };
        let lost = change(&world, 5, lost).await.expect("saved");
        assert_eq!(lost.close_on, Some(day(TODAY)));
    }

    async fn amounts_and_names_that_contradict_what_is_known_are_refused_on_their_field(db: TestDb) {
        let world = World::on(db).await;
        deal(&world).await;
        let amount = |amount: &str| EditOpportunity {
            amount: Some(Some(MoneyView { amount: amount.to_owned(), currency: Currency::USD })),
            ..EditOpportunity::default()
        };
        for written in ["a lot", "-5"] {
            let refused = change(&world, 1, amount(written)).await.expect_err(written);
            assert_eq!(fields_of(&refused), ["amount"], "{written}");
        }
        let both = EditOpportunity {
            account_id: Some(Some(id(1))),
            account_raw: Some(Some("Somebody else".to_owned())),
            ..EditOpportunity::default()
        };
        assert_eq!(fields_of(&change(&world, 1, both).await.expect_err("two accounts")), ["account_raw"]);
        let nobody = EditOpportunity { owner_id: Some(Some(id(77))), ..EditOpportunity::default() };
        assert_eq!(fields_of(&change(&world, 1, nobody).await.expect_err("no colleague")), ["owner_id"]);
        let untouched = opportunity::get(&world.test.app, &world.program, id(DEAL)).await.expect("the deal");
        assert_eq!(untouched.version, 1);
    }

    async fn a_stage_set_by_hand_outlives_a_mapping_of_the_crms_word(db: TestDb) {
        let world = World::on(db).await;
        deal(&world).await;
        let (facet, _) = known(&world, "deal_stage", "Middle").await;
        let tag = build::tag(RecordKind::Opportunity, DEAL, facet, "Scoping", None);
        let tx = world.test.db.begin().await;
        storage::tag::insert_all(&tx, vec![tag]).await.expect("tagged");
        tx.commit().await.expect("committed");
        let late = EditOpportunity { stage: Some(Some(DealStage::Late)), ..EditOpportunity::default() };
        change(&world, 1, late).await.expect("saved");
        map(&world, "Early").await;
        let kept = opportunity::get(&world.test.app, &world.program, id(DEAL)).await.expect("the deal");
        assert_eq!(kept.stage, Some(DealStage::Late));
        let crm = EditOpportunity {
            stage: Some(Some(DealStage::Late)),
            stage_raw: Some(Some("Scoping".to_owned())),
            ..EditOpportunity::default()
        };
        change(&world, 2, crm).await.expect("saved");
        map(&world, "Middle").await;
        let mapped = opportunity::get(&world.test.app, &world.program, id(DEAL)).await.expect("the deal");
        assert_eq!(mapped.stage, Some(DealStage::Middle), "what the CRM says follows the taxonomy");
    }

    async fn terms_are_set_on_every_kind_of_record_and_what_stands_for_none_stays(db: TestDb) {
        let world = World::on(db).await;
        deal(&world).await;
        let (industry, health) = known(&world, "industry", "Healthcare").await;
        let (_, retail) = known(&world, "industry", "Retail").await;
        let (stage, early) = known(&world, "deal_stage", "Early").await;
        let tags = vec![
            build::tag(RecordKind::Opportunity, DEAL, industry, "Health sector", Some(health)),
            build::tag(RecordKind::Opportunity, DEAL, industry, "Wards and beds", None),
            build::tag(RecordKind::Opportunity, DEAL, stage, "Discovery", Some(early)),
        ];
        let tx = world.test.db.begin().await;
        storage::tag::insert_all(&tx, tags).await.expect("tagged");
        tx.commit().await.expect("committed");
        let app = &world.test.app;
        let both = EditOpportunity { terms: Some(vec![health, retail]), ..EditOpportunity::default() };
        let both = change(&world, 1, both).await.expect("saved");
        let mut held = names(&both.terms);
        held.sort_unstable();
        assert_eq!(held, ["Early", "Healthcare", "Retail"]);
        assert!(both.terms.iter().any(|tag| tag.raw.as_deref() == Some("Wards and beds")));
        let written = storage::tag::of(&app.store, RecordKind::Opportunity, vec![id(DEAL)]).await.expect("tags");
        assert!(written.iter().any(|tag| tag.written == "Health sector"), "a term that stays keeps its word");
        let page = audit::of_opportunity(app, &world.program, id(DEAL), &Reading::default()).await.expect("a timeline");
        let changes = page.items[0].changes.as_deref().expect("values");
        assert_eq!(changes[0].field, "terms");
        let none = EditOpportunity { terms: Some(vec![]), ..EditOpportunity::default() };
        let none = change(&world, 2, none).await.expect("saved");
        assert_eq!(names(&none.terms), ["Early"], "the stage is no choice of terms");

        let of_account = account::edit::EditAccount { terms: Some(vec![health]), ..Default::default() };
        let saved = account::edit::edit(app, &world.owner, id(1), 1, of_account).await.expect("saved");
        assert_eq!(names(&saved.terms), ["Healthcare"]);
        let of_contact = contact::edit::EditContact { terms: Some(vec![retail]), ..Default::default() };
        let saved = contact::edit::edit(app, &world.owner, id(1), 1, of_contact).await.expect("saved");
        assert_eq!(names(&saved.terms), ["Retail"]);
        let unknown = account::edit::EditAccount { terms: Some(vec![id(9_999)]), ..Default::default() };
        let unknown = account::edit::edit(app, &world.owner, id(1), 2, unknown).await.expect_err("no such term");
        assert_eq!(fields_of(&unknown), ["terms"]);
    }
}
