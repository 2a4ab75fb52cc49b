//! What the demo company plans: dated needs, growth goals, a recruiting target, scenarios, the calculator
//! and uses that are held for deals.
//!
//! All of it goes in as people put it in, through the same commands, once everything else is there: so what a
//! goal asks for and which profile is worth most are read from the made-up company, not made up beside it. The
//! words and days follow from the seed and the day; ids and hours are those of the writing.

mod holds;
mod needs;

use std::collections::HashMap;

use domain::id::{AccountId, AdvocateId};
use planning::calculator::{Plan, Segment};
use storage::StorageError;

pub(super) use needs::COUNT as NEEDS_COUNT;

use super::{
    chance::Chance,
    people::person_name,
    requests::{History, World},
    tags::Tagger,
};
use crate::{
    App,
    actor::Actor,
    advocate::nominate::{self, Nominate},
    error::Error,
    plan::{
        AskPlan,
        calculator::{self, SavePlan},
        candidates,
        gaps::{self, AskGaps},
        goals::{self, GrowthGoal, ReadGoal, SaveGoal},
        scenario::{self, SaveScenario},
        targets::{self, CreateTarget},
        what_if::{AddAdvocates, AskWhatIf, PlanChanges},
    },
};

const GOALS: [&str; 2] = [
    "Increase next half revenue by 20% from healthcare in North America",
    "Grow revenue by 15% from manufacturing next half",
];

/// Advocates lost in the scenario of that name: those that are used the most.
const LOST: usize = 5;
/// Nominees of the target.
const NOMINEES: usize = 2;

/// What plans are about, told from the made-up past.
pub(super) struct Known {
    /// Who is asked for everything, the most used first.
    most_used: Vec<AdvocateId>,
    /// A customer who would give a talk and has not for long.
    speaker: Option<AccountId>,
}

impl Known {
    pub(super) fn of(world: &World<'_>, history: &History) -> Self {
        let mut counts: HashMap<AdvocateId, usize> = HashMap::new();
        for row in &history.uses {
            *counts.entry(row.advocate_id).or_default() += 1;
        }
        let mut ranked: Vec<(usize, AdvocateId)> =
            counts.into_iter().map(|(id, count)| (count, id)).collect();
        ranked.sort_unstable_by(|one, other| other.cmp(one));
        Self {
            most_used: ranked.into_iter().take(LOST).map(|(_, id)| id).collect(),
            speaker: needs::speaker(world, history),
        }
    }
}

/// Writes all of it; the log of the made-up years has to stand.
pub(super) async fn write(
    app: &App,
    world: &World<'_>,
    known: Known,
    tagger: &Tagger,
    chance: &mut Chance,
) -> Result<(), Error> {
    let program = planner(app, world).await?;
    needs::note(app, world, known.speaker, tagger).await?;
    for sentence in GOALS {
        keep_goal(app, &program, sentence).await?;
    }
    save_calculator(app, &program).await?;
    let recruits = gaps::get(
        app,
        &program,
        &AskGaps {
            plan: cut(),
            ..AskGaps::default()
        },
    )
    .await?
    .recruits;
    let mut recruits = recruits.into_iter();
    // The dearest gap is left for whoever looks around to find.
    let dearest = recruits.next();
    if let Some(next) = recruits.next() {
        recruit(app, &program, &next.key, chance).await?;
    }
    keep_scenarios(app, &program, known.most_used, dearest.map(|one| one.key)).await?;
    holds::put_by(app, world).await
}

/// The demo sign-in of the program team.
async fn planner(app: &App, world: &World<'_>) -> Result<Actor, Error> {
    let users = world.staff.users.iter();
    let mut team = users.filter(|user| user.roles().contains(&domain::access::Role::Program));
    let user = team.next().ok_or_else(|| missing("a program manager"))?;
    Actor::of_user(&app.store, user, world.calendar.today).await
}

