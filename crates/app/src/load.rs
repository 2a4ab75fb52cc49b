//! Who carries the load: how uses are spread, who is over a limit, who is never asked, who tires,
//! and where somebody went past a rule.
//!
//! Counts what the reader's scope holds; the formulas are those of the domain. Refuses to change
//! anything: a rest is proposed, a person decides.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    access::Scope,
    candidate::{CandidateState, DeclinedBy},
    id::AdvocateId,
    protection::{
        QUARTER_DAYS, Rules, YEAR_DAYS,
        spread::{LorenzPoint, spread},
        tiring::{self, Answered, Sign},
    },
    steward::{self, OverLimit, Uses},
    time::{Day, Timestamp},
    word_list,
};
use serde::Serialize;
use storage::load::{self, Burden, Windows};

use crate::{
    App,
    account::AccountRef,
    actor::Actor,
    error::Error,
    people::{self, Person},
    policy::{self, Permission},
    setting,
};

mod overrides;
mod whole;

pub use overrides::{OverrideView, Overrides, overrides};
pub(crate) use whole::Whole;

word_list! {
    /// The lists of the report.
    #[derive(utoipa::ToSchema)]
    #[schema(as = LoadListName)]
    ListName { MostUsed, OverLimit, NeverAsked, Tiring }
}

/// Rows of a list at most; the counts beside them are whole.
pub const ROWS_MAX: usize = 100;

/// Signs of tiredness are looked for in asks and grades of so many days.
const TIRING_DAYS: i64 = 730;

/// An advocate on one of the lists.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct LoadRow {
    pub advocate_id: AdvocateId,
    pub display_name: String,
    pub account: Option<AccountRef>,
    /// Uses in the last 365 days.
    pub uses_year: i64,
    pub last_used: Option<Day>,
    /// When they were last asked for, whatever came of it.
    pub last_asked: Option<Day>,
    /// Why they are on the list, in words; one entry a rule or a sign.
    pub reasons: Vec<String>,
}

/// A list with the number of all that belong on it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct LoadList {
    pub total: usize,
    /// The first hundred.
    pub rows: Vec<LoadRow>,
}

/// How the load is spread over active advocates in the reader's reach.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Load)]
pub struct LoadReport {
    /// The last day that counts; uses count from 365 days before it.
    pub as_of: Day,
    pub advocates: usize,
    pub uses: i64,
    /// Share of all uses that the most used tenth gave, from 0 to 1; absent without uses.
    pub top_tenth: Option<f64>,
    /// 0 when all gave the same, towards 1 when one gave everything; absent without uses.
    pub gini: Option<f64>,
    /// From the least to the most used; empty without uses.
    pub lorenz: Vec<LorenzPoint>,
    pub most_used: LoadList,
    /// Past a cap of the program or a limit of their own.
    pub over_limit: LoadList,
    /// Not asked for in 182 days; the longest waiting first.
    pub never_asked: LoadList,
    /// Slower, saying no more often, or grading lower than they used to.
    pub tiring: LoadList,
    pub formula: String,
}

const FORMULA: &str = "Uses of active advocates in the last 365 days. Top tenth: uses of the most used tenth, divided by all uses. Gini: 0 when all gave the same, towards 1 when one gave everything";

/// Measures the load as of today.
pub async fn report(app: &App, actor: &Actor) -> Result<LoadReport, Error> {
    let scope = policy::require(actor, Permission::LoadRead)?;
    let today = app.clock.today();
    let rules = setting::read::<Rules>(&app.store).await?.value;
    let burdens = burdens(app, &scope, &rules, today).await?;
    let lists = Lists::of(app, &scope, &rules, &burdens).await?;
    let people = people::load(app, actor, lists.shown()).await?;
    let by_id: HashMap<AdvocateId, &Burden> =
        burdens.iter().map(|row| (row.advocate_id, row)).collect();
    let show = |list: &[Listed]| LoadList {
        total: list.len(),
        rows: list
            .iter()
            .take(ROWS_MAX)
            .filter_map(|(id, reasons)| Some(row(people.get(id)?, by_id.get(id)?, reasons)))
            .collect(),
    };
    let spread = spread(burdens.iter().map(|row| row.uses_year).collect());
    Ok(LoadReport {
        as_of: today,
        advocates: spread.advocates,
        uses: spread.uses,
        top_tenth: spread.top_tenth,
        gini: spread.gini,
        lorenz: spread.lorenz,
        most_used: show(&lists.most_used),
        over_limit: show(&lists.over_limit),
        never_asked: show(&lists.never_asked),
        tiring: show(&lists.tiring),
        formula: FORMULA.to_owned(),
    })
}

