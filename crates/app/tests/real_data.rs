//! Real exports through the public door: what they hold comes in, and comes in once.
//!
//! The files are not part of the project. GOODWORD_DATASETS names the folder that holds them;
//! without it these tests say so and check nothing.

#[path = "support/store.rs"]
mod store;

use std::path::Path;

use app::{
    Actor, App,
    import::{Report, RunImport, run},
};
use domain::opportunity::{DealStage, OpportunityStatus};
use import::kind::Kind;
use storage::opportunity::Opportunity;
use testkit::{datasets, files};

async fn import(app: &App, kind: Kind, at: &Path, dry_run: bool) -> Report {
    let ask = RunImport {
        kind,
        files: files(at),
        mapping: None,
        answers: Vec::new(),
        default_currency: None,
        dry_run,
    };
    let done = run(app, &Actor::operator(), ask, |_, _| {})
        .await
        .expect("an import");
    done.report
}

/// Imports as a dry run, for real, and once more: the first two agree, the last changes nothing.
async fn twice(app: &App, kind: Kind, at: &Path) -> Report {
    let planned = import(app, kind, at, true).await;
    let first = import(app, kind, at, false).await;
    let counts = |report: &Report| {
        (
            report.created,
            report.updated,
            report.unchanged,
            report.skipped,
            report.failed,
        )
    };
    assert_eq!(
        counts(&planned),
        counts(&first),
        "dry run of {}",
        at.display()
    );
    assert_eq!(
        planned.records,
        first.records,
        "dry run of {}",
        at.display()
    );
    let head = storage::log::head(&app.store).await.expect("the head");
    let second = import(app, kind, at, false).await;
    assert_eq!(
        (second.created, second.updated, second.records.len()),
        (0, 0, 0),
        "second import of {}: {:?}",
        at.display(),
        second
    );
    assert_eq!(
        second.unchanged + second.skipped + second.failed,
        first.rows
    );
    let after = storage::log::head(&app.store).await.expect("the head");
    assert_eq!(
        after.position - head.position,
        2,
        "only the import's own events"
    );
    first
}

async fn deals(app: &App) -> Vec<Opportunity> {
    let mut deals = Vec::new();
    let mut after = None;
    loop {
        let page = storage::page::Page { limit: 200, after };
        let listed = storage::opportunity::list(
            &app.store,
            &domain::access::Scope::Everything,
            &storage::opportunity::Filter::default(),
            &page,
        )
        .await
        .expect("deals");
        deals.extend(listed.items);
        match listed.next {
            Some(next) => after = Some(next),
            None => return deals,
        }
    }
}

#[tokio::test]
async fn the_maven_pipeline_comes_in_whole_and_once() {
    let Some(folder) = datasets() else { return };
    let maven = folder.join("crm/maven");
    let (app, _folder) = store::open().await;
    // The pipeline first: what it names is kept as written, and linked when it comes.
    let pipeline = maven.join("sales_pipeline.csv");
    let report = import(&app, Kind::Opportunities, &pipeline, false).await;
    assert_eq!((report.created, report.failed), (8_800, 0), "{report:?}");
    assert!(
        report
            .unknown
            .iter()
            .any(|unknown| unknown.what == "account")
    );
    let products = twice(&app, Kind::Terms, &maven.join("products.csv")).await;
    assert_eq!((products.rows, products.created), (7, 7));
    let users = twice(&app, Kind::Users, &maven.join("sales_teams.csv")).await;
    assert_eq!((users.rows, users.created), (35, 35));
    let accounts = twice(&app, Kind::Accounts, &maven.join("accounts.csv")).await;
    assert_eq!((accounts.rows, accounts.created), (85, 85));
    twice_unchanged(&app, &pipeline).await;

    let deals = deals(&app).await;
    assert_eq!(deals.len(), 8_800);
    let of = |status: OpportunityStatus| deals.iter().filter(move |deal| deal.status == status);
    assert_eq!(of(OpportunityStatus::Won).count(), 4_238);
    assert_eq!(of(OpportunityStatus::Lost).count(), 2_473);
    assert_eq!(of(OpportunityStatus::Open).count(), 2_089);
    let won: i64 = of(OpportunityStatus::Won)
        .filter_map(|deal| deal.amount_minor)
        .sum();
    assert_eq!(won, 1_000_553_400);
    let lonely = deals.iter().filter(|deal| deal.account_id.is_none());
    assert_eq!(lonely.count(), 1_425);
    assert!(deals.iter().all(|deal| deal.account_written.is_none()));
    assert!(deals.iter().all(|deal| deal.owner_id.is_some()));
    let prospecting = of(OpportunityStatus::Open)
        .filter(|deal| deal.stage == Some(DealStage::Early))
        .count();
    assert_eq!(prospecting, 500);
    let undated = deals
        .iter()
        .filter(|deal| deal.reference_stage_on.is_none());
    assert_eq!(undated.count(), 500);

    let queue = app::taxonomy::unmapped::list(&app, &Actor::operator(), Some(200), None)
        .await
        .expect("the queue");
    let waiting: Vec<(&str, &str)> = queue
        .items
        .iter()
        .map(|value| (value.facet.as_str(), value.raw.as_str()))
        .collect();
    assert_eq!(
        waiting,
        [("industry", "technolgy"), ("region", "Philipines")]
    );
    let faults = storage::log::verify(&app.store).await.expect("a chain");
    assert_eq!(faults, []);
}

