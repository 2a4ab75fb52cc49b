//! `goodword may`: may an advocate be used for something on a day, and because of what.

use app::advocate::may::{self, AskMay, MayAnswer};
use domain::{activity::Activity, consent::ConsentChannel, time::Day};

use super::{Failure, Global, Opened, say};

/// Say whether an advocate may be used for an activity on a day, and because of what. Changes nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword may ann@meridian.example --activity quote --on 2027-01-15\n\nFor programs:\n  goodword may ann@meridian.example --json"
)]
pub struct Args {
    /// The advocate, by the id here or by the e-mail address.
    #[arg(value_name = "ADVOCATE")]
    advocate: String,
    /// What for [default: reference_call].
    #[arg(long, default_value_t = Activity::ReferenceCall, hide_default_value = true)]
    activity: Activity,
    /// When: today or a day within two years [default: the first day without a rush].
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// Through what, such as conversation or website [default: in general].
    #[arg(long)]
    channel: Option<ConsentChannel>,
    /// In which region, by its name in the taxonomy [default: in general].
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let (app, actor) = (&opened.app, &opened.actor);
    let nobody = |error| match error {
        app::Error::NotFound => Failure::Refused(format!(
            "No advocate in your reach is {}. Use the id here or the e-mail address.",
            args.advocate
        )),
        other => Failure::App(other),
    };
    let id = may::named(app, actor, &args.advocate)
        .await
        .map_err(nobody)?;
    let region = match &args.region {
        Some(name) => Some(may::region_named(app, actor, name).await?),
        None => None,
    };
    let ask = AskMay {
        activity: args.activity,
        on: args.on,
        channel: args.channel,
        region,
    };
    let answer = may::may(app, actor, id, ask).await.map_err(nobody)?;
    if global.json {
        say(serde_json::json!(answer))
    } else {
        print(&answer)
    }
}

fn print(answer: &MayAnswer) -> Result<(), Failure> {
    let may = if answer.may { "Yes" } else { "No" };
    say(format!(
        "{may}: {}, {}, {}.",
        answer.display_name,
        answer.activity_label.to_lowercase(),
        answer.on
    ))?;
    for why in &answer.because {
        say(format!("  {why}"))?;
    }
    if answer.is_rush {
        say("  The notice is short, so the program team has to say yes as well.")?;
    }
    match answer.next_free {
        Some(day) if day != answer.on => say(format!("  The first free day is {day}.")),
        _ => Ok(()),
    }
}
