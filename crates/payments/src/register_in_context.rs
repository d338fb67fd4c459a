//! How payments join a context: their state, their jobs and their schedule.

use std::sync::Arc;

use kernel::{
    app::{BuildError, Builder},
    jobs::Registry,
};

use crate::{
    CloseCheckouts, OpenCheckout, ReadPayment, Reconcile, SendRefund,
    business::Business,
    configured_providers,
    group::GroupMoney,
    kept_in_context::{Metrics, Room},
    settings::{PROVIDERS, Settings},
};

/// Adds payments to a context, for these businesses.
///
/// # Errors
/// When a provider's settings cannot be used.
pub fn add(
    builder: &mut Builder,
    settings: Settings,
    mut businesses: Vec<Arc<dyn Business>>,
) -> Result<(), BuildError> {
    let metrics = Metrics::new(&mut builder.series());
    for name in PROVIDERS {
        builder.metrics().init_webhooks(name);
    }
    businesses.push(Arc::new(GroupMoney));
    let providers = configured_providers::build(&settings, &builder.http)?;
    builder.add_room(Room { settings, metrics, providers, businesses });
    jobs(builder.jobs());
    Ok(())
}

fn jobs(registry: &mut Registry) {
    registry.register::<OpenCheckout>();
    registry.register::<CloseCheckouts>();
    registry.register::<ReadPayment>();
    registry.register::<SendRefund>();
    registry.schedule::<Reconcile>(|_| jiff::SignedDuration::from_hours(1));
}