/// What every active advocate in reach gave, over the windows that the rules count.
pub(crate) async fn burdens(
    app: &App,
    scope: &Scope,
    rules: &Rules,
    today: Day,
) -> Result<Vec<Burden>, Error> {
    let windows = Windows {
        today,
        year_ago: today.plus_days(-YEAR_DAYS),
        window_ago: today.plus_days(-rules.uses_window_days),
        quarter_ago: today.plus_days(-QUARTER_DAYS),
    };
    Ok(load::burdens(&app.store, scope, windows).await?)
}

/// The uses of an advocate as the limits count them.
pub(crate) fn uses(row: &Burden) -> Uses {
    Uses {
        year: row.uses_year,
        window: row.uses_window,
        quarter: row.uses_quarter,
        limit_per_year: row.limit_per_year,
        limit_per_quarter: row.limit_per_quarter,
    }
}

/// The day on which somebody last asked for an advocate, or used them.
pub(crate) fn last_asked(row: &Burden) -> Option<Day> {
    row.last_asked.map(Timestamp::day).max(row.last_used)
}

/// An advocate with the reasons to be on a list.
type Listed = (AdvocateId, Vec<String>);

struct Lists {
    most_used: Vec<Listed>,
    over_limit: Vec<Listed>,
    never_asked: Vec<Listed>,
    tiring: Vec<Listed>,
}

impl Lists {
    async fn of(
        app: &App,
        scope: &Scope,
        rules: &Rules,
        burdens: &[Burden],
    ) -> Result<Self, Error> {
        let today = app.clock.today();
        Ok(Self {
            most_used: most_used(burdens),
            over_limit: over_limit(burdens, rules),
            never_asked: never_asked(burdens, today),
            tiring: tiring(app, scope, today).await?,
        })
    }

    fn take(self, name: ListName) -> Vec<Listed> {
        match name {
            ListName::MostUsed => self.most_used,
            ListName::OverLimit => self.over_limit,
            ListName::NeverAsked => self.never_asked,
            ListName::Tiring => self.tiring,
        }
    }

