//! The straight path on real data, on both engines: imported deals and stories, one reference asked,
//! used and won, and the one metric moves by exactly one deal.
//!
//! The files are not part of the project. GOODWORD_DATASETS names the folder that holds them;
//! without it these tests say so and check nothing.

use std::path::Path;

use app::{
    Actor, App,
    account::{self, edit::EditAccount},
    advocate::{
        self,
        consent::{self, RecordConsent},
        edit::{self, EditAdvocate, MoveAdvocate, WillingnessInput},
    },
    find::{self, FindReferences},
    import::{RunImport, run},
    leveraging::{self, Ask},
    opportunity::{
        self, ListOpportunities, MoneyView,
        edit::{self as deal, EditOpportunity},
    },
    request::{
        self,
        answer::{self, GiveAnswer, YesNo},
        fulfil::{self, RecordUse},
        link,
        owner::{self, Approve},
        submit::{self, SubmitRequest},
    },
};
use domain::{
    access::Role,
    activity::Activity,
    advocate::AdvocateStatus,
    consent::{ConsentKind, ConsentSource},
    id::AdvocateId,
    money::Currency,
    opportunity::OpportunityStatus,
    reference_use::UseOutcome,
};
use import::kind::Kind;
use testkit::{TestApp, datasets, files};

async fn import(app: &App, kind: Kind, at: &Path) {
    let ask = RunImport {
        kind,
        files: files(at),
        mapping: None,
        answers: Vec::new(),
        default_currency: None,
        dry_run: false,
    };
    let done = run(app, &Actor::operator(), ask, |_, _| {})
        .await
        .expect("an import");
    assert_eq!(
        done.report.failed,
        0,
        "{}: {:?}",
        at.display(),
        done.report.problems
    );
}

async fn metric(app: &App) -> std::sync::Arc<leveraging::Leveraging> {
    leveraging::get(app, &Actor::operator(), &Ask::default())
        .await
        .expect("the metric")
}

/// The first advocate with an account, active and willing to take calls.
async fn activate(app: &App, account_owner: &Actor) -> AdvocateId {
    let operator = Actor::operator();
    let all = advocate::ListAdvocates {
        limit: Some(200),
        ..Default::default()
    };
    let row = advocate::list(app, &operator, all)
        .await
        .expect("advocates")
        .items
        .into_iter()
        .find(|row| row.account.is_some())
        .expect("one with an account");
    assert_eq!(
        row.status,
        AdvocateStatus::Vetting,
        "imported advocates are vetted first"
    );
    let account = account::get(app, &operator, row.account.expect("an account").id)
        .await
        .expect("the account");
    let owned = EditAccount {
        owner_id: Some(account_owner.user_id()),
        ..EditAccount::default()
    };
    account::edit::edit(app, &operator, account.id, account.version, owned)
        .await
        .expect("an owner");
    let given = RecordConsent {
        kind: ConsentKind::Given,
        activity: None,
        source: ConsentSource::Mail,
        text_version: "1".to_owned(),
        valid_until: None,
        agrees_ahead: false,
        channel: None,
        region_id: None,
    };
    consent::record(app, &operator, row.id, given, None)
        .await
        .expect("consent");
    let willing = EditAdvocate {
        activities: Some(vec![WillingnessInput {
            activity: Activity::ReferenceCall,
            limit_per_year: None,
        }]),
        ..EditAdvocate::default()
    };
    let mut view = edit::edit(app, &operator, row.id, row.version, willing)
        .await
        .expect("willing");
    for to in [
        AdvocateStatus::Invited,
        AdvocateStatus::Onboarding,
        AdvocateStatus::Active,
    ] {
        view = edit::move_to(
            app,
            &operator,
            row.id,
            view.version,
            MoveAdvocate { to, reason: None },
        )
        .await
        .expect("moved");
    }
    row.id
}

