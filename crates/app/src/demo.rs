//! The demo company: Larkspur, a made-up software vendor with two years of history.
//!
//! Decides what is shown to somebody who tries the program out and to tests that need a full
//! database. Everything follows from a seed and today's date: ids, names, numbers. Some things are
//! wrong on purpose, as they are in every real program: stale profiles, overused advocates,
//! people who left, unmapped values, contacts without an address. Demo people carry a mark and demo accounts an
//! external id that starts with `demo-`, so that nobody takes them for real ones.

mod accounts;
mod advocates;
mod ahead;
mod asked;
pub mod beside;
mod chance;
mod content;
mod deals;
mod departures;
mod diary;
mod in_flight;
mod market;
mod names;
mod people;
mod requests;
mod sign_in;
mod since;
mod story;
mod tags;
mod twins;
mod write;

use domain::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    actor::Actor,
    error::Error,
    plan::assume::PlanAssumptions,
    policy::Permission,
    setting::{self, LeveragingGoal, Program, Setting},
};

pub use sign_in::{PASSWORD, SIGN_INS, SignIn};

use chance::Chance;
use tags::Tagger;

/// How large the demo company is and which of its many possible histories it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DemoOptions {
    /// 1 is a company with 500 sellers; from 0.02 to 50.
    pub scale: f64,
    pub seed: u64,
}

impl Default for DemoOptions {
    fn default() -> Self {
        Self {
            scale: 1.0,
            seed: 7,
        }
    }
}

/// How many records of each kind were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DemoCompanyMade)]
pub struct Made {
    pub users: usize,
    pub accounts: usize,
    pub contacts: usize,
    pub advocates: usize,
    pub content: usize,
    pub opportunities: usize,
    pub requests: usize,
    pub candidates: usize,
    pub uses: usize,
    pub unmet_searches: usize,
    pub needs: usize,
}

impl Made {
    fn count(&mut self, history: &requests::History) {
        self.requests = history.requests.len();
        self.candidates = history.candidates.len();
        self.uses = history.uses.len();
        self.unmet_searches = history.unmet.len();
        self.needs = ahead::NEEDS_COUNT;
    }
}

/// The days that everything is placed on.
#[derive(Clone, Copy, Debug)]
struct Calendar {
    today: Day,
    now: Timestamp,
    start: Day,
}

/// What the currencies of the made-up deals are worth in the program's own, so that each deal counts with its money.
const EXCHANGE_RATES: [(&str, &str); 2] = [("EUR", "1.08"), ("GBP", "1.27")];

/// Days of history.
const HISTORY_DAYS: i64 = 730;

impl Calendar {
    fn of(app: &App) -> Self {
        let today = app.clock.today();
        Self {
            today,
            // The same all day long, so that the same seed makes the same ids.
            now: today.start(),
            start: today.plus_days(-HISTORY_DAYS),
        }
    }

    /// Office hours of a day, never later than now.
    fn at(self, day: Day, chance: &mut Chance) -> Timestamp {
        let at = day
            .start()
            .plus_seconds(chance.between(8 * 3_600, 17 * 3_600));
        at.min(self.now)
    }
}

