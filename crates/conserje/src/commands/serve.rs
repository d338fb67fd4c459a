//! `conserje serve`: answers requests and runs jobs.

use std::{process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context as _;
use app::config::Loaded;
use clap::{Args, ValueEnum};
use kernel::App;
use kernel::clock::Clock;
use kernel::settings::Server;
use kernel::{health_checks, jobs};
use tokio::net::TcpListener;
use web::serve::Limits;

use crate::{logging, open_files_limit, settings, system_rng::system_rng};

#[derive(Args)]
#[command(
    after_help = "Example:\n  DATABASE_URL=postgres://desk@localhost/desk PORT=8080 conserje serve --log-format text\n\nEvery setting: config/default.toml"
)]
pub struct Options {
    /// What this process does: answer requests, do the work behind them, or both
    #[arg(long, value_enum, default_value = "all")]
    role: Role,
    /// json for machines, text for people
    #[arg(long, value_enum, default_value = "json")]
    log_format: logging::Format,
}

/// A database that hangs must not keep the process from ending.
const FAREWELL: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    All,
    Web,
    Worker,
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let Loaded { settings: config, warnings } = settings::load_all()?;
    logging::start(&config.log, options.log_format)?;
    for warning in warnings {
        tracing::warn!("{warning}");
    }
    if !config.is_production() {
        tracing::info!("ENVIRONMENT is development: unsigned webhooks are accepted when no secret is set");
    }
    if !config.booking.reminds() {
        tracing::warn!(
            hold_minutes = config.booking.hold_minutes,
            reminder_minutes = config.booking.reminder_minutes,
            "no guest is reminded of a hold: HOLD_REMINDER_MINUTES is 0 or not shorter than HOLD_MINUTES"
        );
    }
    let (host, port) = (config.server.host.clone(), config.server.port);
    let app = app::build(config, Clock::System, system_rng()).await?;
    store::migrate::run(&app.db, app.now()).await.context("the database could not be brought up to date")?;
    say_what_is_not_well(&app).await;
    let silent = options.role == Role::Worker && !app.settings.server.worker_http;
    let listener = match silent {
        true => None,
        false => Some(web::serve::listen(&host, port).await.map_err(anyhow::Error::msg)?),
    };
    let router = match options.role {
        Role::Worker => web::worker_router(Arc::clone(&app)),
        Role::All | Role::Web => web::router(Arc::clone(&app)),
    };
    run_until_stopped(app, listener, router, options.role, asked_to_stop()).await;
    Ok(ExitCode::SUCCESS)
}

/// What works in part is said at the start, and goes on in the health checks.
async fn say_what_is_not_well(app: &App) {
    for check in [health_checks::database(app).await, health_checks::redis(app).await] {
        if check.status != health_checks::State::Healthy {
            tracing::warn!(check = check.name, "{} {}", check.name, check.detail);
        }
    }
}

/// Serves and works until `stop`, then finishes what runs within the limit and gives leases back.
pub async fn run_until_stopped(
    app: Arc<App>,
    listener: Option<TcpListener>,
    router: axum::Router,
    role: Role,
    stop: impl Future<Output = ()>,
) {
    let limits = limits(&app.settings.server);
    app.tasks.spawn(jobs::notify_others(Arc::clone(&app)));
    if role != Role::Web {
        app.tasks.spawn(jobs::work(Arc::clone(&app)));
    }
    if let Some(listener) = listener {
        let address = listener.local_addr().map(|address| address.to_string()).unwrap_or_default();
        let opened = if role == Role::Worker { "the worker shows its health" } else { "the desk is open" };
        tracing::info!(address, "{opened}");
        app.tasks.spawn(web::serve(Arc::clone(&app), listener, router, limits));
    }
    if role == Role::Worker {
        tracing::info!("the worker is running");
    }
    stop.await;
    tracing::info!("stopping: no new work, finishing what runs");
    if app.tasks.finish(limits.shutdown).await {
        tracing::info!("stopped");
    } else {
        tracing::warn!("stopped with work unfinished; its leases run out and others take it over");
    }
    if tokio::time::timeout(FAREWELL, app.db.close()).await.is_err() {
        tracing::warn!("the database did not let go of its connections; what was committed is safe");
    }
}

/// How many connections there may be, and how long each may take.
fn limits(server: &Server) -> Limits {
    let wanted = Limits {
        connections: server.max_connections,
        connections_per_address: server.max_connections_per_address,
        write_timeout: Duration::from_secs(u64::from(server.write_timeout_seconds)),
        shutdown: Duration::from_secs(u64::from(server.shutdown_seconds)),
        ..Limits::default()
    };
    let Some(open_files) = open_files_limit::raise() else { return wanted };
    let limits = wanted.within_open_files(open_files);
    if limits.connections < wanted.connections {
        tracing::warn!(
            open_files,
            connections = limits.connections,
            "fewer connections than wanted: this process may open only so many files; raise the limit (ulimit -n)"
        );
    }
    limits
}

/// SIGTERM or Ctrl-C. SIGHUP, which a closed terminal sends, is said and left: settings are read at the start.
pub async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut hang_up = signal(SignalKind::hangup()).expect("a handler for SIGHUP can be set at start");
    let mut terminate = signal(SignalKind::terminate()).expect("a handler for SIGTERM can be set at start");
    let mut interrupt = signal(SignalKind::interrupt()).expect("a handler for SIGINT can be set at start");
    loop {
        tokio::select! {
            _ = terminate.recv() => return,
            _ = interrupt.recv() => return,
            _ = hang_up.recv() => tracing::info!("SIGHUP changes nothing: settings are read at the start"),
        }
    }
}
