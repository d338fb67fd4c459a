//! A desk to play with: its own data in a folder, its own providers on this machine, nothing to set up.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context as _;
use app::{
    App,
    clock::Clock,
    config::{Config, Secret},
    entropy::Entropy,
};
use clap::Args;
use simulators::{MercadoPago, MercadoPagoConfig, WhatsApp, WhatsAppConfig};
use tokio::net::TcpListener;

use crate::{
    logging,
    serve::{self, Role},
};

/// The page with the calendars and the chat.
mod page;
/// Three cabins, a past and a future.
mod seed;

#[derive(Args)]
#[command(after_help = "Example:\n  conserje demo --port 8080 --fresh")]
pub struct Options {
    /// Where the page is
    #[arg(long, env = "PORT", default_value_t = 8000)]
    port: u16,
    /// Where the data is kept
    #[arg(long, default_value = "conserje-data")]
    data: PathBuf,
    /// Begin anew: forget what was booked before
    #[arg(long)]
    fresh: bool,
}

/// The seller's number at the simulated Mercado Pago.
const COLLECTOR_ID: u64 = 100_200_300;
const PHONE_NUMBER_ID: &str = "100000000000001";

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    // The port first: nothing is touched when it is taken.
    let listener = web::serve::listen("127.0.0.1", options.port).await.map_err(anyhow::Error::msg)?;
    let data = &options.data;
    std::fs::create_dir_all(data).with_context(|| format!("the folder {} cannot be made", data.display()))?;
    let database = data.join("demo.db");
    if options.fresh {
        forget(&database)?;
    }
    let (clock, entropy) = (Clock::System, Entropy::system());
    let secrets = Secrets::new(&entropy);
    let here = format!("http://localhost:{}", options.port);
    let now = {
        let clock = clock.clone();
        Arc::new(move || clock.now()) as simulators::Clock
    };
    let whatsapp = WhatsApp::start(WhatsAppConfig {
        listener: loopback().await?,
        phone_number_id: PHONE_NUMBER_ID.to_owned(),
        display_phone_number: "5493515550100".to_owned(),
        access_token: secrets.whatsapp_token.clone(),
        app_secret: secrets.app_secret.clone(),
        webhook_url: format!("http://127.0.0.1:{}/api/v1/whatsapp/webhook", options.port),
        now: Arc::clone(&now),
    })?;
    let mercadopago = MercadoPago::start(MercadoPagoConfig {
        listener: loopback().await?,
        access_token: secrets.mercadopago_token.clone(),
        webhook_secret: secrets.webhook_secret.clone(),
        collector_id: COLLECTOR_ID,
        webhook_url: None,
        public_base_url: None,
        now,
    })?;

    let config = config(&options, &here, &database, &secrets, &whatsapp.base_url, &mercadopago.base_url);
    logging::start(&config.log, logging::Format::Text)?;
    let app = App::build(config, clock, entropy).await?;
    store::migrate::run(&app.db, app.now()).await?;
    let seeded = seed::run(&app).await.context("the demo's cabins and bookings could not be written")?;
    let router =
        page::router(Arc::clone(&app), whatsapp.control.clone()).merge(web::router(Arc::clone(&app)));

    welcome(&here, data, seeded, &secrets.api_token);
    serve::run_until_stopped(app, Some(listener), router, Role::All, serve::asked_to_stop()).await;
    whatsapp.stop().await;
    mercadopago.stop().await;
    Ok(ExitCode::SUCCESS)
}

struct Secrets {
    api_token: String,
    whatsapp_token: String,
    app_secret: String,
    mercadopago_token: String,
    webhook_secret: String,
}

impl Secrets {
    /// New ones at each start: the simulators learn them from us.
    fn new(entropy: &Entropy) -> Self {
        Self {
            api_token: entropy.token(),
            whatsapp_token: entropy.token(),
            app_secret: entropy.token(),
            mercadopago_token: entropy.token(),
            webhook_secret: entropy.token(),
        }
    }
}

fn config(
    options: &Options,
    here: &str,
    database: &Path,
    secrets: &Secrets,
    whatsapp: &str,
    mercadopago: &str,
) -> Config {
    let mut config = Config::defaults();
    config.server.port = options.port;
    config.server.base_url = here.to_owned();
    config.database.url = Secret::new(format!("sqlite://{}", database.display()));
    config.security.api_token = Secret::new(&secrets.api_token);
    config.property.name = "Cabañas del Arroyo".to_owned();
    config.rate_limit.requests = 600;
    config.log.level = "warn".to_owned();
    config.whatsapp.access_token = Secret::new(&secrets.whatsapp_token);
    config.whatsapp.app_secret = Secret::new(&secrets.app_secret);
    config.whatsapp.phone_id = PHONE_NUMBER_ID.to_owned();
    config.whatsapp.base_url = format!("{whatsapp}/v26.0");
    config.mercadopago.access_token = Secret::new(&secrets.mercadopago_token);
    config.mercadopago.webhook_secret = Secret::new(&secrets.webhook_secret);
    config.mercadopago.collector_id = COLLECTOR_ID.to_string();
    config.mercadopago.base_url = mercadopago.to_owned();
    config
}

async fn loopback() -> anyhow::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", 0)).await.context("a simulator found no free port")
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
         1. On the page, write to the desk: hola, tenés algo del 5 al 8 de enero para 4?\n  \
         2. Choose one by its number, answer sí, press the pay button, and watch the calendar.\n  \
         3. {here}/docs, with the staff token {api_token}\n\n\
         Ctrl-C stops it.",
        data.display()
    );
}
