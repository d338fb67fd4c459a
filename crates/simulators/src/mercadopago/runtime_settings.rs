//! What can be changed while Mercado Pago's simulator runs.

use serde::{Deserialize, Serialize};

use crate::core::Retry;

/// What can be changed while the simulator runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MercadoPagoSettings {
    /// Where notifications go for a preference that names no address.
    pub webhook_url: Option<String>,
    /// Where a buyer's browser finds the checkout page, without a final slash.
    pub public_base_url: String,
    /// When to try again.
    pub retry: Retry,
    /// How notifications look.
    pub notifications: NotificationStyle,
    /// How payments look.
    pub payloads: PayloadStyle,
    /// What payments say about themselves.
    pub live_mode: bool,
    /// Added to `ts` of the signature and to dates in notifications, as a wrong clock would.
    pub clock_skew_seconds: i64,
}

/// How notifications look; Mercado Pago has sent them in each of these ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NotificationStyle {
    /// The unit of `ts` in `x-signature`.
    pub ts: TsUnit,
    /// `data.id` of the body as a number rather than a string.
    pub data_id_as_number: bool,
    /// The notification's own `id` as a string rather than a number.
    pub id_as_string: bool,
    /// `user_id` as a string rather than a number.
    pub user_id_as_string: bool,
    /// A new payment is told by `payment.created` and `payment.updated`, rather than by the first alone.
    pub pairs: bool,
    /// In a pair, `payment.updated` comes first.
    pub updated_first: bool,
    /// Besides each webhook, an old IPN copy without a signature.
    pub ipn_copies: bool,
    /// Webhooks are signed at all; those for QR codes are not.
    pub signed: bool,
}

impl Default for NotificationStyle {
    fn default() -> Self {
        Self {
            ts: TsUnit::Seconds,
            data_id_as_number: false,
            id_as_string: false,
            user_id_as_string: false,
            pairs: true,
            updated_first: false,
            ipn_copies: false,
            signed: true,
        }
    }
}

/// The unit of `ts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TsUnit {
    /// Ten digits.
    Seconds,
    /// Thirteen digits.
    Milliseconds,
}

/// How payments look when they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PayloadStyle {
    /// `"transaction_amount": "100.00"`.
    pub amounts_as_strings: bool,
    /// `"id": "123"`, also for the seller.
    pub ids_as_strings: bool,
    /// Members and values that nobody has heard of, in notifications too.
    pub unknown_fields: bool,
    /// `[]` where an object belongs.
    pub empty_lists_for_objects: bool,
}
