//! Which providers take money, and how much is on its way back.

use kernel::{
    App,
    health_checks::{Check, State, ask, row},
};
use providers::payments::Payments;

use crate::room;

pub fn check(app: &App) -> Check {
    let names: Vec<_> = room(app).providers.iter().map(Payments::name).collect();
    let detail = if names.is_empty() { "not configured".to_owned() } else { names.join(", ") };
    row("payments", State::Healthy, &detail)
}

pub async fn measure(app: &App) {
    if let Some(pending) = ask(app, store::refund::count_pending).await {
        room(app).metrics.refunds_pending.set(pending);
    }
}
