//! WhatsApp Cloud API: takes messages, sends signed webhooks, keeps each guest's transcript.

mod account;
mod control_handle;
mod control_routes;
mod graph_error;
mod guest_message;
mod guest_transcript;
mod interactive_validation;
mod media_download;
mod message_statuses;
mod message_validation;
mod messages_endpoint;
mod runtime_settings;
mod status_fault;
mod template_validation;
mod webhook_envelope;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use tokio::net::TcpListener;

use crate::core::{
    Clock, Control, Dialect, Retry, Route, Running, SimulatorCore, StartError, Vendor, VendorSim,
};

pub use control_handle::WhatsAppControl;
pub use guest_message::{Inbound, InboundKind};
pub use guest_transcript::{Choice, Direction, Entry, Link, StatusChange};
pub use message_statuses::{Status, StatusFault};
pub use runtime_settings::{PairRate, Template, WhatsAppSettings, WindowError};
pub use status_fault::WhatsAppFaults;

use account::{Account, AccountState, ApiCall, Model, Sim};
use graph_error::{GraphDialect, GraphError};

/// The WhatsApp Cloud API of one business number.
pub struct WhatsApp;

/// What the simulator knows from the start. Everything else is in [`WhatsAppSettings`] and can be changed later.
pub struct WhatsAppConfig {
    /// Where to listen; port 0 for any.
    pub listener: TcpListener,
    /// The number's id in paths and webhooks, decimal digits.
    pub phone_number_id: String,
    /// The number that guests see.
    pub display_phone_number: String,
    /// What callers must present as bearer.
    pub access_token: String,
    /// Signs the webhooks.
    pub app_secret: String,
    /// Where webhooks go; can be set later, when the program knows its port.
    pub webhook_url: String,
    /// Where the time comes from: the 24-hour window and all timestamps follow it.
    pub now: Clock,
}

impl WhatsApp {
    /// Starts answering. Must be called inside a Tokio runtime.
    pub fn start(config: WhatsAppConfig) -> Result<Running<WhatsAppControl>, StartError> {
        let core = SimulatorCore::new(&config.listener, config.now)?;
        let settings = WhatsAppSettings::new(config.webhook_url);
        let account = Account {
            phone_number_id: config.phone_number_id,
            display_phone_number: config.display_phone_number,
            access_token: config.access_token,
        };
        Ok(VendorSim::start(config.listener, core, account, settings, config.app_secret))
    }
}

impl Vendor for Account {
    type Settings = WhatsAppSettings;
    type Faults = WhatsAppFaults;
    type Model = Model;
    type Error = GraphError;

    const SIGNATURE_HEADER: &'static str = webhook_envelope::SIGNATURE_HEADER;

    fn accepts(http_status: u16) -> bool {
        http_status == 200
    }

    fn retry(settings: &WhatsAppSettings) -> Retry {
        settings.retry.clone()
    }

    fn dialect() -> &'static (dyn Dialect + Sync) {
        &GraphDialect
    }

    fn authorize(call: &ApiCall<'_>, _: &AccountState) -> Result<(), GraphError> {
        graph_error::check_token(&call.sim.account, call.incoming)
    }

    /// What a call is stands in its body, or in an id: see [`Self::other_paths`].
    fn routes() -> Vec<Route<Self>> {
        Vec::new()
    }

    fn other_paths() -> Router<Arc<Sim>> {
        Router::new()
            .route("/{version}/{id}/messages", post(messages_endpoint::post))
            .route("/{version}/{id}", get(media_download::describe))
            .route("/whatsapp_business/attachments/", get(media_download::download))
            .fallback(graph_error::unknown_path)
    }

    fn control_routes() -> Router<Control<Self>> {
        control_routes::router()
    }
}
