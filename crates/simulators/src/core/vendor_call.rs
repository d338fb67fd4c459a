//! A call to a vendor: the route that leads to it, and what its handler sees.

use std::sync::{Arc, OnceLock};

use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{MethodFilter, on},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Incoming, Reply, SimState, Vendor, VendorSim};
use crate::faults::{Call, CallFault};

/// A call as its handler sees it.
pub struct VendorCall<'a, V: Vendor> {
    pub(crate) sim: &'a VendorSim<V>,
    pub(crate) incoming: &'a Incoming,
    request_id: OnceLock<String>,
}

/// A call that was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallRecord {
    /// When it was answered, by the simulator's clock.
    pub at: Timestamp,
    /// The name that planned faults know it by.
    pub call: Call,
    /// Such as `POST`.
    pub method: String,
    /// Without the query.
    pub path: String,
    /// What was answered; absent when the connection was cut instead.
    pub http_status: Option<u16>,
    /// The fault that it met.
    pub fault: CallFault,
}

/// What a call does once its caller is let in. It holds the state, so it must not ask the simulator for it again.
pub(crate) type Handler<V> = fn(&VendorCall<'_, V>, &mut SimState<V>) -> Result<Reply, <V as Vendor>::Error>;

/// A call that a vendor answers, under the name that planned faults know it by.
pub struct Route<V: Vendor> {
    method: MethodFilter,
    path: &'static str,
    call: Call,
    handler: Handler<V>,
}

impl<'a, V: Vendor> VendorCall<'a, V> {
    pub(super) fn new(sim: &'a VendorSim<V>, incoming: &'a Incoming) -> Self {
        Self { sim, incoming, request_id: OnceLock::new() }
    }

    /// The `{id}` of the path.
    pub(crate) fn id(&self) -> &'a str {
        self.incoming.param("id")
    }

    /// What the vendor calls this call by, for those that give their calls names.
    pub(crate) fn request_id(&self) -> &str {
        self.request_id.get_or_init(|| self.sim.core.ids.hex(14))
    }
}

impl<V: Vendor> Route<V> {
    pub(crate) fn get(path: &'static str, call: Call, handler: Handler<V>) -> Self {
        Self { method: MethodFilter::GET, path, call, handler }
    }

    pub(crate) fn post(path: &'static str, call: Call, handler: Handler<V>) -> Self {
        Self { method: MethodFilter::POST, path, call, handler }
    }

    pub(crate) fn put(path: &'static str, call: Call, handler: Handler<V>) -> Self {
        Self { method: MethodFilter::PUT, path, call, handler }
    }
}

/// Puts the calls behind the paths that are there already.
pub(super) fn add<V: Vendor>(
    router: Router<Arc<VendorSim<V>>>,
    routes: Vec<Route<V>>,
) -> Router<Arc<VendorSim<V>>> {
    routes.into_iter().fold(router, |router, Route { method, path, call, handler }| {
        let answer = async move |State(sim): State<Arc<VendorSim<V>>>, incoming: Incoming| -> Response {
            sim.respond(call, &incoming, handler).await
        };
        router.route(path, on(method, answer))
    })
}
