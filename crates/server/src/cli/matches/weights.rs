//! `goodword match weights`: how much each facet counts, what other weights would change, what the
//! program's own history suggests.

use std::collections::BTreeMap;

use app::{
    find::{
        learned::{self, LearnedWeights, Lesson},
        weights::{self, MatchWeights, WeightPreview, WeightedPlace},
    },
    setting::{self, SettingView},
};
use serde_json::json;

use crate::cli::{Failure, Global, Opened, Table, say, say_all};

/// Show, try, set or learn how much each facet counts.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword match weights\n\nWhat others would change for the open deals that close next:\n  goodword match weights try industry=40 text=10"
)]
pub struct Args {
    #[command(subcommand)]
    command: Option<WeightsCommand>,
}

#[derive(Debug, clap::Subcommand)]
enum WeightsCommand {
    /// Show what other weights would change for the open deals that close next; changes nothing.
    #[command(after_help = "Example:\n  goodword match weights try industry=40 text=10 --json")]
    Try(ChangesArgs),
    /// Save other weights; those that are not named keep theirs.
    #[command(after_help = "Example:\n  goodword match weights set industry=40 text=10")]
    Set(ChangesArgs),
    /// Learn weights from the program's own history and try them on later requests; changes nothing.
    #[command(after_help = "Example:\n  goodword match weights learn --json")]
    Learn,
}

#[derive(Debug, clap::Args)]
struct ChangesArgs {
    /// The key of a facet, text or others, = and a weight from 1 to 100.
    #[arg(value_name = "KEY=WEIGHT", required = true, value_parser = change)]
    changes: Vec<(String, u32)>,
}

fn change(text: &str) -> Result<(String, u32), String> {
    let parts = text.split_once('=').filter(|(key, _)| !key.is_empty());
    let weight = parts.and_then(|(key, weight)| Some((key.to_owned(), weight.parse().ok()?)));
    weight.ok_or_else(|| "write the key of a facet, = and a weight, such as industry=40".to_owned())
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let (app, actor) = (&opened.app, &opened.actor);
    let held = setting::all(app, actor).await?.match_weights;
    match args.command {
        None => told(global, &held, show),
        Some(WeightsCommand::Try(args)) => {
            let tried = with(held.value, args.changes);
            let preview = weights::preview(app, actor, tried).await?;
            told(global, &preview, show_preview)
        }
        Some(WeightsCommand::Set(args)) => {
            let wanted = with(held.value, args.changes);
            let change = [
                ("facets", json!(wanted.facets)),
                ("others", json!(wanted.others)),
                ("text", json!(wanted.text)),
            ];
            let change = change.map(|(field, value)| (field.to_owned(), value));
            let change = change.into_iter().collect();
            let saved = weights::edit(app, actor, held.version, change).await?;
            told(global, &saved, show)
        }
        Some(WeightsCommand::Learn) => {
            let learned = learned::learn(app, actor).await?;
            told(global, &learned, show_learned)
        }
    }
}

fn told<T: serde::Serialize>(
    global: &Global,
    value: &T,
    show: impl Fn(&T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if global.json {
        say(json!(value))
    } else {
        show(value)
    }
}

fn with(mut weights: MatchWeights, changes: Vec<(String, u32)>) -> MatchWeights {
    for (key, weight) in changes {
        match key.as_str() {
            "others" => weights.others = weight,
            "text" => weights.text = weight,
            _ => {
                weights.facets.insert(key, weight);
            }
        }
    }
    weights
}

/// By key, in the order in which they are written down.
fn listed(weights: &MatchWeights) -> BTreeMap<&str, u32> {
    let facets = weights.facets.iter();
    let facets = facets.map(|(key, weight)| (key.as_str(), *weight));
    let single = [("others", weights.others), ("text", weights.text)];
    facets.chain(single).collect()
}

fn show(view: &SettingView<MatchWeights>) -> Result<(), Failure> {
    let defaults = listed(&view.default);
    let mut table = Table::new(&["WEIGHT OF", "NOW", "DEFAULT"]);
    for (key, weight) in listed(&view.value) {
        let default = defaults.get(key).unwrap_or(&view.default.others);
        table.row([key.to_owned(), weight.to_string(), default.to_string()]);
    }
    say_all(&table)
}

fn show_preview(preview: &WeightPreview) -> Result<(), Failure> {
    say(format!(
        "{} of {} open deals would be offered others.",
        preview.changed,
        preview.deals.len()
    ))?;
    let accounts = |places: &[WeightedPlace]| {
        let names = places.iter().map(|place| place.account_name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let mut table = Table::new(&["DEAL", "CLOSES", "NOW", "THEN"]);
    for deal in preview.deals.iter().filter(|deal| deal.is_changed) {
        let closes = deal
            .close_on
            .map_or_else(String::new, |day| day.to_string());
        let (before, after) = (accounts(&deal.before), accounts(&deal.after));
        table.row([deal.name.clone(), closes, before, after]);
    }
    if preview.changed > 0 {
        say_all(&table)?;
    }
    Ok(())
}

fn show_learned(learned: &LearnedWeights) -> Result<(), Failure> {
    match &learned.lesson {
        Some(lesson) => show_lesson(lesson),
        None => say(format!(
            "{} choices could be read and {} are needed; nothing was learned. Close more requests with a use first.",
            learned.choices, learned.needed
        )),
    }
}

fn show_lesson(lesson: &Lesson) -> Result<(), Failure> {
    let mut table = Table::new(&["WEIGHT OF", "NOW", "LEARNED", "CHOICES"]);
    for facet in &lesson.facets {
        let numbers = [facet.now, facet.learned].map(|weight| weight.to_string());
        let [now, learned] = numbers;
        table.row([facet.key.clone(), now, learned, facet.choices.to_string()]);
    }
    say_all(&table)?;
    let (before, after) = (&lesson.before, &lesson.after);
    say(format!(
        "Learned from {} choices. On {} later ones whoever said yes would have been among the first ten in {:.0} % instead of {:.0} %, on place {:.1} instead of {:.1}: {} further to the front, {} further back.",
        lesson.learned_from,
        lesson.tried_on,
        after.hit_rate * 100.0,
        before.hit_rate * 100.0,
        after.mean_place,
        before.mean_place,
        lesson.better,
        lesson.worse
    ))?;
    let facets = lesson.facets.iter();
    let facets = facets.map(|facet| format!("{}={}", facet.key, facet.learned));
    let facets: Vec<String> = facets.collect();
    say(format!(
        "Nothing is switched. To save them: goodword match weights set {}",
        facets.join(" ")
    ))
}
