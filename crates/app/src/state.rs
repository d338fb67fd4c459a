//! The one [`App`], built in one place.

use std::{net::IpAddr, sync::Arc};

use domain::{accommodation::Zone, money::Currency, policy::Policy};
use jiff::Timestamp;
use providers::{
    chat::{Chat, whatsapp},
    http::{Network, Timeouts, feed::Feeds},
    payments::Payments,
};
use store::db::{Db, Engine, Session};
use tokio::sync::Notify;

use crate::{
    accommodation::Catalogue,
    batch::Batcher,
    clock::Clock,
    config::Config,
    entropy::Entropy,
    hold::{HoldAnswer, HoldError, HoldRequest},
    inbox::{Accepted, Delivery},
    limit::Limiter,
    metrics::Metrics,
    redis_link::RedisLink,
    tasks::Tasks,
};

/// Everything that use cases need, shared by all requests and jobs of a process.
pub struct App {
    pub config: Config,
    pub db: Db,
    pub clock: Clock,
    pub entropy: Entropy,
    pub metrics: Metrics,
    pub tasks: Tasks,
    pub(crate) redis: Option<RedisLink>,
    /// Per client address and per contact.
    pub limiter: Limiter,
    /// None when no channel is configured.
    pub chat: Option<Chat>,
    /// In the order in which guests are offered them; empty when none is configured.
    pub payments: Vec<Payments>,
    pub feeds: Feeds,
    /// How long nights that are gone from a calendar stay blocked.
    pub waiting: ical::WaitingRules,
    /// Where the host is told what is wrong; empty when nothing is configured.
    pub alerts: Vec<providers::alert::Target>,
    pub catalogue: Catalogue,
    pub defaults: Defaults,
    /// Rung after a commit that enqueued jobs.
    pub wake: Notify,
    /// The same for workers of other processes.
    pub wake_others: Notify,
    pub(crate) holds: Batcher<HoldRequest, Result<HoldAnswer, HoldError>>,
    pub(crate) deliveries: Batcher<Delivery, Result<Accepted, store::db::DbError>>,
    pub started_at: Timestamp,
}

/// Settings of the property, parsed.
pub struct Defaults {
    pub zone: Zone,
    pub currency: Currency,
    pub locale: dialog::Locale,
    /// In which the templates of the chat vendor are filled.
    pub template_locale: dialog::Locale,
    /// Agreed with every hold that is made from now on.
    pub policy: Policy,
    pub trusted_proxies: Vec<IpAddr>,
}

#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("the database could not be opened; check DATABASE_URL")]
    Database(#[source] store::db::DbError),
    #[error("REDIS_URL is not an address such as redis://localhost:6379")]
    RedisUrl(#[source] redis::RedisError),
    #[error("the HTTP client could not be built")]
    Http(#[source] providers::http::ClientError),
    #[error("the setting {0} is not valid")]
    Setting(&'static str),
}

impl App {
    /// Opens the database and builds everything else. Connects to nothing but the database.
    pub async fn build(config: Config, clock: Clock, entropy: Entropy) -> Result<Arc<Self>, BuildError> {
        let url = database_url(config.database.url.expose());
        let db = Db::open(&url, config.database.pool_size).await.map_err(BuildError::Database)?;
        let metrics = Metrics::default();
        let open = |url| RedisLink::open(url, metrics.circuits.named("redis"));
        let redis = config.redis.url.given().map(open).transpose().map_err(BuildError::RedisUrl)?;
        let http = providers::http::client(Timeouts::default()).map_err(BuildError::Http)?;
        let network =
            if config.ical.allow_private_networks { Network::AllowPrivate } else { Network::PublicOnly };
        let lanes = if db.engine() == Engine::Postgres { 2 } else { 1 };
        let now = clock.now();
        Ok(Arc::new(Self {
            limiter: Limiter::new(
                config.rate_limit.window_seconds,
                redis.clone(),
                metrics.rate_limit_redis_errors.clone(),
            ),
            chat: chat(&config, &http),
            payments: crate::payment::providers(&config, &http)?,
            feeds: Feeds::new(network).map_err(BuildError::Http)?,
            waiting: config.ical.waiting_rules(),
            alerts: crate::alerts::targets(&config, &http),
            defaults: defaults(&config)?,
            metrics,
            tasks: Tasks::default(),
            catalogue: Catalogue::default(),
            wake: Notify::new(),
            wake_others: Notify::new(),
            holds: Batcher::new(lanes),
            deliveries: Batcher::new(1),
            started_at: now,
            config,
            db,
            clock,
            entropy,
            redis,
        }))
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub async fn begin(&self) -> store::db::Result<Session> {
        self.clock.step().await;
        self.db.begin().await
    }

    pub async fn read(&self) -> store::db::Result<Session> {
        self.clock.step().await;
        self.db.read().await
    }

    /// Commits and wakes the workers: some job may have been written.
    pub async fn commit(&self, session: Session) -> store::db::Result<()> {
        self.clock.step().await;
        session.commit().await?;
        self.wake.notify_one();
        self.wake_others.notify_one();
        Ok(())
    }
}

/// Addresses as other tools write them are understood too.
pub fn database_url(url: &str) -> String {
    url.replacen("postgresql+asyncpg://", "postgres://", 1).replacen("sqlite+aiosqlite://", "sqlite://", 1)
}

fn chat(config: &Config, http: &reqwest::Client) -> Option<Chat> {
    let access_token = config.whatsapp.access_token.given()?;
    let settings = whatsapp::Config {
        base_url: config.whatsapp.base_url.clone(),
        phone_number_id: config.whatsapp.phone_id.clone(),
        access_token: providers::Secret::new(access_token),
    };
    Some(Chat::WhatsApp(whatsapp::Client::new(http.clone(), settings)))
}

fn defaults(config: &Config) -> Result<Defaults, BuildError> {
    let proxies = config.server.trusted_proxies.split(',').map(str::trim).filter(|text| !text.is_empty());
    let trusted_proxies =
        proxies.map(|text| text.parse().map_err(|_| BuildError::Setting("TRUSTED_PROXIES")));
    Ok(Defaults {
        zone: Zone::parse(&config.property.timezone).map_err(|_| BuildError::Setting("PROPERTY_TIMEZONE"))?,
        currency: Currency::parse(&config.property.currency)
            .map_err(|_| BuildError::Setting("PROPERTY_CURRENCY"))?,
        locale: dialog::Locale::parse(&config.property.locale)
            .ok_or(BuildError::Setting("PROPERTY_LOCALE"))?,
        template_locale: dialog::Locale::nearest(&config.whatsapp.template_language)
            .ok_or(BuildError::Setting("WHATSAPP_TEMPLATE_LANGUAGE"))?,
        policy: Policy::parse(&config.payments.cancellation_policy)
            .map_err(|_| BuildError::Setting("CANCELLATION_POLICY"))?,
        trusted_proxies: trusted_proxies.collect::<Result<_, _>>()?,
    })
}
