//! One seller at Mercado Pago: what is known of him from the start, what is kept, and how calls are answered.

use std::{collections::BTreeMap, sync::Arc};

use axum::Router;
use jiff::SignedDuration;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    MercadoPagoFaults, MercadoPagoSettings,
    api_error::{self, ApiError, MercadoPagoDialect},
    control_routes, notify, other_paths,
    payment::Payment,
    preference::Preference,
    routes,
};
use crate::core::{Control, Dialect, Reply, Retry, Route, SimState, Vendor, VendorCall, VendorSim};

pub(crate) type Sim = VendorSim<Account>;
pub(crate) type AccountState = SimState<Account>;
pub(crate) type ApiCall<'a> = VendorCall<'a, Account>;

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

    fn perform(
        call: &ApiCall<'_>,
        state: &mut AccountState,
        work: impl FnOnce(&ApiCall<'_>, &mut AccountState) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        api_error::check_token(&call.sim.account, call.incoming)?;
        work(call, state)
    }

    fn routes() -> Vec<Route<Self>> {
        routes()
    }

    fn other_paths() -> Router<Arc<Sim>> {
        other_paths()
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

impl VendorCall<'_, Account> {
    pub(super) fn body(&self) -> Result<Value, ApiError> {
        self.incoming.json().map_err(|_| ApiError::invalid("bad_request", "The body is not valid JSON"))
    }

    /// The query, with nothing in it that cannot be read.
    pub(super) fn query<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        let invalid = || ApiError::invalid("bad_request", "A parameter of the query cannot be read");
        self.incoming.query().ok_or_else(invalid)
    }

    pub(super) fn idempotency_key(&self) -> Option<&str> {
        self.incoming.header("x-idempotency-key")
    }

    /// Does what changes something, once per path and key, if there is one. A key is never forgotten: how long Mercado
    /// Pago keeps one is not known.
    pub(super) fn once(
        &self,
        state: &mut AccountState,
        work: impl FnOnce(&mut AccountState) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let key = self.idempotency_key().map(|key| format!("{} {key}", self.incoming.path));
        state.once(key, self.sim.now(), SignedDuration::MAX, work)
    }
}
