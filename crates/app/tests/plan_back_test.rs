//! The plan asked again as on past days, knowing what was known on them, and held against what came.
//!
//! Maven's pipeline is not part of the project. GOODWORD_DATASETS names the folder that holds it;
//! without it that test says so and checks nothing.

use std::collections::HashMap;

use app::{
    Actor, App,
    demo::{self, DemoOptions},
    import::{RunImport, run},
    plan::{AskPlan, assume::PlanAssumptions, demand},
    policy::Permission,
    setting,
};
use domain::{access::Scope, id::OpportunityId, opportunity::OpportunityKind, time::Day};
use import::kind::Kind;
use storage::page::Page;
use testkit::{TestApp, TestDb, datasets, day};

const WINDOWS: [i64; 4] = [30, 60, 90, 120];
/// Segments of which less is expected tell more of luck than of the plan.
const EXPECTED_MIN: f64 = 5.0;
const ALL: Page = Page {
    limit: 100_000,
    after: None,
};

#[derive(Default)]
struct Score {
    judged: u32,
    held: u32,
    /// Width of the bands over what they expect.
    width: f64,
}

impl Score {
    /// Holds the plan of each past day against what came of the deals that were open on it.
    async fn of(
        app: &App,
        ask: &AskPlan,
        days: &[Day],
        last: Day,
        came: impl Fn(OpportunityId, Day, Day) -> f64,
    ) -> Self {
        let mut score = Self::default();
        for day in days {
            let ask = AskPlan {
                as_of: Some(*day),
                window_ends: WINDOWS.to_vec(),
                ..ask.clone()
            };
            let actor = Actor::operator();
            let told = demand::get(app, &actor, &ask).await.expect("the demand");
            let deals = demand::deals(app, &actor, &ask, None, &ALL)
                .await
                .expect("the deals")
                .items;
            for (window, end) in WINDOWS.iter().enumerate() {
                let end = day.plus_days(*end);
                if end > last {
                    continue;
                }
                let mut actual: HashMap<&str, f64> = HashMap::new();
                for deal in &deals {
                    *actual.entry(&deal.segment).or_default() += came(deal.id, *day, end);
                }
                for segment in told.segments.iter().filter(|one| !one.is_unknown) {
                    let band = segment.within[window];
                    if band.expected < EXPECTED_MIN {
                        continue;
                    }
                    let came = actual.get(segment.key.as_str()).copied().unwrap_or(0.0);
                    score.judged += 1;
                    score.held += u32::from((band.low..=band.high).contains(&came));
                    score.width += (band.high - band.low) / band.expected;
                }
            }
        }
        score
    }

    fn holds(&self, of: &str) {
        let share = f64::from(self.held) / f64::from(self.judged.max(1));
        println!(
            "{of}: {} of {} bands hold ({:.0} %), mean width {:.2} of what is expected",
            self.held,
            self.judged,
            100.0 * share,
            self.width / f64::from(self.judged.max(1))
        );
        assert!(self.judged >= 20, "{of}: only {} to judge", self.judged);
        assert!(share >= 0.75, "{of}: {share}");
    }
}

fn cut_by(facets: &[&str]) -> AskPlan {
    AskPlan {
        facets: facets.iter().map(|facet| (*facet).to_owned()).collect(),
        kinds: OpportunityKind::ALL.to_vec(),
        ..AskPlan::default()
    }
}

async fn closing_days(app: &App) -> HashMap<OpportunityId, Day> {
    let (_, all) = storage::pipeline::load(&app.store)
        .await
        .expect("the deals");
    all.deals
        .into_iter()
        .filter(|row| row.status.is_closed())
        .filter_map(|row| Some((row.id, row.close_on?)))
        .collect()
}

#[test]
fn bands_of_maven_hold_the_closings_that_came() {
    testkit::run(async {
        let Some(folder) = datasets() else { return };
        let test = TestApp::on(TestDb::sqlite().await).await;
        let app = &test.app;
        for (kind, file) in [
            (Kind::Terms, "products.csv"),
            (Kind::Accounts, "accounts.csv"),
            (Kind::Opportunities, "sales_pipeline.csv"),
        ] {
            let at = folder.join("crm/maven").join(file);
            let ask = RunImport {
                kind,
                files: vec![(file.to_owned(), std::fs::read(at).expect("a file"))],
                mapping: None,
                answers: Vec::new(),
                default_currency: None,
                dry_run: false,
            };
            run(app, &Actor::operator(), ask, |_, _| {})
                .await
                .expect("an import");
        }
        // Every deal asks for one reference on the day on which it closes: closings are what is counted.
        let every_deal = PlanAssumptions {
            need_rate: 1.0,
            reach_rate: 1.0,
            references: 1.0,
            lead_days: 0,
            is_fixed: true,
            ..PlanAssumptions::default()
        };
        setting::write(
            app,
            &Actor::operator(),
            Permission::PlanEdit,
            &every_deal,
            0,
        )
        .await
        .expect("written");
        let closed = closing_days(app).await;
        let came = |id: OpportunityId, from: Day, end: Day| {
            let day = closed.get(&id);
            f64::from(u8::from(day.is_some_and(|day| (from..end).contains(day))))
        };
        let days: Vec<Day> = (4..=11)
            .map(|month| day(&format!("2017-{month:02}-01")))
            .collect();
        let last = day("2018-01-01");
        for facets in [&["product"][..], &["industry"], &["product", "industry"]] {
            let score = Score::of(app, &cut_by(facets), &days, last, came).await;
            score.holds(&format!("Maven by {}", facets.join(" and ")));
        }
    });
}

#[test]
fn bands_of_the_demo_company_hold_the_requests_that_came() {
    testkit::run(async {
        let test = TestApp::on(TestDb::sqlite().await).await;
        let app = &test.app;
        let options = DemoOptions {
            scale: 0.5,
            ..DemoOptions::default()
        };
        demo::seed(app, options, |_, _| {})
            .await
            .expect("the demo is made");
        let filter = storage::request::Filter::default();
        let asked = storage::request::list(&app.store, &Scope::Everything, &filter, &ALL)
            .await
            .expect("the requests")
            .items;
        let mut needs: HashMap<OpportunityId, Vec<(Day, i64)>> = HashMap::new();
        for row in asked
            .iter()
            .filter(|row| row.status != domain::request::RequestStatus::Withdrawn)
        {
            if let Some(deal) = row.opportunity_id {
                needs
                    .entry(deal)
                    .or_default()
                    .push((row.need_by, row.wanted));
            }
        }
        let came = |id: OpportunityId, from: Day, end: Day| {
            let own = needs.get(&id).into_iter().flatten();
            let wanted: i64 = own
                .filter(|(day, _)| (from..end).contains(day))
                .map(|(_, wanted)| wanted)
                .sum();
            f64::from(i32::try_from(wanted).expect("few"))
        };
        let today = app.clock.today();
        let days: Vec<Day> = (1..=6)
            .map(|number| today.plus_days(-60 * number))
            .collect();
        for facets in [&["industry"][..], &["product"]] {
            let score = Score::of(app, &cut_by(facets), &days, today, came).await;
            score.holds(&format!("the demo company by {}", facets.join(" and ")));
        }
    });
}