async fn twice_unchanged(app: &App, pipeline: &Path) {
    let again = import(app, Kind::Opportunities, pipeline, false).await;
    assert_eq!(again.unchanged, again.rows, "{again:?}");
}

#[tokio::test]
async fn a_salesforce_export_is_linked_whatever_its_encoding() {
    let Some(folder) = datasets() else { return };
    let loader = folder.join("crm/salesforce-dataloader");
    let (app, _folder) = store::open().await;
    let accounts = twice(&app, Kind::Accounts, &loader.join("accountData.csv")).await;
    assert_eq!(
        (accounts.rows, accounts.created),
        (423, 423),
        "{accounts:?}"
    );
    let opportunities = twice(
        &app,
        Kind::Opportunities,
        &loader.join("opportunityData.csv"),
    )
    .await;
    assert_eq!(opportunities.created, 38, "{opportunities:?}");
    let deals = deals(&app).await;
    assert!(deals.iter().all(|deal| deal.account_id.is_some()));
    let won = deals
        .iter()
        .filter(|deal| deal.status == OpportunityStatus::Won);
    assert_eq!(won.count(), 8);
}

#[tokio::test]
async fn stories_become_advocates_and_content() {
    let Some(folder) = datasets() else { return };
    let stories = folder.join("stories");
    let (app, _folder) = store::open().await;
    let jenkins = twice(&app, Kind::Advocates, &stories.join("jenkins")).await;
    assert_eq!((jenkins.rows, jenkins.failed), (194, 0), "{jenkins:?}");
    assert!(jenkins.records["advocate"].created > 100, "{jenkins:?}");
    assert!(jenkins.records["content"].created > 190, "{jenkins:?}");
}

#[tokio::test]
async fn case_studies_become_advocates_and_content() {
    let Some(folder) = datasets() else { return };
    let gitlab = folder.join("stories/gitlab");
    let (app, _folder) = store::open().await;
    let testimonials = folder.join("stories/gitlab_testimonials.yml");
    let quotes = twice(&app, Kind::Advocates, &testimonials).await;
    assert_eq!((quotes.rows, quotes.failed), (10, 0), "{quotes:?}");
    // One of the ten names an analyst house and no person.
    assert_eq!(quotes.records["advocate"].created, 9, "{quotes:?}");
    let studies = twice(&app, Kind::Advocates, &gitlab).await;
    assert_eq!(studies.failed, 0, "{studies:?}");
    assert!(studies.records["content"].created >= 10, "{studies:?}");
}

#[tokio::test]
async fn lines_of_one_deal_become_one_deal() {
    let Some(folder) = datasets() else { return };
    let (app, _folder) = store::open().await;
    let lines = folder.join("crm/eci-open-pipeline/eci_open_opportunity_lines.csv");
    let report = twice(&app, Kind::Opportunities, &lines).await;
    assert_eq!(report.created, 1_567, "{report:?}");
    let orders = folder.join("crm/saas-orders/saas_orders_macroman.csv");
    let report = twice(&app, Kind::Opportunities, &orders).await;
    assert_eq!(report.failed, 0, "{report:?}");
}

#[tokio::test]
async fn lists_of_companies_become_accounts() {
    let Some(folder) = datasets() else { return };
    let (app, _folder) = store::open().await;
    let constituents = folder.join("accounts/sp500_constituents.csv");
    let report = twice(&app, Kind::Accounts, &constituents).await;
    assert_eq!(report.created, 503, "{report:?}");
    let queue = app::taxonomy::unmapped::list(&app, &Actor::operator(), Some(200), None)
        .await
        .expect("the queue");
    let industries: Vec<&str> = queue
        .items
        .iter()
        .filter(|value| value.facet == "industry")
        .map(|value| value.raw.as_str())
        .collect();
    assert_eq!(industries, Vec::<&str>::new());
    let sites = folder.join("messy/chicago_sites_messy.csv");
    let report = twice(&app, Kind::Accounts, &sites).await;
    // Every row has an id of its own, so none is taken for another.
    assert_eq!(report.created, 3_337, "{report:?}");
}
