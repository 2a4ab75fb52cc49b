//! `goodword plan demand`, `gaps` and `recruit`: what open deals will ask for, what is not covered,
//! and whom to recruit next.

use app::plan::{
    AskPlan,
    candidates::{self, RecruitCandidates},
    demand::{self, Demand},
    gaps::{self, AskGaps, Gaps},
};
use domain::{activity::Activity, opportunity::OpportunityKind, time::Day};

use crate::cli::{Failure, Global, Opened, Table};

/// What every outlook is cut by.
#[derive(Debug, clap::Args)]
pub struct Cut {
    /// Keys of facets with commas between [default: industry,product].
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    pub(super) facets: Vec<String>,
    /// Ends of the windows in days, with commas between [default: 30,60,90,120].
    #[arg(long, value_name = "DAYS", value_delimiter = ',')]
    pub(super) window_ends: Vec<i64>,
    /// The day of the plan; nothing that was not known on it is used [default: today].
    #[arg(long, value_name = "DAY")]
    pub(super) as_of: Option<Day>,
    /// new, expansion or renewal; repeat it for several; new and expansion when absent.
    #[arg(long = "kind", value_name = "KIND")]
    pub(super) kinds: Vec<OpportunityKind>,
    /// A need rate from 0 to 1 to take instead of the learned ones.
    #[arg(long, value_name = "SHARE")]
    pub(super) need_rate: Option<f64>,
    /// Let each term count as the broadest one above it: Hospitals as Healthcare.
    #[arg(long)]
    pub(super) broad: bool,
}

/// Forecast what open deals will ask for.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword plan demand --facets industry --json")]
pub struct DemandArgs {
    #[command(flatten)]
    cut: Cut,
}

/// Hold demand against what advocates can give.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword plan gaps --facets industry,product --json")]
pub struct GapsArgs {
    #[command(flatten)]
    pub(super) cut: Cut,
    /// What the advocates are needed for [default: reference_call].
    #[arg(long)]
    pub(super) activity: Option<Activity>,
    /// Count profiles that were not verified lately as supply.
    #[arg(long)]
    pub(super) unverified: bool,
    /// Let what kept growth goals lack in the pipeline compete with the deals for capacity.
    #[arg(long)]
    pub(super) goals: bool,
}

/// Say which profiles to recruit next and what each is worth.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword plan recruit --facets industry --json")]
pub struct RecruitArgs {
    #[command(flatten)]
    gaps: GapsArgs,
    /// List the customers to ask for one profile, by its key in the list.
    #[arg(long, value_name = "KEY")]
    profile: Option<String>,
}

impl From<Cut> for AskPlan {
    fn from(cut: Cut) -> Self {
        Self {
            facets: cut.facets,
            window_ends: cut.window_ends,
            as_of: cut.as_of,
            kinds: cut.kinds,
            need_rate: cut.need_rate,
            is_broad: cut.broad,
            with_goals: false,
        }
    }
}

impl From<GapsArgs> for AskGaps {
    fn from(args: GapsArgs) -> Self {
        Self {
            plan: AskPlan {
                with_goals: args.goals,
                ..args.cut.into()
            },
            activity: args.activity,
            with_unverified: args.unverified,
        }
    }
}

pub async fn demand(global: &Global, args: DemandArgs) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let demand = demand::get(&opened.app, &opened.actor, &args.cut.into()).await?;
    if global.json {
        println!("{}", serde_json::json!(demand));
    } else {
        print_demand(&demand);
    }
    Ok(())
}

pub async fn gaps(global: &Global, args: GapsArgs) -> Result<(), Failure> {
    let gaps = read(global, args).await?;
    if global.json {
        println!("{}", serde_json::json!(gaps));
    } else {
        print_gaps(&gaps);
    }
    Ok(())
}

pub async fn recruit(global: &Global, args: RecruitArgs) -> Result<(), Failure> {
    if let Some(key) = args.profile {
        return customers_for(global, args.gaps.cut, &key).await;
    }
    let gaps = read(global, args.gaps).await?;
    if global.json {
        println!("{}", serde_json::json!(gaps.recruits));
    } else {
        print_recruits(&gaps);
    }
    Ok(())
}

/// The customers to ask for one profile.
async fn customers_for(global: &Global, cut: Cut, key: &str) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let found = candidates::get(&opened.app, &opened.actor, &cut.into(), key).await?;
    if global.json {
        println!("{}", serde_json::json!(found));
    } else {
        print_candidates(&found);
    }
    Ok(())
}

