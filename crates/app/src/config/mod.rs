//! Every setting, read once: the sections of all rooms. `config/default.toml` is the list and the manual.

use std::path::Path;

use serde::Deserialize;

use calendars::settings::Ical;
use kernel::settings::{
    self, Checks, Database, Problems, Property, RateLimit, Redis, Section, Security, Server,
};
use payments::settings::{MercadoPago, PayPal, Stripe};
use stays::settings::{Booking, Money};

pub use kernel::settings::{Alerts, Environment, Loaded, Log, Problem, Secret, SmtpTls, WhatsApp};
pub use payments::settings::{PayPalCheck, PayPalMode};

const DEFAULTS: &str = include_str!("../../../../config/default.toml");

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub environment: Environment,
    pub server: Server,
    pub database: Database,
    pub redis: Redis,
    pub security: Security,
    pub property: Property,
    pub booking: Booking,
    pub rate_limit: RateLimit,
    pub jobs: Jobs,
    pub log: Log,
    pub whatsapp: WhatsApp,
    pub payments: Money,
    pub mercadopago: MercadoPago,
    pub stripe: Stripe,
    pub paypal: PayPal,
    pub ical: Ical,
    pub alerts: Alerts,
}

kernel::settings! {
    /// How jobs are worked off, and how often those of several rooms are due.
    pub struct Jobs in "jobs" {
        expiration_interval_seconds: u32 = JOB_EXPIRATION_INTERVAL_SECONDS, 1..=86_400;
        ical_interval_seconds: u32 = JOB_ICAL_INTERVAL_SECONDS, 1..=86_400;
        concurrency: u16 = JOB_CONCURRENCY, 1..=1_000;
        lease_seconds: u32 = JOB_LEASE_SECONDS, 5..=86_400;
    }
}

/// What stands above all sections.
const TOP: Section = Section {
    name: "",
    rows: &[settings::Row { key: "environment", variable: "ENVIRONMENT", older: &[], range: None }],
};

/// The tables of all rooms, in the order of the manual.
pub const SECTIONS: [Section; 17] = [
    TOP,
    Server::TABLE,
    Database::TABLE,
    Redis::TABLE,
    Security::TABLE,
    Property::TABLE,
    Booking::TABLE,
    RateLimit::TABLE,
    Jobs::TABLE,
    Log::TABLE,
    WhatsApp::TABLE,
    Money::TABLE,
    MercadoPago::TABLE,
    Stripe::TABLE,
    PayPal::TABLE,
    Ical::TABLE,
    Alerts::TABLE,
];

/// What is handed to the rooms.
pub struct Rooms {
    pub whatsapp: WhatsApp,
    pub alerts: Alerts,
    pub ical: Ical,
    pub booking: Booking,
    pub money: Money,
    pub payments: payments::settings::Settings,
    pub jobs: Jobs,
}

/// Reads the settings: defaults, file, environment, in that order.
///
/// # Errors
/// Everything that is wrong, at once.
pub fn load(file: &Path, environment: &[(String, String)]) -> Result<Loaded<Config>, Problems> {
    let loaded: Loaded<Config> = settings::load(&SECTIONS, DEFAULTS, file, environment)?;
    let problems = loaded.settings.check();
    if problems.is_empty() { Ok(loaded) } else { Err(Problems(problems)) }
}

impl Config {
    /// The defaults alone, as tests and the demo begin with.
    ///
    /// # Panics
    /// When the embedded file is broken, which a test would have shown.
    pub fn defaults() -> Self {
        load(Path::new("/nonexistent/conserje.toml"), &[]).expect("the embedded defaults are valid").settings
    }

    pub fn is_production(&self) -> bool {
        self.environment == Environment::Production
    }

    /// Where guests and providers reach us, without a slash at the end.
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }

    fn check(&self) -> Vec<Problem> {
        let mut checks = Checks::new(self.environment);
        settings::check(&mut checks, &self.server, &self.database, &self.security, &self.property);
        self.booking.check(&mut checks);
        self.payments.check(&mut checks);
        self.payment_settings().check(&mut checks);
        self.whatsapp.check(&mut checks);
        self.alerts.check(&mut checks);
        checks.problems
    }

    fn payment_settings(&self) -> payments::settings::Settings {
        payments::settings::Settings {
            order: self.payments.order.clone(),
            mercadopago: self.mercadopago.clone(),
            stripe: self.stripe.clone(),
            paypal: self.paypal.clone(),
        }
    }

    /// The settings of the mechanisms, and those of the rooms.
    pub fn split(self) -> (settings::Settings, Rooms) {
        let payments = self.payment_settings();
        let worker =
            settings::Worker { concurrency: self.jobs.concurrency, lease_seconds: self.jobs.lease_seconds };
        let kernel = settings::Settings {
            environment: self.environment,
            server: self.server,
            database: self.database,
            redis: self.redis,
            security: self.security,
            property: self.property,
            rate_limit: self.rate_limit,
            worker,
            idempotency_hours: self.booking.idempotency_hours,
        };
        let rooms = Rooms {
            whatsapp: self.whatsapp,
            alerts: self.alerts,
            ical: self.ical,
            booking: self.booking,
            money: self.payments,
            payments,
            jobs: self.jobs,
        };
        (kernel, rooms)
    }
}

#[cfg(test)]
mod tests;