/// Fills an empty database with the demo company; `progress` hears what is being made.
///
/// # Errors
/// [`Error::Conflict`] when the database holds people already: demo data never mixes with real data.
pub async fn seed(
    app: &App,
    options: DemoOptions,
    mut progress: impl FnMut(&'static str, usize),
) -> Result<Made, Error> {
    refuse_unfit(app, options).await?;
    crate::taxonomy::ensure_seeded(app).await?;
    mark(app, Seeding { half_done: true }).await?;
    let calendar = Calendar::of(app);
    let mut chance = Chance::new(options.seed);
    let mut past = write::Past::default();
    write::products(app, &mut past, calendar, &mut chance).await?;
    let tagger = Tagger::load(app).await?;
    let staff = people::make(options.scale, calendar, &mut chance);
    let mut users = staff.users.clone();
    sign_in::give_password(app, &mut users).await?;
    progress("people", users.len());
    let mut made = Made {
        users: users.len(),
        ..Made::default()
    };
    write::users(app, &mut past, users).await?;
    let Company {
        market,
        pool,
        vain,
        library,
        pipeline,
    } = company(options, calendar, &staff, &tagger, &mut chance)?;
    made.accounts = market.accounts.len();
    made.contacts = market.contacts.len();
    progress("accounts", made.accounts);
    write::market(app, &mut past, &market).await?;
    made.advocates = pool.advocates.len() + vain.advocates.len();
    progress("advocates", made.advocates);
    write::pool(app, &mut past, &pool).await?;
    write::pool(app, &mut past, &vain).await?;
    progress("content", library.content.len());
    made.content = library.content.len();
    write::library(app, &mut past, library).await?;
    progress("opportunities", pipeline.deals.len());
    made.opportunities = pipeline.deals.len();
    write::pipeline(app, &mut past, &pipeline).await?;
    let world = requests::World {
        calendar,
        staff: &staff,
        market: &market,
        pool: &pool,
        pipeline: &pipeline,
    };
    let mut history = requests::make(&world, &mut chance);
    in_flight::make(&world, &mut history, options.scale, &mut chance);
    progress("requests", history.requests.len());
    made.count(&history);
    departures::write(app, &mut past, &world, &history.candidates).await?;
    let known = ahead::Known::of(&world, &history);
    write::history(app, &mut past, history).await?;
    twins::write(app, &mut past, &world, options, &mut made).await?;
    past.write(app).await?;
    write_settings(app).await?;
    progress("needs", made.needs);
    ahead::write(app, &world, known, &tagger, &mut chance).await?;
    mark(app, Seeding { half_done: false }).await?;
    Ok(made)
}

/// Whom the demo company sells to and who speaks for it.
struct Company {
    market: accounts::Market,
    pool: advocates::Pool,
    /// Nominations that came to nothing.
    vain: advocates::Pool,
    library: content::Library,
    pipeline: deals::Pipeline,
}

fn company(
    DemoOptions { scale, seed }: DemoOptions,
    calendar: Calendar,
    staff: &people::Staff,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<Company, Error> {
    let mut market = accounts::make(scale, calendar, staff, tagger, chance)?;
    let pool = advocates::make(scale, calendar, &market, staff, tagger, chance)?;
    let library = content::make(calendar, &pool, &market, tagger, chance)?;
    let known = (&market, &pool);
    let pipeline = deals::make(scale, calendar, known, staff, tagger, chance)?;
    let mut later = Chance::beside(seed, 1);
    let (deals, later) = (&pipeline.deals, &mut later);
    since::sign(&mut market, deals, calendar, staff, tagger, later)?;
    let vain = since::in_vain(&market, &pool, calendar, staff, later);
    Ok(Company {
        market,
        pool,
        vain,
        library,
        pipeline,
    })
}

/// What to do about a demo company that was cut off. Nobody's own data is in it: it goes into an
/// empty database only, and nothing is served from it.
pub const HALF_MADE: &str = "The making of the demo company was cut off here, so half of it is missing. It holds made-up data only: remove the data folder, or empty the database, and run the command again.";

/// Whether the demo company is being made: set before its first row and cleared after its last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seeding {
    half_done: bool,
}

impl Setting for Seeding {
    const NAME: &'static str = "demo_seeding";
}

/// Whether the making of the demo company was cut off here: what is there is not a whole company.
pub async fn is_half_made(app: &App) -> Result<bool, Error> {
    Ok(setting::read::<Seeding>(&app.store).await?.value.half_done)
}

async fn mark(app: &App, seeding: Seeding) -> Result<(), Error> {
    let before = setting::read::<Seeding>(&app.store).await?;
    let operator = Actor::operator();
    setting::write(
        app,
        &operator,
        Permission::SettingEdit,
        &seeding,
        before.version,
    )
    .await?;
    Ok(())
}

async fn refuse_unfit(app: &App, options: DemoOptions) -> Result<(), Error> {
    if !(0.02..=50.0).contains(&options.scale) {
        return Err(Error::field("scale", "Choose a scale from 0.02 to 50."));
    }
    if is_half_made(app).await? {
        return Err(Error::Conflict(HALF_MADE.to_owned()));
    }
    if !storage::user::everyone(&app.store).await?.is_empty() {
        return Err(Error::Conflict(
            "The database holds people already. The demo company goes into an empty one; nothing was changed.".to_owned(),
        ));
    }
    Ok(())
}

async fn write_settings(app: &App) -> Result<(), Error> {
    let operator = Actor::operator();
    let goal = LeveragingGoal {
        target: Some(60.0),
        baseline: Some(32.0),
    };
    setting::write(app, &operator, Permission::MetricGoalEdit, &goal, 0).await?;
    let program = Program {
        name: "Larkspur customer references".to_owned(),
        company: "Larkspur".to_owned(),
        ..Program::default()
    };
    setting::write(app, &operator, Permission::SettingEdit, &program, 0).await?;
    let rates = EXCHANGE_RATES.map(|(currency, rate)| (currency.to_owned(), rate.to_owned()));
    let assumptions = PlanAssumptions {
        exchange_rates: rates.into(),
        ..PlanAssumptions::default()
    };
    setting::write(app, &operator, Permission::PlanEdit, &assumptions, 0).await?;
    Ok(())
}
