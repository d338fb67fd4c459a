//! A trial: its own data in a folder, its own providers on this machine, nothing to set up.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context as _;
use app::config::Config;
use app::config::Secret;
use clap::Args;
use kernel::clock::Clock;

use crate::commands::serve::{self, Role};
use crate::{logging, system_rng::system_rng};

/// A simulated Airbnb and Booking.com.
mod calendar_platforms;
/// The page with the calendars and the chat.
mod chat_and_calendars_page;
/// The simulated services.
mod chat_and_payment_vendors;
/// The mailbox of the host.
mod mail_server;
/// The page with the money of a stay.
mod money_page;
/// Three cabins, a past and a future.
mod seed_bookings;
/// What a guest and their bank can do that takes time, done at once.
mod skip_waits;

use calendar_platforms::Platforms;
use chat_and_payment_vendors::Vendors;
use mail_server::DemoMailbox;

#[derive(Args)]
#[command(after_help = "Example:\n  conserje demo --port 8080 --fresh")]
pub struct Options {
    /// Where the page is
    #[arg(long, env = "PORT", default_value_t = 8000, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// Where the data is kept
    #[arg(long, default_value = "conserje-data")]
    data: PathBuf,
    /// Begin anew: forget what was booked before
    #[arg(long)]
    fresh: bool,
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    // The port first: nothing is touched when it is taken.
    let listener = web::serve::listen("127.0.0.1", options.port).await.map_err(anyhow::Error::msg)?;
    let data = &options.data;
    std::fs::create_dir_all(data).with_context(|| format!("the folder {} cannot be made", data.display()))?;
    let _ours = lock(data)?;
    let database = data.join("demo.db");
    if options.fresh {
        forget(&database)?;
    }
    let (clock, entropy) = (Clock::System, system_rng());
    let api_token = entropy.token();
    let here = format!("http://localhost:{}", options.port);
    let vendors = Vendors::start(options.port, &clock, &entropy).await?;
    let platforms = Platforms::start(&clock).await?;
    let mailbox = DemoMailbox::start().await?;

    let mut config = config(options.port, &here, &database, &api_token);
    vendors.configure(&mut config);
    platforms.configure(&mut config);
    mailbox.configure(&mut config);
    logging::start(&config.log, logging::Format::Text)?;
    let unusable = || format!("the data in {} cannot be used; --fresh begins anew", data.display());
    let app = app::build(config, clock, entropy).await.with_context(unusable)?;
    store::migrate::run(&app.db, app.now()).await.with_context(unusable)?;
    let seeded =
        seed_bookings::run(&app).await.context("the demo's cabins and bookings could not be written")?;
    platforms.link(&app).await.context("the cabins could not be linked with the simulated platforms")?;
    vendors.end_pages_in_time(&app);
    let router = chat_and_calendars_page::router(Arc::clone(&app), vendors.whatsapp())
        .merge(platforms.router())
        .merge(mailbox.router())
        .merge(money_page::router(Arc::clone(&app)))
        .merge(skip_waits::router(Arc::clone(&app), vendors.mercadopago()))
        .merge(web::router(Arc::clone(&app)));

    welcome(&here, data, seeded, &api_token);
    serve::run_until_stopped(app, Some(listener), router, Role::All, serve::asked_to_stop()).await;
    vendors.stop().await;
    platforms.stop().await;
    mailbox.stop().await;
    Ok(ExitCode::SUCCESS)
}

fn config(port: u16, here: &str, database: &Path, api_token: &str) -> Config {
    let mut config = Config::defaults();
    config.server.port = port;
    config.server.base_url = here.to_owned();
    config.database.url = Secret::new(format!("sqlite://{}", database.display()));
    config.security.api_token = Secret::new(api_token);
    config.property.name = "Cabañas del Arroyo".to_owned();
    config.rate_limit.requests = 600;
    config.log.level = "warn".to_owned();
    config
}

/// Two demos in one folder would write over each other, and `--fresh` would delete what the other one works on. The
/// lock is the system's: it ends with the process, however that ends. It is held while the file is open.
fn lock(data: &Path) -> anyhow::Result<File> {
    let path = data.join("demo.lock");
    let cannot = || format!("{} cannot be locked", path.display());
    let file =
        OpenOptions::new().create(true).truncate(false).write(true).open(&path).with_context(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => anyhow::bail!(
            "another demo is running in the folder {}; stop it, or give another folder with --data",
            data.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).with_context(cannot),
    }
}

/// Removes the database and nothing else.
fn forget(database: &Path) -> anyhow::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{suffix}", database.display()));
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("{} cannot be removed", file.display()));
            }
            _ => {}
        }
    }
    Ok(())
}

fn welcome(here: &str, data: &Path, seeded: bool, api_token: &str) {
    let kept =
        if seeded { "three cabins with a past and a future" } else { "as you left it; --fresh begins anew" };
    println!(
        "Conserje is open: {here}\n\
         Data: {} ({kept}).\n\n\
         Three things to try:\n  \
         1. On the page, write to the desk: hola, tenés algo del 5 al 8 de enero para 4?\n     \
              Say which one if it offers several, answer sí, press the pay button, and watch the calendar.\n  \
         2. {here}/demo/money shows the money of that stay: pay late, twice or short, cancel, and see what comes back.\n  \
         3. {here}/demo/platforms is a simulated Airbnb and Booking.com: book there and watch the calendar; empty\n     \
              a calendar there, and see that nothing is freed, and why. {here}/demo/mail has what the host is told of it.\n\n\
         The API is described at {here}/docs; the staff token is {api_token}\n\
         Ctrl-C stops it.",
        data.display()
    );
}
