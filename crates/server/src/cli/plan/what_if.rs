//! `goodword plan what-if` and `scenarios`: the plan with something changed, side by side with today.

use app::plan::{
    scenario::{self, SaveScenario, Scenario},
    what_if::{self, AddAdvocates, AskWhatIf, MoveNeed, PlanChanges, PlanOutcome, WhatIf},
};
use domain::id::{AdvocateId, ScenarioId};

use super::outlook::GapsArgs;
use crate::cli::{Failure, Global, Opened, Table};

/// Change the plan and see what it does to the money and the days.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword plan what-if --facets industry --account-cap 2 --rest-days 14 --json"
)]
pub struct Args {
    /// How the plan is cut; --need-rate holds for the scenario alone.
    #[command(flatten)]
    gaps: GapsArgs,
    #[command(flatten)]
    changes: ChangesArgs,
    /// Answer a saved scenario, by its id in "plan scenarios".
    #[arg(long, value_name = "ID", conflicts_with_all = ["lose", "add", "move_needs", "save"])]
    scenario: Option<ScenarioId>,
    /// Keep the scenario under this name.
    #[arg(long, value_name = "NAME")]
    save: Option<String>,
}

#[derive(Debug, clap::Args)]
struct ChangesArgs {
    /// An advocate who would be lost, by id; commas between several.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    lose: Vec<AdvocateId>,
    /// Advocates who would be won: the profile's key as "plan recruit" gives it, = and how many.
    #[arg(long, value_name = "KEY=COUNT", value_parser = added)]
    add: Vec<AddAdvocates>,
    /// Days of rest after a use.
    #[arg(long, value_name = "DAYS")]
    rest_days: Option<i64>,
    /// Most uses of any kind per advocate and year.
    #[arg(long, value_name = "USES")]
    uses_per_advocate: Option<i64>,
    /// Most uses of the activity per account in its window.
    #[arg(long, value_name = "USES")]
    account_cap: Option<i64>,
    /// Share of earlier deals that reach the reference stage, from 0 to 1.
    #[arg(long, value_name = "SHARE")]
    reach_rate: Option<f64>,
    /// References of a deal that asks.
    #[arg(long, value_name = "COUNT")]
    references: Option<f64>,
    /// Share of closed deals that are won, above 0 up to 1; with --goals, whose opportunities it counts.
    #[arg(long, value_name = "SHARE", requires = "goals")]
    win_rate: Option<f64>,
    /// A stakeholder need on another day: its id as "plan needs" gives it, = and the day.
    #[arg(long = "move", value_name = "NEED=DAY", value_parser = moved)]
    move_needs: Vec<MoveNeed>,
}

/// List saved scenarios.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword plan scenarios --json")]
pub struct ScenariosArgs {}

fn added(written: &str) -> Result<AddAdvocates, String> {
    let (segment, count) = written
        .rsplit_once('=')
        .ok_or("write the profile's key, = and how many, such as KEY=10")?;
    Ok(AddAdvocates {
        segment: segment.to_owned(),
        count: count
            .parse()
            .map_err(|_| format!("\"{count}\" is not a number of advocates"))?,
    })
}

fn moved(written: &str) -> Result<MoveNeed, String> {
    let (need, to) = written
        .split_once('=')
        .ok_or("write the need's id, = and a day, such as ID=2026-05-01")?;
    Ok(MoveNeed {
        need: need
            .parse()
            .map_err(|_| format!("\"{need}\" is not the id of a need"))?,
        to: to
            .parse()
            .map_err(|_| format!("\"{to}\" is not a day such as 2026-05-01"))?,
    })
}

