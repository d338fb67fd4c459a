//! The context: what use cases and jobs are handed. It names no business: a room keeps its settings, metrics and vendor
//! clients in a value of its own type and finds it again by that type.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    net::IpAddr,
    sync::Arc,
};

use domain::{accommodation::Zone, money::Currency};
use jiff::{SignedDuration, Timestamp};
use providers::{chat::Channel, http::Timeouts, notification_target::Target};
use store::db::{Db, Engine, Session};
use tokio::sync::Notify;

use crate::{
    background_tasks::Tasks,
    clock::Clock,
    commit_batch::{Batcher, Flush},
    current_cause,
    health_checks::HealthChecks,
    jobs::Registry,
    messages::Channels,
    metrics::{Metrics, Series},
    rate_limit::Limiter,
    redis_connection::RedisLink,
    rng::Rng,
    settings::Settings,
    staff_tasks::Resolvers,
};

/// Everything that use cases need, shared by all requests and jobs of a process.
pub struct App {
    pub settings: Settings,
    pub property: Property,
    pub db: Db,
    pub clock: Clock,
    pub rng: Rng,
    pub metrics: Metrics,
    pub tasks: Tasks,
    pub jobs: Registry,
    pub health: HealthChecks,
    pub resolvers: Resolvers,
    pub(crate) redis: Option<RedisLink>,
    /// Per client address and per contact.
    pub limiter: Limiter,
    pub channels: Channels,
    /// Where staff are told of incidents; empty when nothing is configured.
    pub notification_targets: Vec<Target>,
    /// Addresses whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// Notified after a commit that enqueued jobs.
    pub wake: Notify,
    /// The same for workers of other processes.
    pub wake_others: Notify,
    pub started_at: Timestamp,
    rooms: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
}

/// The lodging, or whatever the business is: as settings name it, parsed.
pub struct Property {
    pub name: String,
    pub zone: Zone,
    pub currency: Currency,
    pub locale: dialog::Locale,
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

/// A context that is being put together: rooms add what is theirs, and then it is finished.
pub struct Builder {
    app: App,
    /// For vendor clients.
    pub http: reqwest::Client,
}

impl Builder {
    /// Opens the database. Connects to nothing else.
    pub async fn open(settings: Settings, clock: Clock, rng: Rng) -> Result<Self, BuildError> {
        let url = database_url(settings.database.url.expose());
        let db = Db::open(&url, settings.database.pool_size).await.map_err(BuildError::Database)?;
        let metrics = Metrics::default();
        let open = |url| RedisLink::open(url, metrics.circuits.named("redis"));
        let redis = settings.redis.url.given().map(open).transpose().map_err(BuildError::RedisUrl)?;
        let http = providers::http::client(Timeouts::default()).map_err(BuildError::Http)?;
        let limiter = Limiter::new(
            settings.rate_limit.window_seconds,
            redis.clone(),
            metrics.rate_limit_redis_errors.clone(),
        );
        let app = App {
            property: property(&settings)?,
            trusted_proxies: trusted_proxies(&settings)?,
            limiter,
            metrics,
            tasks: Tasks::default(),
            jobs: Registry::default(),
            health: HealthChecks::default(),
            resolvers: Resolvers::default(),
            channels: Channels::default(),
            notification_targets: Vec::new(),
            wake: Notify::new(),
            wake_others: Notify::new(),
            started_at: clock.now(),
            rooms: HashMap::new(),
            settings,
            db,
            clock,
            rng,
            redis,
        };
        Ok(Self { app, http })
    }

    /// What a room keeps in the context; [`App::room`] finds it again.
    pub fn add_room<R: Send + Sync + 'static>(&mut self, room: R) {
        self.app.rooms.insert(TypeId::of::<R>(), Box::new(room));
    }

