//! `goodword asks`: what is asked for and what is held, as the board and the queue of holds show it.

use app::request::{
    board::{self, Board, BoardCard, BoardStage},
    hold::{self, HoldView, ListHolds},
};
use clap::Subcommand;

use super::{Failure, Global, Opened, Table, say};

/// List open requests and holds. Changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  goodword asks board --as pia@example.com")]
pub struct Args {
    #[command(subcommand)]
    command: AsksCommand,
}

#[derive(Debug, Subcommand)]
enum AsksCommand {
    /// Open requests by where they stand: who has each, for how long, and which are likely to miss their day.
    #[command(after_help = "Example:\n  goodword asks board --json")]
    Board,
    /// Uses that are kept for deals in the forecast, and who waits for one; the oldest first.
    #[command(after_help = "Example:\n  goodword asks holds --json")]
    Holds,
}

/// Holds on a page, the most there are.
const HOLDS_PAGE: u64 = 200;

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let (app, actor) = (&opened.app, &opened.actor);
    match args.command {
        AsksCommand::Board => {
            let board = board::board(app, actor).await?;
            if global.json {
                return say(serde_json::json!(board));
            }
            print_board(&board)
        }
        AsksCommand::Holds => {
            let mut holds = Vec::new();
            let mut cursor = None;
            loop {
                let ask = ListHolds {
                    limit: Some(HOLDS_PAGE),
                    cursor,
                    ..ListHolds::default()
                };
                let page = hold::list(app, actor, ask).await?;
                holds.extend(page.items);
                cursor = page.next_cursor;
                if cursor.is_none() {
                    break;
                }
            }
            if global.json {
                return say(serde_json::json!(holds));
            }
            print_holds(&holds)
        }
    }
}

fn day(day: Option<impl ToString>) -> String {
    day.map_or_else(|| "-".to_owned(), |day| day.to_string())
}

fn print_board(board: &Board) -> Result<(), Failure> {
    let mut table = Table::new(&[
        "STANDS", "REQUEST", "FOR", "NEED BY", "HOLDER", "DAYS", "LIKELY",
    ]);
    for column in &board.columns {
        for card in &column.cards {
            table.row(board_row(column.stage, card));
        }
    }
    say(table)?;
    say(format!(
        "{} open requests; {} of those shown are likely to miss their day.",
        board.total, board.likely_late
    ))
}

fn board_row(stage: BoardStage, card: &BoardCard) -> [String; 7] {
    let deal = card.opportunity.as_ref().map(|deal| deal.name.clone());
    let late = if card.is_likely_late { " late" } else { "" };
    [
        match stage {
            BoardStage::Matching => "looking for somebody",
            BoardStage::OwnerAsked => "owner asked",
            BoardStage::AdvocateAsked => "advocate asked",
            BoardStage::Agreed => "agreed",
        }
        .to_owned(),
        card.activity.label().to_owned(),
        deal.unwrap_or_else(|| "-".to_owned()),
        card.need_by.to_string(),
        card.holder_name.clone().unwrap_or_else(|| "-".to_owned()),
        card.age_days.to_string(),
        format!("{}{late}", day(card.likely_on)),
    ]
}

fn print_holds(holds: &[HoldView]) -> Result<(), Failure> {
    let mut table = Table::new(&["STATE", "ADVOCATE", "ACTIVITY", "ON", "UNTIL", "DEAL", "BY"]);
    for hold in holds {
        let state = match hold.ahead {
            0 => hold.state.to_string(),
            ahead => format!("{}, {ahead} before", hold.state),
        };
        let deal = hold.opportunity.as_ref().map(|deal| deal.name.clone());
        let by = hold.held_by.as_ref().map(|person| person.name.clone());
        table.row([
            state,
            hold.advocate.display_name.clone(),
            hold.activity.label().to_owned(),
            hold.planned_on.to_string(),
            hold.expires_on.to_string(),
            deal.unwrap_or_else(|| "-".to_owned()),
            by.unwrap_or_else(|| "-".to_owned()),
        ]);
    }
    say(table)?;
    say(format!("{} holds.", holds.len()))
}
