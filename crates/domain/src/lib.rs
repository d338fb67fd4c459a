//! The nouns of a booking desk and their rules. Pure: no clock, no chance, no network, no database.

/// An accommodation that is rented, with its rules for a stay.
pub mod accommodation;
/// Who makes a change.
pub mod actor;
/// Nights taken elsewhere, by an imported calendar or by the host.
pub mod block;
/// What a change follows from.
pub mod cause;
/// What a stay owes, and what of a payment it can use.
pub mod charges_of_stay;
/// Factors and percentages with four exact decimals.
pub mod decimal;
/// One row per night: free, held, booked, blocked.
pub mod night_calendar;

/// What a guest gets back who cancels.
pub mod cancellation_policy;
/// Who asks, over which channel.
pub mod guest;
/// Checks before a hold, in their order.
pub mod hold_checks;
/// Opaque ids and the codes that guests hold.
pub mod ids;
/// Double entry: every movement of money is a posting that adds up to nothing.
pub mod ledger;
/// How a message's delivery status may move.
pub mod message_delivery;
/// Integer amounts with their currency; the one rounding rule.
pub mod money;
/// What money is for: a stay, a membership, an appointment.
pub mod payable;
/// What a payment that was read back means for a stay.
pub mod payment;
/// Half-open ranges of nights.
pub mod period;
/// What a stay costs: every line, adding up exactly.
pub mod price;
/// Who works here, and what each may do.
pub mod staff;
/// The life of a stay: a state machine whose illegal moves cannot be written.
pub mod stay;