testkit::on_both_engines! {
    async fn a_real_deal_is_won_with_a_real_story_and_the_metric_moves_by_one(db: TestDb) {
        let Some(folder) = datasets() else { return };
        let test = TestApp::on(db).await;
        let app = &test.app;
        let maven = folder.join("crm/maven");
        import(app, Kind::Users, &maven.join("sales_teams.csv")).await;
        import(app, Kind::Terms, &maven.join("products.csv")).await;
        import(app, Kind::Accounts, &maven.join("accounts.csv")).await;
        import(app, Kind::Opportunities, &maven.join("sales_pipeline.csv")).await;
        import(app, Kind::Advocates, &folder.join("stories/jenkins")).await;
        import(app, Kind::Advocates, &folder.join("stories/gitlab")).await;

        let before = metric(app).await;
        assert_eq!((before.closed, before.won, before.leveraged), (6_711, 4_238, 0));
        assert_eq!(before.currencies["USD"].revenue_won, "10005534.00");
        assert_eq!(before.open.count, 2_089);
        let lonely = ListOpportunities { status: Some(OpportunityStatus::Open), without_account: true, limit: Some(1), ..Default::default() };
        assert_eq!(opportunity::list(app, &Actor::operator(), lonely).await.expect("deals").total, 1_425);

        let owner = test.colleague(9_001, "Olga Owner", &[Role::Owner]).await;
        let advocate = activate(app, &owner).await;
        let open = ListOpportunities { status: Some(OpportunityStatus::Open), limit: Some(200), ..Default::default() };
        let deals = opportunity::list(app, &Actor::operator(), open).await.expect("deals").items;
        let deal = deals.into_iter().find(|deal| deal.account.is_some() && deal.owner.is_some()).expect("an open deal with an account");
        let seller = test.actor(deal.owner.as_ref().expect("an owner").id).await;
        let amount = EditOpportunity { amount: Some(Some(MoneyView { amount: "5000.00".to_owned(), currency: Currency::USD })), ..Default::default() };
        let deal = deal::edit(app, &seller, deal.id, deal.version, amount).await.expect("an amount");

        let matches = find::for_opportunity(app, &seller, &deal.id.to_string(), FindReferences::default()).await.expect("matches");
        assert_eq!(matches.rows.iter().map(|row| row.advocate).collect::<Vec<_>>(), [advocate], "only who is active is offered");
        let ask = SubmitRequest { opportunity_id: Some(deal.id), activity: Activity::ReferenceCall, need_by: matches.need_by, wanted: None, advocates: vec![advocate], note: None, criteria: Vec::new(), override_reason: None, is_quota: false };
        let id = submit::submit(app, &seller, ask, None).await.expect("submitted");
        let candidate = async || request::get(app, &seller, id).await.expect("the request").candidates.remove(0);
        let asked = candidate().await;
        owner::approve(app, &owner, asked.id, asked.version, Approve::default()).await.expect("approved");
        let approved = candidate().await;
        let issued = link::copy(app, &owner, approved.id, approved.version).await.expect("a link");
        let token = issued.url.rsplit('/').next().expect("a secret");
        answer::give(app, token, GiveAnswer { answer: Some(YesNo::Accept), ..Default::default() }).await.expect("accepted");
        let accepted = candidate().await;
        let used = RecordUse { used_on: app.clock.today(), outcome: UseOutcome::Helpful, grade: None, fit: None, comment: None };
        fulfil::record_use(app, &seller, accepted.id, accepted.version, used).await.expect("used");
        let won = EditOpportunity { status: Some(OpportunityStatus::Won), ..Default::default() };
        let deal = opportunity::get(app, &seller, deal.id).await.expect("the deal");
        deal::edit(app, &seller, deal.id, deal.version, won).await.expect("won");

        let after = metric(app).await;
        assert_eq!((after.closed, after.won, after.leveraged), (6_712, 4_239, 1));
        assert_eq!(after.currencies["USD"].revenue_won, "10010534.00");
        assert_eq!(after.currencies["USD"].revenue_influenced, "5000.00");
        assert_eq!(storage::log::verify(&app.store).await.expect("the log"), []);
    }
}