impl Args {
    fn question(self) -> AskWhatIf {
        let changes = PlanChanges {
            lose: self.changes.lose,
            add: self.changes.add,
            rest_days: self.changes.rest_days,
            uses_per_advocate: self.changes.uses_per_advocate,
            account_cap: self.changes.account_cap,
            need_rate: self.gaps.cut.need_rate,
            reach_rate: self.changes.reach_rate,
            references: self.changes.references,
            win_rate: self.changes.win_rate,
            move_needs: self.changes.move_needs,
        };
        AskWhatIf {
            facets: self.gaps.cut.facets,
            window_ends: self.gaps.cut.window_ends,
            as_of: self.gaps.cut.as_of,
            kinds: self.gaps.cut.kinds,
            broad: self.gaps.cut.broad,
            activity: self.gaps.activity,
            unverified: self.gaps.unverified,
            goals: self.gaps.goals,
            changes,
        }
    }
}

pub async fn run(global: &Global, mut args: Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let (app, actor) = (&opened.app, &opened.actor);
    let (kept, name) = (args.scenario, args.save.take());
    let ask = match kept {
        Some(id) => scenario::get(app, actor, id).await?.ask,
        None => args.question(),
    };
    let found = what_if::ask(app, actor, &ask).await?;
    if global.json {
        println!("{}", serde_json::json!(found));
    } else {
        print(&found);
    }
    if let Some(name) = name {
        let saved = scenario::save(app, actor, SaveScenario { name, ask }, None).await?;
        eprintln!("The scenario \"{}\" is saved as {}.", saved.name, saved.id);
    }
    Ok(())
}

fn print(found: &WhatIf) {
    let currency = found.currency;
    let mut table = Table::new(&["", "TODAY", "SCENARIO"]);
    let mut row = |label: &str, told: &dyn Fn(&PlanOutcome) -> String| {
        table.row([label.to_owned(), told(&found.today), told(&found.changed)]);
    };
    row("Money at risk", &|one| {
        format!("{} {currency}", one.money_at_risk)
    });
    row("Money covered", &|one| {
        format!("{} {currency}", one.money_covered)
    });
    row("References covered", &|one| {
        format!("{:.1} of {:.1}", one.covered, one.needed)
    });
    row("References that everybody can give", &|one| {
        format!("{:.1}", one.capacity)
    });
    row("Stakeholder needs served", &|one| {
        format!("{} of {}", one.needs_served, one.needs_wanted)
    });
    row(
        "First need without a reference",
        &|one| match (one.stock_out_on, one.stock_out_days) {
            (Some(day), Some(days)) => format!("{day}, in {days} days"),
            _ => "none".to_owned(),
        },
    );
    print!("{table}");
    let idle = found.lost.iter().filter(|one| !one.is_supply).count();
    if idle > 0 {
        println!("{idle} of those lost give nothing today.");
    }
    let mut table = Table::new(&["PROFILE", "AT RISK TODAY", "AT RISK THEN", "RUNS OUT THEN"]);
    for one in &found.segments {
        table.row([
            one.labels.join(" / "),
            format!("{} {currency}", one.today_at_risk),
            format!("{} {currency}", one.changed_at_risk),
            one.changed_stock_out_on
                .map_or_else(|| "-".to_owned(), |day| day.to_string()),
        ]);
    }
    if !found.segments.is_empty() {
        print!("{table}");
    }
    println!("{}.", found.formula);
}

pub async fn list(global: &Global) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let found = scenario::list(&opened.app, &opened.actor).await?;
    if global.json {
        println!("{}", serde_json::json!(found));
        return Ok(());
    }
    if found.items.is_empty() {
        println!("No scenario is saved. Keep one with \"goodword plan what-if --save NAME\".");
        return Ok(());
    }
    let mut table = Table::new(&["ID", "NAME", "SAVED BY", "SAVED ON"]);
    for one in &found.items {
        let Scenario {
            id,
            name,
            saved_by,
            saved_at,
            ..
        } = one;
        table.row([
            id.to_string(),
            name.clone(),
            saved_by.clone(),
            saved_at.day().to_string(),
        ]);
    }
    print!("{table}");
    Ok(())
}