    /// Requests of this kind share commits.
    pub fn add_batcher<T: Flush>(&mut self, lanes: Lanes) {
        let several = if self.app.db.engine() == Engine::Postgres { 2 } else { 1 };
        let lanes = match lanes {
            Lanes::One => 1,
            Lanes::AsManyAsTheDatabaseTakes => several,
        };
        self.add_room(Batcher::<T, T::Result>::new(lanes));
    }

    /// For the metrics of a room.
    pub fn series(&mut self) -> Series<'_> {
        self.app.metrics.series()
    }

    pub fn metrics(&self) -> &Metrics {
        &self.app.metrics
    }

    pub fn jobs(&mut self) -> &mut Registry {
        &mut self.app.jobs
    }

    pub fn add_channel(&mut self, channel: Arc<dyn Channel>) {
        self.app.metrics.circuits.init(channel.name());
        self.app.channels.add(channel);
    }

    pub fn set_notification_targets(&mut self, targets: Vec<Target>) {
        self.app.notification_targets = targets;
    }

    pub fn set_health(&mut self, checks: HealthChecks) {
        self.app.health = checks;
    }

    pub fn set_resolvers(&mut self, resolvers: Resolvers) {
        self.app.resolvers = resolvers;
    }

    pub fn finish(self) -> Arc<App> {
        self.app.metrics.init_jobs(self.app.jobs.kinds());
        Arc::new(self.app)
    }
}

/// How many batches of one kind may be under way at once.
#[derive(Clone, Copy, Debug)]
pub enum Lanes {
    One,
    /// One writer on SQLite, two on PostgreSQL.
    AsManyAsTheDatabaseTakes,
}

impl App {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What a room keeps in the context.
    ///
    /// # Panics
    /// When the room was not added while the context was built, which no test of the room would survive.
    pub fn room<R: Send + Sync + 'static>(&self) -> &R {
        let room = self.rooms.get(&TypeId::of::<R>()).and_then(|room| room.downcast_ref());
        room.expect("a room is added when the context is built, before anything runs in it")
    }

    /// How long answers to repeated requests are kept.
    pub fn keep_answers_for(&self) -> SignedDuration {
        SignedDuration::from_hours(self.settings.idempotency_hours.into())
    }

    /// A plain transaction, for what nobody does and what has no time of its own, such as the bookkeeping of the queue. A
    /// change begins with [`App::begin_as`].
    pub async fn begin(&self) -> store::db::Result<Session> {
        self.clock.step().await;
        Ok(self.db.begin().await?.caused_by(current_cause::current()))
    }

    pub async fn read(&self) -> store::db::Result<Session> {
        self.clock.step().await;
        self.db.read().await
    }

    /// For several reads whose answers must agree with each other.
    pub async fn snapshot(&self) -> store::db::Result<Session> {
        self.clock.step().await;
        self.db.snapshot().await
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
    let Some((scheme, rest)) = url.split_once(':') else { return url.to_owned() };
    // Libraries of Python name their driver in it: `postgresql+psycopg2`, `sqlite+pysqlite`.
    let scheme = scheme.split('+').next().unwrap_or(scheme);
    format!("{scheme}:{rest}")
}

fn property(settings: &Settings) -> Result<Property, BuildError> {
    let given = &settings.property;
    Ok(Property {
        name: given.name.clone(),
        zone: Zone::parse(&given.timezone).map_err(|_| BuildError::Setting("PROPERTY_TIMEZONE"))?,
        currency: Currency::parse(&given.currency).map_err(|_| BuildError::Setting("PROPERTY_CURRENCY"))?,
        locale: dialog::Locale::parse(&given.locale).ok_or(BuildError::Setting("PROPERTY_LOCALE"))?,
    })
}

fn trusted_proxies(settings: &Settings) -> Result<Vec<IpAddr>, BuildError> {
    let listed = settings.server.trusted_proxies.split(',').map(str::trim).filter(|text| !text.is_empty());
    listed.map(|text| text.parse().map_err(|_| BuildError::Setting("TRUSTED_PROXIES"))).collect()
}
