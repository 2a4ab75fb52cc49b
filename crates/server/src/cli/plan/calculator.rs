//! `goodword plan calculator`: from sellers and habits to requests, without any database.

use app::{Actor, plan::calculator};
use planning::calculator::{Answer, CalculatorInput, Plan, Segment};

use crate::cli::{Failure, Global, Table};

/// Calculate requests for references from how a team sells.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword plan calculator --sellers 500 --quota 1500000 --deal-size 180000 --need-rate 0.7 --references 2 --json"
)]
pub struct Args {
    /// Sellers of the team.
    #[arg(long, value_name = "COUNT", allow_negative_numbers = true)]
    sellers: f64,
    /// New-business quota of a seller and year.
    #[arg(long, value_name = "MONEY", allow_negative_numbers = true)]
    quota: f64,
    /// Average opportunity size.
    #[arg(long, value_name = "MONEY", allow_negative_numbers = true)]
    deal_size: f64,
    /// Share of opportunities that need a reference, from 0 to 1.
    #[arg(long, value_name = "SHARE", allow_negative_numbers = true)]
    need_rate: f64,
    /// Reference accounts per opportunity that needs one.
    #[arg(long, value_name = "COUNT", allow_negative_numbers = true)]
    references: f64,
    /// Share of live opportunities that are won; live ones are counted then instead of won ones.
    #[arg(long, value_name = "SHARE", allow_negative_numbers = true)]
    win_rate: Option<f64>,
    /// Twelve weights of the months, January first, with commas between.
    #[arg(long, value_name = "WEIGHTS", value_delimiter = ',')]
    seasonality: Option<Vec<f64>>,
}

/// Reads no data and shows none, so it opens no database and asks for no sign-in.
pub fn run(global: &Global, args: &Args) -> Result<(), Failure> {
    global.refuse_acting("The calculator reads no data and answers everybody alike.")?;
    let plan = Plan {
        segments: vec![Segment {
            name: String::new(),
            sellers: args.sellers,
            quota: args.quota,
            deal_size: args.deal_size,
            need_rate: args.need_rate,
            references: args.references,
            win_rate: args.win_rate,
            seasonality: args.seasonality.clone(),
        }],
    };
    let answer = calculator::calculate(&Actor::operator(), &plan).map_err(named_as_options)?;
    if global.json {
        println!("{}", serde_json::json!(answer));
    } else {
        print(&answer);
    }
    Ok(())
}

/// People at the command line know a field by its option.
fn named_as_options(error: app::Error) -> Failure {
    match error {
        app::Error::Invalid(mut problems) => {
            for problem in &mut problems {
                let name = problem.field.rsplit('.').next().unwrap_or_default();
                problem.field = format!("--{}", name.replace('_', "-"));
            }
            Failure::App(app::Error::Invalid(problems))
        }
        other => Failure::App(other),
    }
}

fn print(answer: &Answer) {
    let needs = &answer.total;
    let mut table = Table::new(&["", "YEAR", "QUARTER", "MONTH"]);
    for (label, [year, quarter, month]) in [
        (
            "Opportunities per seller",
            needs.shown.opportunities_per_seller.clone(),
        ),
        (
            "Requests per seller",
            needs.shown.requests_per_seller.clone(),
        ),
        ("Requests of the team", needs.shown.requests_team.clone()),
    ] {
        table.row([label.to_owned(), year, quarter, month]);
    }
    print!("{table}");
    println!(
        "\nUsable accounts at least: {} at one use a quarter, {} at two. Advocates: {} at six uses a year.",
        needs.accounts_at_one_use_a_quarter,
        needs.accounts_at_two_uses_a_quarter,
        needs.advocates_at_six_uses_a_year
    );
    println!(
        "Quota revenue that needs references: {:.0} a year.",
        needs.revenue_needing_references
    );
    println!("\nRequests of the team and year when one input changes:");
    let mut table = Table::new(&["INPUT", "-20 %", "-10 %", "AS IT IS", "+10 %", "+20 %"]);
    for effect in &answer.sensitivity {
        let label = match effect.input {
            CalculatorInput::Sellers => "Sellers",
            CalculatorInput::Quota => "Quota",
            CalculatorInput::DealSize => "Deal size",
            CalculatorInput::NeedRate => "Need rate",
            CalculatorInput::References => "References",
            CalculatorInput::WinRate => "Win rate",
        };
        let points = effect
            .requests_team_year
            .iter()
            .map(|requests| format!("{requests:.0}"));
        table.row(std::iter::once(label.to_owned()).chain(points));
    }
    print!("{table}");
    println!("Requests = sellers x quota / deal size x need rate x references.");
}
