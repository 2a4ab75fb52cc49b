//! `goodword user`: the people who sign in.

use std::io::Read;

use app::{
    setup,
    user::{self, ListUsers, NewUser},
};
use clap::Subcommand;
use domain::access::Role;

use super::{Failure, Global, Opened, Table, say, say_all};

/// Add and list the colleagues who sign in.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword user add --name \"Ann Example\" --email ann@example.com"
)]
pub struct Args {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Add a colleague; prints a new password unless one is given.
    #[command(
        after_help = "Example:\n  goodword user add --name \"Ann Example\" --email ann@example.com\n\nThat is the first account, admin and program; for everybody else roles are named:\n  goodword user add --name \"Bob Example\" --email bob@example.com --role seller"
    )]
    Add(Add),
    /// List colleagues.
    #[command(after_help = "Example:\n  goodword user list --role admin")]
    List(ListArgs),
}

#[derive(Debug, clap::Args)]
struct Add {
    #[arg(long)]
    name: String,
    #[arg(long)]
    email: String,
    /// seller, owner, stakeholder, program, executive, admin or privacy; repeat it for several. The
    /// first account of all must be an admin, and is admin and program where no role is named.
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<Role>,
    #[arg(long)]
    team: Option<String>,
    /// Read the password from standard input instead of making one.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Part of a name.
    #[arg(long, short)]
    query: Option<String>,
    /// Only people who hold this role.
    #[arg(long)]
    role: Option<Role>,
}

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    let opened = Opened::new(global).await?;
    match args.command {
        UserCommand::Add(args) => add(global, &opened, args).await,
        UserCommand::List(args) => list(global, &opened, args).await,
    }
}

async fn add(global: &Global, opened: &Opened, args: Add) -> Result<(), Failure> {
    if args.roles.is_empty() && !setup::is_needed(&opened.app).await? {
        return Err(Failure::Refused(
            "Say what this colleague does with --role, such as --role seller; see --help."
                .to_owned(),
        ));
    }
    let given = if args.password_stdin {
        Some(read_password()?)
    } else {
        None
    };
    let password = given.clone().unwrap_or_else(app::secret::new_secret);
    let ask = NewUser {
        name: args.name,
        email: args.email,
        password: password.clone(),
        roles: args.roles,
        team: args.team,
        manager_id: None,
    };
    let made = user::create(&opened.app, &opened.actor, ask, None).await?;
    let told = given.is_none().then_some(password);
    if global.json {
        say(serde_json::json!({ "user": made, "password": told }))?;
        return Ok(());
    }
    say(format!("Added {}.", made.name))?;
    if let Some(password) = told {
        say(format!("Password, shown this once: {password}"))?;
    }
    Ok(())
}

fn read_password() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .take(10_000)
        .read_to_string(&mut text)
        .map_err(|cause| Failure::Io {
            tried: "The password could not be read from standard input".to_owned(),
            cause,
        })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

async fn list(global: &Global, opened: &Opened, args: ListArgs) -> Result<(), Failure> {
    let mut people = Vec::new();
    let mut cursor = None;
    loop {
        let ask = ListUsers {
            text: args.query.clone(),
            role: args.role,
            limit: Some(app::listing::LIMIT_MAX),
            cursor,
            ..ListUsers::default()
        };
        let page = user::list(&opened.app, &opened.actor, ask).await?;
        people.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    if global.json {
        say(serde_json::json!({ "items": people }))?;
        return Ok(());
    }
    let mut table = Table::new(&["NAME", "E-MAIL", "ROLES", "TEAM", "SIGNS IN"]);
    for person in people {
        let roles: Vec<&str> = person.roles.iter().map(|role| role.as_str()).collect();
        let signs_in = person.is_active && person.can_sign_in;
        table.row([
            person.name,
            person.email.unwrap_or_default(),
            roles.join(", "),
            person.team.unwrap_or_default(),
            if signs_in { "yes" } else { "no" }.to_owned(),
        ]);
    }
    say_all(&table)?;
    Ok(())
}
