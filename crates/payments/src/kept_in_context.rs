//! What payments keep in the context.

use std::sync::Arc;

use domain::{
    charges_of_stay::Purpose,
    money::Currency,
    payable::{Kind, Payable},
    payment::PaymentStatus,
};
use kernel::{App, jobs::JobError, metrics::Series};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge},
};
use providers::payments::{Payments, paypal};

use crate::{
    business::Business,
    offline_method::Method,
    settings::{PROVIDERS, Settings},
};

pub struct Room {
    pub settings: Settings,
    pub metrics: Metrics,
    /// In the order in which payers are offered them; empty when none is configured.
    pub providers: Vec<Payments>,
    pub(crate) businesses: Vec<Arc<dyn Business>>,
}

pub struct Metrics {
    pub payments: Family<PaymentLabels, Counter>,
    pub refunds: Family<RefundLabels, Counter>,
    pub refunds_pending: Gauge<i64>,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct PaymentLabels {
    pub provider: &'static str,
    pub purpose: &'static str,
    pub outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct RefundLabels {
    pub provider: &'static str,
    pub outcome: &'static str,
}

impl PaymentLabels {
    pub fn of(provider: &'static str, purpose: Purpose, outcome: &'static str) -> Self {
        Self { provider, purpose: purpose.as_str(), outcome }
    }
}

impl Metrics {
    pub(crate) fn new(series: &mut Series<'_>) -> Self {
        let online = PROVIDERS.into_iter().flat_map(|provider| {
            let states = PaymentStatus::ALL.into_iter().map(PaymentStatus::as_str);
            states.map(move |outcome| PaymentLabels::of(provider, Purpose::Deposit, outcome))
        });
        let offline = Method::ALL.map(|method| {
            PaymentLabels::of(method.as_str(), Purpose::Deposit, PaymentStatus::Approved.as_str())
        });
        let refunds = PROVIDERS
            .into_iter()
            .flat_map(|provider| ["done", "refused"].map(|outcome| RefundLabels { provider, outcome }));
        Self {
            payments: series.counters(
                "payments",
                "Payments by provider, purpose and outcome",
                online.chain(offline),
            ),
            refunds: series.counters("refunds", "Refunds by provider and outcome", refunds),
            refunds_pending: series
                .gauge("refunds_pending", "Refunds that are written down and not done, offline ones too"),
        }
    }
}

pub fn room(app: &App) -> &Room {
    app.room()
}

/// The provider with this name, where it is configured.
pub fn provider<'a>(app: &'a App, name: &str) -> Option<&'a Payments> {
    room(app).providers.iter().find(|provider| provider.name() == name)
}

/// Those that charge in `currency`, the preferred one first.
pub fn providers_for(app: &App, currency: Currency) -> impl Iterator<Item = &Payments> {
    room(app).providers.iter().filter(move |provider| provider.takes(currency))
}

/// To tell PayPal's webhooks from others.
pub fn paypal(app: &App) -> Option<&paypal::Client> {
    room(app).providers.iter().find_map(|provider| match provider {
        Payments::PayPal(client) => Some(client),
        _ => None,
    })
}

/// What the business of a payable does with money; None for a kind that no room of this program has.
pub(crate) fn business(app: &App, kind: Kind) -> Option<&dyn Business> {
    let found = room(app).businesses.iter().find(|business| business.kind() == kind);
    found.map(AsRef::as_ref)
}

/// The same for a job.
pub(crate) fn business_of<'a>(app: &'a App, payable: &Payable) -> Result<&'a dyn Business, JobError> {
    business(app, payable.kind).ok_or(JobError::fail("no room of this program has this kind of payable"))
}
