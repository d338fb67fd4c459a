//! Keys of programs: made, listed, revoked.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use domain::staff::{Id, Scopes};
use jiff::{SignedDuration, Timestamp};
use kernel::{App, api_keys, clock::Clock};
use store::api_key::ApiKey;

use crate::{settings, system_rng::system_rng};

#[derive(Args)]
#[command(
    after_help = "Example:\n  conserje key create accountant --scopes read,money --days 365\n  conserje key list\n  conserje key revoke 0123456789abcdef0123456789abcdef\n\nPrograms send a key as `Authorization: Bearer …`. API_TOKEN in the settings is a key with every scope."
)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a key; its secret is shown this one time
    #[command(after_help = "Example:\n  conserje key create accountant --scopes read,money --days 365")]
    Create {
        /// What it is for: "accountant", "price script"
        name: String,
        /// What it may do, comma-separated: read (see), write (change), money (take and give back), admin (keys)
        #[arg(long, default_value = "read")]
        scopes: String,
        /// It ends after so many days; without this it lasts until it is revoked
        #[arg(long)]
        days: Option<u16>,
    },
    /// List all keys, without their secrets
    #[command(after_help = "Example:\n  conserje key list")]
    List,
    /// End a key now, by the id that `list` shows
    #[command(after_help = "Example:\n  conserje key revoke 0123456789abcdef0123456789abcdef")]
    Revoke {
        /// As `conserje key list` shows it
        id: String,
    },
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let app = app::build(settings::read()?, Clock::System, system_rng()).await?;
    store::migrate::run(&app.db, app.now()).await.context("the database could not be brought up to date")?;
    let done = match options.command {
        Command::Create { name, scopes, days } => create(&app, &name, &scopes, days).await,
        Command::List => list(&app).await,
        Command::Revoke { id } => revoke(&app, &id).await,
    };
    app.db.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn create(app: &App, name: &str, scopes: &str, days: Option<u16>) -> anyhow::Result<()> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        bail!("give the key a name of 1 to 100 characters, such as accountant");
    }
    let scopes = Scopes::parse(scopes)
        .with_context(|| format!("{scopes:?} are no scopes; give some of read, write, money, admin"))?;
    let lasts = days.map(|days| SignedDuration::from_hours(24 * i64::from(days.max(1))));
    let made = api_keys::create_key(app, name, scopes, lasts).await?;
    println!("{}", made.secret);
    eprintln!("This is the key {name} ({}), with the scopes {scopes}.", made.key.id);
    eprintln!("Keep it now: it is not shown again. It ends {}.", ending(&made.key));
    Ok(())
}

async fn list(app: &App) -> anyhow::Result<()> {
    let keys = api_keys::list_keys(app).await?;
    if keys.is_empty() {
        println!("There is no key yet. Make one: conserje key create NAME --scopes read");
        return Ok(());
    }
    for key in keys {
        let used = key.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("last used {at}"));
        println!("{}  {}  {}  {}  {used}", key.id, key.name, key.scopes, state(&key, app.now()));
    }
    Ok(())
}

async fn revoke(app: &App, id: &str) -> anyhow::Result<()> {
    let id =
        Id::parse(id).with_context(|| format!("{id:?} is no id of a key; `conserje key list` shows them"))?;
    if !api_keys::revoke_key(app, id).await? {
        bail!("there is no key {id} that still works; `conserje key list` shows them");
    }
    println!("The key {id} opens nothing any more.");
    Ok(())
}

fn state(key: &ApiKey, now: Timestamp) -> String {
    match key.revoked_at {
        Some(at) => format!("revoked {at}"),
        None if !key.is_valid(now) => "has ended".to_owned(),
        None => format!("ends {}", ending(key)),
    }
}

fn ending(key: &ApiKey) -> String {
    key.expires_at.map_or_else(|| "when it is revoked".to_owned(), |at| at.to_string())
}