fn print_candidates(found: &RecruitCandidates) {
    println!(
        "{} customers fit {} and have no advocate; {} have one, {} are locked.",
        found.fitting,
        found.labels.join(" / "),
        found.have_advocates,
        found.locked
    );
    let mut table = Table::new(&[
        "CUSTOMER", "OWNER", "POINTS", "HEALTH", "NPS", "WON", "BEFORE",
    ]);
    let shown = |value: Option<i64>| value.map_or_else(|| "-".to_owned(), |one| one.to_string());
    for one in &found.candidates {
        table.row([
            one.account.name.clone(),
            one.owner_name.clone().unwrap_or_else(|| "-".to_owned()),
            one.points.to_string(),
            shown(one.health),
            shown(one.nps),
            one.won_deals.to_string(),
            one.asked_before
                .map_or_else(|| "-".to_owned(), |status| status.to_string()),
        ]);
    }
    print!("{table}");
    println!("{}.", found.formula);
}

async fn read(global: &Global, args: GapsArgs) -> Result<Gaps, Failure> {
    let opened = Opened::new(global).await?;
    Ok(gaps::get(&opened.app, &opened.actor, &args.into()).await?)
}

fn print_demand(demand: &Demand) {
    println!(
        "{} open deals worth {} {} on {}: {:.1} references expected.",
        demand.deals, demand.money, demand.currency, demand.as_of, demand.expected
    );
    println!(
        "Estimated: {} need dates, {} amounts. Undated: {}. Unpriced: {}.",
        demand.with_estimated_day, demand.with_estimated_money, demand.undated, demand.unpriced
    );
    for apart in &demand.without_rate {
        println!(
            "{} deals with {} {}: {}",
            apart.deals, apart.money, apart.currency, apart.message
        );
    }
    let mut table = Table::new(&["SEGMENT", "DEALS", "MONEY", "EXPECTED", "LOW", "HIGH"]);
    for segment in &demand.segments {
        let last = segment.within.last().copied().unwrap_or_default();
        table.row([
            segment.labels.join(" / "),
            segment.deals.to_string(),
            segment.money.clone(),
            format!("{:.1}", last.expected),
            format!("{:.1}", last.low),
            format!("{:.1}", last.high),
        ]);
    }
    let days = demand.window_ends.last().copied().unwrap_or(0);
    println!(
        "\nReferences within {days} days, at most low in 1 and at most high in 9 of 10 cases:"
    );
    print!("{table}");
    println!("{}.", demand.formula);
}

fn print_gaps(gaps: &Gaps) {
    println!(
        "{:.1} of {:.1} references covered by {} accounts; {} {} at risk of {}.",
        gaps.covered,
        gaps.needed,
        gaps.accounts,
        gaps.money_at_risk,
        gaps.demand.currency,
        gaps.money_needed
    );
    if let Some(day) = gaps.stock_out_on {
        println!("The first need without a reference falls on {day}.");
    }
    if gaps.needs_wanted > 0 {
        println!(
            "Stakeholder needs come first: {} of {} references can be served.",
            gaps.needs_served, gaps.needs_wanted
        );
    }
    if gaps.unverified > 0 {
        let counted = if gaps.with_unverified {
            "counted"
        } else {
            "left out"
        };
        println!(
            "{} advocates were not verified lately and are {counted}.",
            gaps.unverified
        );
    }
    let mut table = Table::new(&[
        "SEGMENT", "NEEDED", "COVERED", "AT RISK", "RUNS OUT", "ACCOUNTS",
    ]);
    for segment in &gaps.segments {
        table.row([
            segment.labels.join(" / "),
            format!("{:.1}", segment.needed),
            format!("{:.1}", segment.covered),
            segment.money_at_risk.clone(),
            segment
                .stock_out_on
                .map_or_else(|| "-".to_owned(), |day| day.to_string()),
            segment.accounts.to_string(),
        ]);
    }
    print!("\n{table}");
    if !gaps.goals.is_empty() {
        let mut table = Table::new(&[
            "GOAL",
            "NEEDED",
            "COVERED",
            "AT RISK",
            "ADVOCATES",
            "WORTH OF THE NEXT",
        ]);
        for goal in &gaps.goals {
            table.row([
                goal.name.clone(),
                format!("{:.1}", goal.needed),
                format!("{:.1}", goal.covered),
                goal.money_at_risk.clone(),
                goal.advocates.to_string(),
                goal.worth.clone(),
            ]);
        }
        print!("\n{table}");
    }
    println!("{}.", gaps.formula);
}

fn print_recruits(gaps: &Gaps) {
    let mut table = Table::new(&["KEY", "PROFILE", "WORTH", "REFERENCES", "START BY"]);
    for recruit in &gaps.recruits {
        table.row([
            recruit.key.clone(),
            recruit.labels.join(" / "),
            format!("{} {}", recruit.worth, gaps.demand.currency),
            format!("{:.1}", recruit.references),
            recruit
                .start_by
                .map_or_else(|| "-".to_owned(), |day| day.to_string()),
        ]);
    }
    if gaps.recruits.is_empty() {
        println!("Nobody has to be recruited: all priced demand is covered.");
    } else {
        print!("{table}");
        println!("Worth: covered pipeline that one more advocate of the profile would bring.");
    }
}
