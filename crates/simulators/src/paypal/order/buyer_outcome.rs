//! What a buyer does with an order, and what comes of it.

use serde::{Deserialize, Serialize};

use super::{Instrument, OrderStatus};
use crate::paypal::{
    CaptureStatus,
    account::{AccountState, Sim},
    webhook_events,
};

/// What a buyer does on the approval page, or what comes of a pending capture later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Agrees; the money comes when the program captures.
    Approved,
    /// Agrees; the capture will be pending.
    Pending,
    /// Agrees with a card that will be refused when the program captures, and may come again.
    Declined,
    /// Agrees; the order will be completed with a declined capture.
    DeclinedCapture,
    /// Goes back without agreeing.
    Abandoned,
    /// The money of a pending capture comes.
    Arrived,
    /// The money of a pending capture does not come.
    Failed,
}

/// Does it, and tells of it. An error says why it cannot be done.
pub(crate) fn act(
    sim: &Sim,
    state: &mut AccountState,
    id: &str,
    outcome: Outcome,
) -> Result<(), &'static str> {
    let now = sim.now();
    let order =
        state.find_order(id, now).ok_or("there is no order with this id, or it has been forgotten")?;
    let instrument = match outcome {
        Outcome::Abandoned => return Ok(()),
        Outcome::Arrived => return settle(sim, state, id, CaptureStatus::Completed),
        Outcome::Failed => return settle(sim, state, id, CaptureStatus::Declined),
        Outcome::Approved => Instrument::Good,
        Outcome::Pending => Instrument::Slow,
        Outcome::Declined => Instrument::Refused,
        Outcome::DeclinedCapture => Instrument::Declined,
    };
    if order.status == OrderStatus::Completed {
        return Err("the order is completed");
    }
    order.status = OrderStatus::Approved;
    order.instrument = instrument;
    order.updated_at = now;
    let order = order.clone();
    webhook_events::order(sim, state, &order, "CHECKOUT.ORDER.APPROVED");
    Ok(())
}

/// The end of a pending capture.
fn settle(sim: &Sim, state: &mut AccountState, id: &str, status: CaptureStatus) -> Result<(), &'static str> {
    let now = sim.now();
    let order = state.find_order(id, now).ok_or("there is no order with this id")?;
    let capture = order.capture.as_mut().filter(|capture| capture.status == CaptureStatus::Pending);
    let capture = capture.ok_or("nothing is on its way for this order")?;
    capture.status = status;
    capture.updated_at = now;
    let capture = capture.clone();
    webhook_events::capture(sim, state, &capture);
    Ok(())
}
