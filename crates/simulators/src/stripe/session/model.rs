//! A session as Stripe keeps and writes it.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::validation::SessionParams;
use crate::stripe::{StripePayloads, undocumented_json};

/// Members that a plain payment never fills.
const ALWAYS_NULL: [&str; 16] = [
    "after_expiration",
    "allow_promotion_codes",
    "billing_address_collection",
    "client_secret",
    "collected_information",
    "consent",
    "consent_collection",
    "currency_conversion",
    "customer",
    "invoice",
    "payment_link",
    "recovered_from",
    "setup_intent",
    "shipping_cost",
    "submit_type",
    "subscription",
];

/// A visit to the checkout page, from its making to its end.
#[derive(Clone)]
pub(crate) struct Session {
    /// `cs_…`
    pub(crate) id: String,
    pub(crate) params: SessionParams,
    pub(crate) status: SessionStatus,
    pub(crate) is_paid: bool,
    /// What is due; a planned fault may change it when it is paid.
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) client_reference_id: Option<String>,
    pub(crate) livemode: bool,
    pub(crate) url: String,
    pub(crate) created_at: Timestamp,
    /// Empty until something is paid, as in the newer versions of the API.
    pub(crate) payment_intent: Option<String>,
    /// No events.
    pub(crate) silent: bool,
    /// What so many reads still see.
    pub(crate) stale: Option<(Value, u32)>,
}

/// <https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-status>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SessionStatus {
    Open,
    Complete,
    Expired,
}

impl SessionStatus {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }
}

impl Session {
    /// The session as Stripe answers it.
    pub(crate) fn to_json(&self, payloads: &StripePayloads) -> Value {
        let open = self.status == SessionStatus::Open;
        let mut value = json!({
            "id": self.id,
            "object": "checkout.session",
            "adaptive_pricing": { "enabled": false },
            "amount_subtotal": self.amount,
            "amount_total": self.amount,
            "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
            "cancel_url": self.params.cancel_url,
            "client_reference_id": self.client_reference_id,
            "created": self.created_at.as_second(),
            "currency": self.currency,
            "custom_fields": [],
            "custom_text": { "after_submit": null, "shipping_address": null, "submit": null },
            "customer_creation": "if_required",
            "customer_details": self.customer(),
            "customer_email": self.params.customer_email,
            "discounts": [],
            "expires_at": self.params.expires_at.as_second(),
            "invoice_creation": { "enabled": false },
            "livemode": self.livemode,
            "locale": self.params.locale,
            "metadata": self.params.metadata,
            "mode": "payment",
            "payment_intent": self.payment_intent,
            "payment_method_collection": "if_required",
            "payment_method_options": {},
            "payment_method_types": self.params.method_types(),
            "payment_status": if self.is_paid { "paid" } else { "unpaid" },
            "phone_number_collection": { "enabled": false },
            "shipping_options": [],
            "status": self.status.as_str(),
            "success_url": self.params.success_url,
            "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
            "ui_mode": "hosted",
            "url": if open { json!(self.url) } else { Value::Null },
        });
        for name in ALWAYS_NULL {
            value[name] = Value::Null;
        }
        undocumented_json::apply(&mut value, payloads);
        if payloads.unknown_fields {
            value["ui_mode"] = json!("hologram");
        }
        value
    }

    /// As the next read sees it, which may be how it was before the last change.
    pub(crate) fn read(&mut self, payloads: &StripePayloads) -> Value {
        match &mut self.stale {
            Some((before, reads)) if *reads > 0 => {
                *reads -= 1;
                before.clone()
            }
            _ => self.to_json(payloads),
        }
    }

    /// As a list shows it meanwhile.
    pub(crate) fn listed(&self, payloads: &StripePayloads) -> Value {
        match &self.stale {
            Some((before, reads)) if *reads > 0 => before.clone(),
            _ => self.to_json(payloads),
        }
    }

    fn customer(&self) -> Value {
        match (&self.params.customer_email, self.status) {
            (None, SessionStatus::Open | SessionStatus::Expired) => Value::Null,
            (email, _) => json!({
                "address": null,
                "email": email.as_deref().unwrap_or("comprador@example.com"),
                "name": null,
                "phone": null,
                "tax_exempt": "none",
                "tax_ids": null,
            }),
        }
    }
}
