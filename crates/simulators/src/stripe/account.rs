//! One account at Stripe: what it is told from the start, and what it keeps.

use serde_json::{Value, json};

use super::{payment::Payment, session::Session};
use crate::core::{SimState, VendorCall, VendorSim};

pub(crate) type Sim = VendorSim<Account>;
pub(crate) type AccountState = SimState<Account>;
pub(crate) type ApiCall<'a> = VendorCall<'a, Account>;

/// What is known of the account from the start.
pub struct Account {
    pub(crate) api_key: String,
}

/// What the account keeps.
pub struct Model {
    /// In the order in which they were created.
    pub(crate) sessions: Vec<Session>,
    pub(crate) payments: Vec<Payment>,
    /// The call that is being done, as the events that it causes name it.
    pub(crate) cause: Value,
}

impl Default for Model {
    fn default() -> Self {
        Self { sessions: Vec::new(), payments: Vec::new(), cause: no_cause() }
    }
}

impl SimState<Account> {
    pub(crate) fn find_session(&mut self, id: &str) -> Option<&mut Session> {
        self.model.sessions.iter_mut().rev().find(|session| session.id == id)
    }

    pub(crate) fn find_payment(&mut self, id: &str) -> Option<&mut Payment> {
        self.model.payments.iter_mut().rev().find(|payment| payment.id == id)
    }
}

/// Events that no call caused name none.
pub(super) fn no_cause() -> Value {
    json!({ "id": null, "idempotency_key": null })
}