    fn shown(&self) -> Vec<AdvocateId> {
        let lists = [
            &self.most_used,
            &self.over_limit,
            &self.never_asked,
            &self.tiring,
        ];
        let mut ids: Vec<AdvocateId> = lists
            .into_iter()
            .flat_map(|list| list.iter().take(ROWS_MAX).map(|(id, _)| *id))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

fn row(person: &Person, burden: &Burden, reasons: &[String]) -> LoadRow {
    LoadRow {
        advocate_id: burden.advocate_id,
        display_name: person.display_name(),
        account: person.account_ref(),
        uses_year: burden.uses_year,
        last_used: burden.last_used,
        last_asked: burden.last_asked.map(Timestamp::day),
        reasons: reasons.to_vec(),
    }
}

fn most_used(burdens: &[Burden]) -> Vec<Listed> {
    let mut used: Vec<&Burden> = burdens.iter().filter(|row| row.uses_year > 0).collect();
    used.sort_by_key(|row| (std::cmp::Reverse(row.uses_year), row.advocate_id));
    used.into_iter()
        .map(|row| (row.advocate_id, Vec::new()))
        .collect()
}

/// Every window that ends today and holds more than it may, the fullest first.
fn over_limit(burdens: &[Burden], rules: &Rules) -> Vec<Listed> {
    let mut over: Vec<(i64, Listed)> = Vec::new();
    for row in burdens {
        let limits = steward::over_limits(uses(row), rules);
        let excess = limits.iter().map(|one| one.uses - one.limit).max();
        if let Some(excess) = excess {
            let reasons = limits.iter().map(past).collect();
            over.push((excess, (row.advocate_id, reasons)));
        }
    }
    over.sort_by_key(|(excess, (id, _))| (std::cmp::Reverse(*excess), *id));
    over.into_iter().map(|(_, listed)| listed).collect()
}

/// A window that holds more than it may, in words.
pub(crate) fn past(over: &OverLimit) -> String {
    let whose = if over.is_own {
        "the advocate's own limit"
    } else {
        "the program's cap"
    };
    let OverLimit {
        uses, days, limit, ..
    } = over;
    format!("{uses} uses in {days} days; {whose} is {limit}")
}

fn never_asked(burdens: &[Burden], today: Day) -> Vec<Listed> {
    let mut waiting: Vec<(Day, AdvocateId)> = burdens
        .iter()
        .filter_map(|row| {
            let since = steward::never_asked_since(row.joined_at.day(), last_asked(row), today)?;
            Some((since, row.advocate_id))
        })
        .collect();
    waiting.sort_unstable();
    waiting
        .into_iter()
        .map(|(_, id)| (id, Vec::new()))
        .collect()
}

/// Whose answers or grades got worse lately, in the whole program.
pub(crate) async fn tired(app: &App) -> Result<HashSet<AdvocateId>, Error> {
    let listed = tiring(app, &Scope::Everything, app.clock.today()).await?;
    Ok(listed.into_iter().map(|(id, _)| id).collect())
}

/// Those with the most signs first.
async fn tiring(app: &App, scope: &Scope, today: Day) -> Result<Vec<Listed>, Error> {
    let since = today.plus_days(-TIRING_DAYS);
    let mut past: BTreeMap<AdvocateId, (Vec<Answered>, Vec<i64>)> = BTreeMap::new();
    for answer in load::answers(&app.store, scope, since.start()).await? {
        if let Some(answered) = answered(&answer) {
            past.entry(answer.advocate_id).or_default().0.push(answered);
        }
    }
    for grade in load::grades(&app.store, scope, since).await? {
        past.entry(grade.advocate_id)
            .or_default()
            .1
            .push(grade.grade);
    }
    let mut tiring: Vec<Listed> = past
        .into_iter()
        .map(|(id, (answers, grades))| {
            let signs = tiring::signs(&answers, &grades);
            (id, signs.into_iter().map(sentence).collect::<Vec<_>>())
        })
        .filter(|(_, signs)| !signs.is_empty())
        .collect();
    tiring.sort_by_key(|(id, signs)| (std::cmp::Reverse(signs.len()), *id));
    Ok(tiring)
}

/// What the advocate said, once they did; an ask that others ended says nothing about them.
fn answered(row: &load::Answer) -> Option<Answered> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds of two years stay far below the 53 bits that a fraction holds exactly"
    )]
    let hours = |at: Timestamp| at.seconds_since(row.advocate_asked_at) as f64 / 3_600.0;
    if let Some(at) = row.accepted_at {
        return Some(Answered {
            hours: Some(hours(at)),
            is_no: false,
        });
    }
    match (row.state, row.declined_by) {
        (CandidateState::Declined, Some(DeclinedBy::Advocate)) => Some(Answered {
            hours: row.closed_at.map(hours),
            is_no: true,
        }),
        (CandidateState::Expired, _) => Some(Answered {
            hours: None,
            is_no: true,
        }),
        _ => None,
    }
}

fn sentence(sign: Sign) -> String {
    match sign {
        Sign::Slower { usual, lately } => format!(
            "Answers take {}; they used to take {}",
            span(lately),
            span(usual)
        ),
        Sign::MoreNo { lately } => {
            format!(
                "{lately} of the last {} asks ended without a yes",
                tiring::RECENT
            )
        }
        Sign::LowerGrades { usual, lately } => {
            format!("Grades their calls {lately:.1}; they used to give {usual:.1}")
        }
    }
}

/// Hours as people say them.
fn span(hours: f64) -> String {
    if hours < 1.5 {
        "about an hour".to_owned()
    } else if hours < 48.0 {
        format!("{hours:.0} hours")
    } else {
        format!("{:.0} days", hours / 24.0)
    }
}
