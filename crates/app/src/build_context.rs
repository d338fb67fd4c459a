//! The context, put together from its rooms: a new room is one line here.

use std::sync::Arc;

use futures_util::FutureExt as _;
use kernel::{
    App,
    app::{BuildError, Builder},
    clock::Clock,
    forget_old_rows,
    health_checks::{self, HealthChecks, Look, Measure},
    incidents, messages,
    rng::Rng,
    settings::WhatsApp,
    staff_tasks::{Resolver, Resolvers, When},
};
use payments::Business;
use providers::{
    Secret,
    chat::{Channel, whatsapp},
};
use stays::{Setup, Template, money::StayMoney};

use crate::config::{Config, Rooms};

/// Opens the database and builds everything else. Connects to nothing but the database.
///
/// # Errors
/// When the database cannot be opened, or a setting cannot be used.
pub async fn build(config: Config, clock: Clock, rng: Rng) -> Result<Arc<App>, BuildError> {
    build_with(config, clock, rng, Vec::new()).await
}

/// The same with channels beside those of the settings.
///
/// # Errors
/// As [`build`].
pub async fn build_with(
    config: Config,
    clock: Clock,
    rng: Rng,
    channels: Vec<Arc<dyn Channel>>,
) -> Result<Arc<App>, BuildError> {
    let (kernel, rooms) = config.split();
    let mut builder = Builder::open(kernel, clock, rng).await?;
    let Rooms { whatsapp, alerts, ical, booking, money, payments, jobs } = rooms;
    // Queues are looked into in the order in which their jobs are registered: guests first.
    conversations::add(&mut builder, whatsapp.clone());
    messages::jobs(builder.jobs());
    let businesses: Vec<Arc<dyn Business>> = vec![Arc::new(StayMoney)];
    payments::add(&mut builder, payments, businesses)?;
    calendars::add(&mut builder, ical, jobs.ical_interval_seconds)?;
    incidents::jobs(builder.jobs());
    let template = template(&whatsapp)?;
    let expiration_interval_seconds = jobs.expiration_interval_seconds;
    stays::add(&mut builder, Setup { booking, money, template, expiration_interval_seconds })?;
    forget_old_rows::jobs(builder.jobs());

    if let Some(channel) = channel(&whatsapp, &builder.http) {
        builder.add_channel(Arc::new(channel));
    }
    for channel in channels {
        builder.add_channel(channel);
    }
    let targets = incidents::targets(&alerts, &builder.http);
    builder.set_notification_targets(targets);
    builder.set_health(health_checks());
    builder.set_resolvers(resolvers());
    Ok(builder.finish())
}

fn health_checks() -> HealthChecks {
    let looks: Vec<Look> = vec![
        |app| health_checks::database(app).boxed(),
        |app| health_checks::redis(app).boxed(),
        |app| calendars::feed_health::check(app).boxed(),
        |app| health_checks::jobs(app).boxed(),
        |app| health_checks::channel(app, "whatsapp").boxed(),
        |app| async move { payments::provider_health::check(app) }.boxed(),
    ];
    let measures: Vec<Measure> = vec![
        |app| calendars::feed_health::measure(app).boxed(),
        |app| async move { drop(health_checks::channel(app, "whatsapp").await) }.boxed(),
        |app| payments::provider_health::measure(app).boxed(),
    ];
    HealthChecks { looks, measures, ..HealthChecks::default() }
}

/// What resolving a staff task does besides.
fn resolvers() -> Resolvers {
    Resolvers(vec![
        Resolver {
            about: "conversation",
            when: When::Before,
            resolve: |tx, id| conversations::hand_back(tx, id).boxed(),
        },
        Resolver {
            about: "conflict",
            when: When::Before,
            resolve: |tx, id| calendars::resolve_row(tx, id).boxed(),
        },
        Resolver {
            about: "conflict",
            when: When::After,
            resolve: |tx, id| calendars::close_incident(tx, id).boxed(),
        },
        Resolver {
            about: "channel",
            when: When::After,
            resolve: |tx, id| messages::resume_channel(tx, id).boxed(),
        },
    ])
}

fn channel(settings: &WhatsApp, http: &reqwest::Client) -> Option<whatsapp::Client> {
    let access_token = settings.access_token.given()?;
    let config = whatsapp::Config {
        base_url: settings.base_url.clone(),
        phone_number_id: settings.phone_id.clone(),
        access_token: Secret::new(access_token),
    };
    Some(whatsapp::Client::new(http.clone(), config))
}

/// None where the owner has no such template.
fn template(settings: &WhatsApp) -> Result<Option<Template>, BuildError> {
    let locale = dialog::Locale::nearest(&settings.template_language);
    let locale = locale.ok_or(BuildError::Setting("WHATSAPP_TEMPLATE_LANGUAGE"))?;
    let (name, language) = (settings.balance_template.clone(), settings.template_language.clone());
    Ok((!name.is_empty()).then_some(Template { name, language, locale }))
}
