//! One app of one seller at PayPal: what it is told from the start, and what it keeps.

use std::sync::Arc;

use jiff::Timestamp;

use super::{capture::Capture, oauth_token::Tokens, order::Order, signing_key::SigningKey};
use crate::core::{SimState, VendorCall, VendorSim};

pub(crate) type Sim = VendorSim<Account>;
pub(crate) type AccountState = SimState<Account>;
pub(crate) type ApiCall<'a> = VendorCall<'a, Account>;

/// What is known of the app from the start.
pub struct Account {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) signing_key: Arc<SigningKey>,
}

/// What the app keeps.
#[derive(Default)]
pub struct Model {
    pub(crate) tokens: Tokens,
    /// In the order in which they were created.
    pub(crate) orders: Vec<Order>,
}

impl VendorSim<Account> {
    /// An id as PayPal's orders, captures and refunds have it.
    pub(crate) fn id(&self) -> String {
        self.core.ids.hex(17)
    }
}

impl SimState<Account> {
    /// The order with this id, unless it has been forgotten.
    pub(crate) fn find_order(&mut self, id: &str, now: Timestamp) -> Option<&mut Order> {
        let seconds = self.settings.order_seconds;
        self.model.orders.iter_mut().rev().find(|order| order.id == id && !order.is_forgotten(now, seconds))
    }

    pub(crate) fn find_capture(&mut self, id: &str) -> Option<&mut Capture> {
        let captures = self.model.orders.iter_mut().rev().filter_map(|order| order.capture.as_mut());
        captures.into_iter().find(|capture| capture.id == id)
    }

    pub(crate) fn captures(&self) -> impl Iterator<Item = &Capture> {
        self.model.orders.iter().filter_map(|order| order.capture.as_ref())
    }
}
