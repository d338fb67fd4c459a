//! One seller at Mercado Pago: what is known of him from the start, what is kept, and how calls are answered.

use std::{collections::BTreeMap, sync::Arc};

use axum::Router;
use jiff::SignedDuration;
use serde_json::Value;

use super::{
    MercadoPagoFaults, MercadoPagoSettings,
    api_error::{self, ApiError, MercadoPagoDialect},
    control_routes, notify,
    payment::Payment,
    preference::Preference,
    routes,
};
use crate::core::{Control, Dialect, Incoming, Retry, SimState, Vendor, VendorSim};

/// A key is never forgotten: how long Mercado Pago keeps one is not known.
pub(crate) const KEY_LIFETIME: SignedDuration = SignedDuration::MAX;

pub(crate) type Sim = VendorSim<Account>;
pub(crate) type AccountState = SimState<Account>;

/// What is known of the seller from the start.
pub struct Account {
    pub(crate) access_token: String,
    pub(crate) collector_id: u64,
}

/// What is kept for the seller.
#[derive(Default)]
pub struct Model {
    /// In the order in which they were created.
    pub(crate) preferences: Vec<Preference>,
    /// By id, which grows.
    pub(crate) payments: BTreeMap<u64, Payment>,
}

impl Vendor for Account {
    type Settings = MercadoPagoSettings;
    type Faults = MercadoPagoFaults;
    type Model = Model;
    type Error = ApiError;

    const SIGNATURE_HEADER: &'static str = notify::SIGNATURE_HEADER;

    fn accepts(http_status: u16) -> bool {
        matches!(http_status, 200 | 201)
    }

    fn retry(settings: &MercadoPagoSettings) -> Retry {
        settings.retry.clone()
    }

    fn dialect() -> &'static (dyn Dialect + Sync) {
        &MercadoPagoDialect
    }

    fn authorize(sim: &Sim, _: &AccountState, call: &Incoming) -> Result<(), ApiError> {
        api_error::check_token(&sim.account, call)
    }

    fn routes() -> Router<Arc<Sim>> {
        routes()
    }

    fn control_routes() -> Router<Control<Self>> {
        control_routes::router()
    }
}

impl SimState<Account> {
    pub(crate) fn find_preference(&self, id: &str) -> Option<&Preference> {
        self.model.preferences.iter().find(|preference| preference.id == id)
    }
}

/// What makes a call the same as one before: the path and the caller's own key, where it gives one.
pub(crate) fn idempotency_key(incoming: &Incoming) -> Option<String> {
    incoming.header("x-idempotency-key").map(|key| format!("{} {key}", incoming.path))
}

pub(crate) fn body(incoming: &Incoming) -> Result<Value, ApiError> {
    incoming.json().map_err(|_| ApiError::invalid("bad_request", "The body is not valid JSON"))
}
