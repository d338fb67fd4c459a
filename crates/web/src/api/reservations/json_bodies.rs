//! Request and response bodies of reservations.

use domain::{
    money::Money,
    stay::{Held, Status, Stay},
};
use jiff::{Timestamp, civil::Date};
use kernel::App;
use serde::{Deserialize, Serialize};
use stays::guest_links;
use utoipa::ToSchema;

/// Dates stay texts here so that a wrong one gets the error that the contract has for it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PreReserveIn {
    pub accommodation_id: String,
    /// YYYY-MM-DD
    pub check_in: String,
    /// YYYY-MM-DD, the day of departure
    pub check_out: String,
    pub guests: i64,
    /// `whatsapp`, `telegram`, `web` or `direct`
    pub channel: Option<String>,
    pub contact_name: String,
    pub contact_phone: String,
    pub contact_email: Option<String>,
}

/// A hold as it was given. The same document is replayed for the same Idempotency-Key.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldOut {
    pub code: String,
    /// Opens this reservation: show it to nobody but the guest.
    pub token: String,
    pub accommodation_id: String,
    #[schema(value_type = String)]
    pub status: Status,
    #[schema(value_type = String, format = Date)]
    pub check_in: Date,
    #[schema(value_type = String, format = Date)]
    pub check_out: Date,
    pub guests: u16,
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    pub deposit_amount: String,
    pub total_price: String,
    pub currency: String,
    pub nights: i64,
    pub manage_url: String,
    pub payment_url: Option<String>,
}

impl HoldOut {
    pub fn of(app: &App, held: &Held) -> Self {
        let terms = &held.terms;
        Self {
            code: terms.code.to_string(),
            token: terms.token.clone(),
            accommodation_id: terms.accommodation_id.as_str().to_owned(),
            status: Status::Held,
            check_in: terms.period.check_in(),
            check_out: terms.period.check_out(),
            guests: terms.guests,
            expires_at: held.expires_at,
            deposit_amount: terms.deposit.to_string(),
            total_price: terms.total.to_string(),
            currency: terms.total.currency.to_string(),
            nights: terms.period.nights(),
            manage_url: guest_links::manage_url(app, &terms.token),
            payment_url: guest_links::pay_url(app, terms),
        }
    }

    /// What is kept with an Idempotency-Key.
    pub fn bytes(app: &App, held: &Held) -> Vec<u8> {
        serde_json::to_vec(&Self::of(app, held)).expect("an answer is plain data")
    }
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct CancelIn {
    pub reason: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct DatesIn {
    /// YYYY-MM-DD
    pub check_in: String,
    /// YYYY-MM-DD, the day of departure
    pub check_out: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ConfirmedOut {
    pub code: String,
    #[schema(value_type = String, example = "confirmed")]
    pub status: Status,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub confirmed_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CancelledOut {
    pub code: String,
    #[schema(value_type = String, example = "cancelled")]
    pub status: Status,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub cancelled_at: Option<Timestamp>,
    /// What goes back to the guest, where anything does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund: Option<StartedRefundOut>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StartedRefundOut {
    pub amount: String,
    pub currency: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedOut {
    pub reservation: StayOut,
    /// New total minus old total; negative when the stay became cheaper.
    pub price_difference: String,
    /// What goes back: received, and more than the new total.
    pub refund: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StayOut {
    pub code: String,
    pub accommodation_id: String,
    #[schema(value_type = String, example = "held")]
    pub status: Status,
    #[schema(value_type = String, format = Date)]
    pub check_in: Date,
    #[schema(value_type = String, format = Date)]
    pub check_out: Date,
    pub nights: i64,
    pub guests: u16,
    pub channel: &'static str,
    pub contact_name: String,
    pub contact_phone: String,
    pub contact_email: Option<String>,
    pub total_price: String,
    pub deposit_amount: String,
    pub currency: String,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub confirmed_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Timestamp>,
    pub manage_url: String,
    pub payment_url: Option<String>,
}

impl ConfirmedOut {
    pub fn of(stay: &Stay) -> Self {
        Self { code: stay.terms().code.to_string(), status: stay.status(), confirmed_at: confirmed_at(stay) }
    }
}

impl CancelledOut {
    pub fn of(stay: &Stay, back: Money) -> Self {
        let refund = back
            .is_positive()
            .then(|| StartedRefundOut { amount: back.to_string(), currency: back.currency.to_string() });
        Self {
            code: stay.terms().code.to_string(),
            status: stay.status(),
            cancelled_at: ended_at(stay),
            refund,
        }
    }
}

impl StayOut {
    pub fn of(app: &App, stay: &Stay) -> Self {
        let terms = stay.terms();
        let held_until = match stay {
            Stay::Held(held) => Some(held.expires_at),
            _ => None,
        };
        Self {
            code: terms.code.to_string(),
            accommodation_id: terms.accommodation_id.as_str().to_owned(),
            status: stay.status_at(app.now()),
            check_in: terms.period.check_in(),
            check_out: terms.period.check_out(),
            nights: terms.period.nights(),
            guests: terms.guests,
            channel: terms.channel.as_str(),
            contact_name: terms.contact.name.clone(),
            contact_phone: terms.contact.phone.clone(),
            contact_email: terms.contact.email.clone(),
            total_price: terms.total.to_string(),
            deposit_amount: terms.deposit.to_string(),
            currency: terms.total.currency.to_string(),
            created_at: terms.created_at,
            expires_at: held_until,
            confirmed_at: confirmed_at(stay),
            ended_at: ended_at(stay),
            manage_url: guest_links::manage_url(app, &terms.token),
            payment_url: held_until.and_then(|_| guest_links::pay_url(app, terms)),
        }
    }
}

fn confirmed_at(stay: &Stay) -> Option<Timestamp> {
    match stay {
        Stay::Confirmed(confirmed) => Some(confirmed.confirmed_at),
        _ => None,
    }
}

fn ended_at(stay: &Stay) -> Option<Timestamp> {
    match stay {
        Stay::Held(_) | Stay::Confirmed(_) => None,
        Stay::Expired(ended) => Some(ended.ended_at),
        Stay::Cancelled(ended) => Some(ended.ended_at),
        Stay::Completed(ended) => Some(ended.ended_at),
        Stay::NoShow(ended) => Some(ended.ended_at),
    }
}
