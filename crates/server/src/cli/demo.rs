//! `goodword demo`: the demo company, for trying the program out.

use app::demo::{self, DemoOptions, PASSWORD, SIGN_INS};

use super::{Failure, Global, Opened, Table, progress, say};

/// Fill an empty database with a made-up company and print its sign-ins.
///
/// Its people sign in on this machine only.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword demo --data ./demo-data\n  goodword serve --data ./demo-data"
)]
pub struct Args {
    /// 1 is a company with 500 sellers; from 0.02 to 50.
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
    /// Another number makes another company of the same size.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    let options = DemoOptions {
        scale: args.scale,
        seed: args.seed,
    };
    let spinner = progress::spinner(global);
    let made = demo::seed(&opened.app, options, |what, count| {
        if spinner.is_hidden() {
            eprintln!("{count} {what}");
        } else {
            spinner.set_message(format!("Writing {count} {what}"));
        }
    })
    .await?;
    spinner.finish_and_clear();
    if global.json {
        let answer =
            serde_json::json!({ "made": made, "sign_ins": SIGN_INS, "password": PASSWORD });
        return say(answer);
    }
    let mut table = Table::new(&["Role", "E-mail", "Name"]);
    for one in SIGN_INS {
        table.row([
            one.role.to_string(),
            one.email.to_owned(),
            one.name.to_owned(),
        ]);
    }
    say(format!(
        "The password of all of them: {PASSWORD}\n\n{table}"
    ))
}
