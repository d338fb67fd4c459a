//! Money: pages at providers, payments read back from the provider's own API, refunds, disputes, the ledger. What money
//! is for is a [`Payable`](domain::payable::Payable); what happens with it is its [`Business`]'s.

/// What a business does with money.
pub mod business;
/// Which providers there are.
mod configured_providers;
/// What payments keep in the context.
mod kept_in_context;
/// How money is taken by hand.
mod offline_method;
/// How payments join a context.
mod register_in_context;
/// The settings of payments and of their providers.
pub mod settings;

/// A payment as its provider shows it, written down and posted.
mod apply_payment;
/// Money that waited, and now belongs to something.
mod assign_waiting_money;
/// The providers' pages.
mod checkout;
/// Payments that a payer's bank asks about.
mod dispute;
/// One charge for several payables.
mod group;
/// The check of the ledger.
pub mod ledger_check;
/// A payment, or a part of one, in the ledger.
mod ledger_posting;
/// What was received for something and what went back.
mod money_of_payable;
/// Cash and bank transfers.
pub mod offline_payment;
/// Tasks for staff about payments, and what staff did about money.
mod payment_tasks;
/// Calls to a provider, their keys, and what a failed one means.
mod provider_calls;
/// Which providers take money, for the health page.
pub mod provider_health;
/// Looking a payment up at its provider.
mod read_back;
/// What is to be read back at a provider.
mod read_payment_job;
/// Payments whose notice was lost.
mod reconcile_lost_notices;
/// Money back to the payer.
mod refund;

pub use apply_payment::{Shown, apply};
pub use assign_waiting_money::assign;
pub use business::{Applied, Arrived, Bill, Business, News, Use};
pub use checkout::{CloseCheckouts, OpenCheckout, checkout_url, start_checkout};
pub use group::{GroupError, charge_together};
pub use kept_in_context::{
    Metrics, PaymentLabels, RefundLabels, Room, paypal, provider, providers_for, room,
};
pub use money_of_payable::{Movements, movements, received, received_by_purpose, received_for_price};
pub use offline_method::Method;
pub use payment_tasks::{audit_of, open_task, subject_of, wait_for_person};
pub use read_back::delivery_of;
pub use read_payment_job::{PaymentRef, ReadPayment};
pub use reconcile_lost_notices::{Reconcile, Reconciled, reconcile};
pub use refund::{Back, SendRefund, is_by_bank, refund, start_refund};
pub use register_in_context::add;

pub use store::{charge::Charge, charge_part::ChargePart, ledger::Line, payment::Payment, refund::Refund};

pub(crate) use provider_calls::{NOT_THERE_YET, call_failed, key_of, provider_or_retry};
