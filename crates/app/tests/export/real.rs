//! What real files brought in goes out and comes back unchanged.
//!
//! The files are not part of the project. GOODWORD_DATASETS names the folder that holds them;
//! without it these tests say so and check nothing.

use import::kind::Kind;
use testkit::{TestApp, datasets, files};

use super::{RunImport, everything_comes_back, run};
use app::{Actor, App};

async fn import(app: &App, kind: Kind, at: &std::path::Path) {
    let ask = RunImport {
        kind,
        files: files(at),
        mapping: None,
        answers: Vec::new(),
        default_currency: None,
        dry_run: false,
    };
    run(app, &Actor::operator(), ask, |_, _| {})
        .await
        .expect("an import");
}

testkit::on_both_engines! {
    async fn imported_pipelines_stories_and_companies_go_out_and_come_back(db: TestDb) {
        let Some(folder) = datasets() else { return };
        let test = TestApp::on(db).await;
        for (kind, file) in [
            (Kind::Terms, "crm/maven/products.csv"),
            (Kind::Users, "crm/maven/sales_teams.csv"),
            (Kind::Accounts, "crm/maven/accounts.csv"),
            (Kind::Opportunities, "crm/maven/sales_pipeline.csv"),
            (Kind::Accounts, "crm/salesforce-dataloader/accountData.csv"),
            (Kind::Opportunities, "crm/salesforce-dataloader/opportunityData.csv"),
            (Kind::Opportunities, "crm/eci-open-pipeline/eci_open_opportunity_lines.csv"),
            (Kind::Advocates, "stories/jenkins"),
            (Kind::Advocates, "stories/gitlab_testimonials.yml"),
            (Kind::Advocates, "stories/gitlab"),
            (Kind::Accounts, "accounts/sp500_constituents.csv"),
            (Kind::Accounts, "messy/chicago_sites_messy.csv"),
        ] {
            import(&test.app, kind, &folder.join(file)).await;
        }
        everything_comes_back(&test.app).await;
    }
}
