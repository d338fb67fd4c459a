//! How stays join a context: their state, their jobs and their schedule.

use domain::cancellation_policy::Policy;
use jiff::SignedDuration;
use kernel::app::{BuildError, Builder, Lanes};

use crate::{
    accommodation_cache::Catalogue,
    hold::HoldRequest,
    kept_in_context::{Metrics, Room, Template, room},
    money::{AskForCharges, AskStaffForCharge},
    recurring_jobs::{CompleteStays, ExpireHolds, RemindHolds},
    settings::{Booking, Money},
};

/// What this room needs of the settings.
pub struct Setup {
    pub booking: Booking,
    pub money: Money,
    pub template: Option<Template>,
    pub expiration_interval_seconds: u32,
}

/// Adds stays to a context.
///
/// # Errors
/// When the settings cannot be used.
pub fn add(builder: &mut Builder, setup: Setup) -> Result<(), BuildError> {
    let policy = Policy::parse(&setup.money.cancellation_policy)
        .map_err(|_| BuildError::Setting("CANCELLATION_POLICY"))?;
    let kept = Room {
        booking: setup.booking,
        money: setup.money,
        policy,
        template: setup.template,
        expiration_interval: SignedDuration::from_secs(i64::from(setup.expiration_interval_seconds.max(1))),
        catalogue: Catalogue::default(),
        metrics: Metrics::new(&mut builder.series()),
    };
    builder.add_room(kept);
    builder.add_batcher::<HoldRequest>(Lanes::AsManyAsTheDatabaseTakes);
    let jobs = builder.jobs();
    jobs.schedule::<ExpireHolds>(|app| room(app).expiration_interval);
    jobs.schedule::<RemindHolds>(|app| room(app).expiration_interval);
    jobs.schedule::<CompleteStays>(|_| SignedDuration::from_hours(1));
    jobs.schedule::<AskForCharges>(|_| SignedDuration::from_mins(10));
    jobs.register::<AskStaffForCharge>();
    Ok(())
}
