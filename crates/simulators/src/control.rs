//! Steering that is the same for every vendor: faults, settings, webhooks.

use std::sync::Arc;

use axum::Router;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::{
    courier::{Retry, WebhookAttempt},
    faults::{PlannedCallFault, PlannedWebhookFault},
    patch,
    running::Running,
    sim_routes,
    works::Works,
};

/// Steers a running simulator: plans faults, changes settings, holds webhooks back, reads what happened. What only one
/// vendor has, such as its buyers, stands beside that vendor.
pub struct Control<S> {
    pub(crate) shared: Arc<S>,
}

impl<S> Clone for Control<S> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

/// A vendor's state, as far as steering it is the same for all vendors.
pub trait Simulated: Send + Sync + 'static {
    /// What can be changed while the simulator runs.
    type Settings: Clone + Serialize + DeserializeOwned;
    /// What can go wrong besides calls and webhooks.
    type Faults: FaultQueues;

    /// What all vendors are made of.
    fn works(&self) -> &Works;
    /// Gives access to the settings and to the faults that wait, under the lock of the state.
    fn steer<T>(&self, change: impl FnOnce(&mut Self::Settings, &mut Self::Faults) -> T) -> T;
    /// When webhooks are tried again.
    fn retry(settings: &Self::Settings) -> Retry;
}

/// Faults of one vendor that wait for their payments, refunds or statuses. Each list is a queue.
pub trait FaultQueues: Clone + Default + Serialize + DeserializeOwned {
    /// Adds behind those that wait already.
    fn plan(&mut self, more: Self);
}

impl<S: Simulated> Control<S> {
    /// Something goes wrong with the next call, or the next of its kind (`fault.on(Call::…)`).
    pub fn fail_call(&self, fault: impl Into<PlannedCallFault>) {
        self.works().call_faults.add([fault.into()]);
    }

    /// Something goes wrong with the next webhook, or the next of its kind (`fault.on("payment.created")`).
    pub fn fail_webhook(&self, fault: impl Into<PlannedWebhookFault>) {
        self.works().courier.faults.add([fault.into()]);
    }

    /// Forgets the planned faults.
    pub fn clear_faults(&self) {
        self.works().call_faults.clear();
        self.works().courier.faults.clear();
        self.shared.steer(|_, faults| *faults = S::Faults::default());
    }

    /// The settings now.
    pub fn settings(&self) -> S::Settings {
        self.shared.steer(|settings, _| settings.clone())
    }

    /// Changes the settings.
    pub fn change_settings(&self, change: impl FnOnce(&mut S::Settings)) {
        let retry = self.shared.steer(|settings, _| {
            change(settings);
            S::retry(settings)
        });
        self.works().courier.set_retry(retry);
    }

    /// Changes the settings that a JSON object names.
    pub fn patch_settings(&self, changes: &Value) -> Result<S::Settings, String> {
        let patched = patch::apply(&self.settings(), changes)?;
        self.change_settings(|settings| settings.clone_from(&patched));
        Ok(patched)
    }

    /// From now on webhooks are signed with this secret alone. PayPal's secret is the id of the webhook.
    pub fn rotate_secret(&self, secret: &str) {
        self.works().courier.set_secret(secret.to_owned());
    }

    /// From now on webhooks are signed with this secret and with those before it, as Stripe does for a day after a
    /// change. Vendors that write one signature use the new secret alone.
    pub fn roll_secret(&self, secret: &str) {
        self.works().courier.add_secret(secret.to_owned());
    }

    /// Keeps all webhooks back until [`Self::release_webhooks`].
    pub fn hold_webhooks(&self) {
        self.works().courier.hold();
    }

    /// Lets go what was kept back, all at once. Returns how many.
    pub fn release_webhooks(&self, newest_first: bool) -> usize {
        self.works().courier.release(newest_first)
    }

    /// Every try at a webhook, oldest first.
    pub fn webhooks(&self) -> Vec<WebhookAttempt> {
        self.works().courier.log()
    }

    /// Returns when no webhook is on its way.
    pub async fn settle(&self) {
        self.works().courier.settle().await;
    }

    /// Starts answering: the vendor's paths, its own paths under `/sim`, and those that all have.
    pub(crate) fn serve(
        listener: TcpListener,
        shared: Arc<S>,
        vendor: Router,
        sim: Router<Self>,
    ) -> Running<Self> {
        let control = Self { shared };
        let router = vendor.merge(sim.merge(sim_routes::common()).with_state(control.clone()));
        let (base_url, parts) = (control.works().base_url.clone(), control.works().parts.clone());
        Running::serve(base_url, control, listener, router, parts)
    }

    pub(crate) fn works(&self) -> &Works {
        self.shared.works()
    }
}
