//! Steering that is the same for every vendor: faults, settings, webhooks.

use std::sync::Arc;

use serde_json::Value;

use super::{CallRecord, KeptAnswers, Retry, Vendor, VendorSim, WebhookAttempt, patch};
use crate::faults::{PaymentFaults, PlannedCallFault, PlannedWebhookFault};

/// Steers a running simulator: plans faults, changes settings, holds webhooks back, reads what happened. What only one
/// vendor has, such as its buyers, stands beside that vendor.
pub struct Control<V: Vendor> {
    pub(crate) sim: Arc<VendorSim<V>>,
}

impl<V: Vendor> Clone for Control<V> {
    fn clone(&self) -> Self {
        Self { sim: Arc::clone(&self.sim) }
    }
}

impl<V: Vendor> Control<V> {
    /// Something goes wrong with the next call, or the next of its kind (`fault.on(Call::…)`).
    pub fn fail_call(&self, fault: impl Into<PlannedCallFault>) {
        self.sim.call_faults.add([fault.into()]);
    }

    /// Something goes wrong with the next webhook, or the next of its kind (`fault.on("payment.created")`).
    pub fn fail_webhook(&self, fault: impl Into<PlannedWebhookFault>) {
        self.sim.webhooks.faults.add([fault.into()]);
    }

    /// Forgets the planned faults.
    pub fn clear_faults(&self) {
        self.sim.call_faults.clear();
        self.sim.webhooks.faults.clear();
        self.sim.state().faults = V::Faults::default();
    }

    /// The settings now.
    pub fn settings(&self) -> V::Settings {
        self.sim.state().settings.clone()
    }

    /// Changes the settings.
    pub fn change_settings(&self, change: impl FnOnce(&mut V::Settings)) {
        let retry: Retry = {
            let mut state = self.sim.state();
            change(&mut state.settings);
            V::retry(&state.settings)
        };
        self.sim.webhooks.set_retry(retry);
    }

    /// Changes the settings that a JSON object names.
    pub fn patch_settings(&self, changes: &Value) -> Result<V::Settings, String> {
        let patched = patch(&self.settings(), changes)?;
        self.change_settings(|settings| settings.clone_from(&patched));
        Ok(patched)
    }

    /// From now on webhooks are signed with this secret alone. PayPal's secret is the id of the webhook.
    pub fn rotate_secret(&self, secret: &str) {
        self.sim.webhooks.set_secret(secret.to_owned());
    }

    /// From now on webhooks are signed with this secret and with those before it, as Stripe does for a day after a
    /// change. Vendors that write one signature use the new secret alone.
    pub fn roll_secret(&self, secret: &str) {
        self.sim.webhooks.add_secret(secret.to_owned());
    }

    /// Keeps all webhooks back until [`Self::release_webhooks`].
    pub fn hold_webhooks(&self) {
        self.sim.webhooks.hold();
    }

    /// Lets go what was kept back, all at once. Returns how many.
    pub fn release_webhooks(&self, newest_first: bool) -> usize {
        self.sim.webhooks.release(newest_first)
    }

    /// Every attempt to deliver a webhook, oldest first.
    pub fn webhooks(&self) -> Vec<WebhookAttempt> {
        self.sim.webhooks.log.list()
    }

    /// Every call that was answered, oldest first.
    pub fn calls(&self) -> Vec<CallRecord> {
        self.sim.calls.list()
    }

    /// Begins anew: forgets what the vendor keeps, the answers to repeat, the planned faults, held webhooks and what
    /// happened. Settings and secrets stay. A webhook that is on its way still arrives.
    pub fn reset(&self) {
        self.clear_faults();
        self.sim.webhooks.forget_held();
        let mut state = self.sim.state();
        state.model = V::Model::default();
        state.answers = KeptAnswers::default();
        self.sim.webhooks.log.clear();
        self.sim.calls.clear();
    }

    /// Returns when no webhook is on its way.
    pub async fn settle(&self) {
        self.sim.webhooks.settle().await;
    }
}

impl<P, S, V> Control<V>
where
    V: Vendor<Faults = PaymentFaults<P, S>>,
{
    /// Something is wrong with the next payment that is taken.
    pub fn fail_payment(&self, fault: P) {
        self.sim.state().faults.payments.push_back(fault);
    }

    /// The next refund begins in this state instead of being done at once.
    pub fn fail_refund(&self, status: S) {
        self.sim.state().faults.refunds.push_back(status.into());
    }
}