fn missing(what: &str) -> Error {
    StorageError::BadRow {
        table: "users",
        problem: format!("the demo company needs {what}"),
    }
    .into()
}

/// The cut that the screens begin with.
fn cut() -> AskPlan {
    AskPlan {
        facets: vec!["industry".to_owned(), "product".to_owned()],
        window_ends: vec![30, 60, 90],
        is_broad: true,
        ..AskPlan::default()
    }
}

async fn keep_goal(app: &App, program: &Actor, sentence: &str) -> Result<(), Error> {
    let ask = ReadGoal {
        sentence: sentence.to_owned(),
    };
    let read = goals::read(app, program, &ask).await?;
    let (Some(first), Some(last), Some(change)) = (read.first, read.last, read.change) else {
        return Err(missing("goals that can be read"));
    };
    let words = read.words.into_iter().flat_map(|words| words.terms);
    let goal = GrowthGoal {
        first,
        last,
        change,
        terms: words.map(|term| term.id).collect(),
    };
    let ask = SaveGoal {
        name: sentence.to_owned(),
        goal,
    };
    goals::save(app, program, ask, None).await?;
    Ok(())
}

async fn save_calculator(app: &App, program: &Actor) -> Result<(), Error> {
    let team = Segment {
        name: "Whole team".to_owned(),
        sellers: 500.0,
        quota: 1_500_000.0,
        deal_size: 180_000.0,
        need_rate: 0.7,
        references: 2.0,
        win_rate: None,
        seasonality: None,
    };
    let ask = SavePlan {
        plan: Plan {
            segments: vec![team],
        },
        why: "First plan, with sales leadership".to_owned(),
    };
    calculator::save(app, program, ask, None).await?;
    Ok(())
}

/// A target for a profile, and the first nominations for it.
async fn recruit(app: &App, program: &Actor, key: &str, chance: &mut Chance) -> Result<(), Error> {
    let ask = CreateTarget {
        facets: cut().facets,
        segment: key.to_owned(),
        broad: true,
        window_ends: cut().window_ends,
        activity: None,
        wanted: 4,
        start_by: None,
        note: Some("Happy customers with a number to tell: time saved, calls answered.".to_owned()),
    };
    let target = targets::create(app, program, ask, None).await?;
    let fitting = candidates::get(app, program, &cut(), key).await?.candidates;
    let fresh = fitting.into_iter().filter(|one| one.asked_before.is_none());
    for candidate in fresh.take(NOMINEES) {
        let ask = Nominate {
            account_id: Some(candidate.account.id),
            name: person_name(chance),
            why: Some("Their own team told us how it went.".to_owned()),
            target_id: Some(target.id),
            ..Nominate::default()
        };
        nominate::nominate(app, program, ask, None).await?;
    }
    Ok(())
}

async fn keep_scenarios(
    app: &App,
    program: &Actor,
    most_used: Vec<AdvocateId>,
    dearest: Option<String>,
) -> Result<(), Error> {
    let add = dearest.map(|segment| AddAdvocates { segment, count: 10 });
    let scenarios = [
        (
            "The five most used advocates leave",
            PlanChanges {
                lose: most_used,
                ..PlanChanges::default()
            },
        ),
        (
            "Sixty days of rest after a use",
            PlanChanges {
                rest_days: Some(60),
                ..PlanChanges::default()
            },
        ),
        (
            "Ten more where they are worth the most",
            PlanChanges {
                add: add.into_iter().collect(),
                ..PlanChanges::default()
            },
        ),
    ];
    for (name, changes) in scenarios {
        let ask = AskWhatIf {
            facets: cut().facets,
            window_ends: cut().window_ends,
            broad: true,
            changes,
            ..AskWhatIf::default()
        };
        let ask = SaveScenario {
            name: name.to_owned(),
            ask,
        };
        scenario::save(app, program, ask, None).await?;
    }
    Ok(())
}
