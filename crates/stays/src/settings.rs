//! The settings of stays.

use domain::cancellation_policy::Policy;
use kernel::settings::Checks;

kernel::settings! {
    pub struct Booking in "booking" {
        hold_minutes: u16 = HOLD_MINUTES, 1..=10_080;
        extend_minutes: u16 = HOLD_EXTEND_MINUTES, 1..=10_080;
        reminder_minutes: u16 = HOLD_REMINDER_MINUTES, 0..=10_080;
        max_holds_per_contact: u16 = MAX_HOLDS_PER_CONTACT, 1..=1_000;
        min_nights: u16 = MIN_NIGHTS, 1..=1_000;
        max_nights: u16 = MAX_NIGHTS, 1..=1_000;
        horizon_days: u16 = HORIZON_DAYS, 1..=3_650;
        idempotency_hours: u16 = IDEMPOTENCY_HOURS, 1..=8_760;
    }
}

kernel::settings! {
    /// What stays do with money; which providers take it, and in which order, is for payments.
    pub struct Money in "payments" {
        order: String = PAYMENT_PROVIDERS;
        cancellation_policy: String = CANCELLATION_POLICY;
        balance_days: u16 = BALANCE_DUE_DAYS, 0..=365;
        offer_minutes: u16 = LATE_OFFER_MINUTES, 1..=10_080;
        slow_min_days: u16 = SLOW_PAYMENT_MIN_DAYS, 0..=365;
        slow_hold_hours: u16 = SLOW_PAYMENT_HOLD_HOURS, 0..=336;
        no_show_percent: u8 = NO_SHOW_PERCENT, 0..=100;
    }
}

impl Booking {
    /// Whether there is a moment in the life of a hold at which a reminder makes sense.
    pub fn reminds(&self) -> bool {
        0 < self.reminder_minutes && self.reminder_minutes < self.hold_minutes
    }

    pub fn check(&self, checks: &mut Checks) {
        checks.demand_unsaid(
            self.min_nights <= self.max_nights,
            "MIN_NIGHTS",
            &format!("{:?}", self.min_nights.to_string()),
            &format!("at most MAX_NIGHTS, which is {}", self.max_nights),
        );
    }
}

impl Money {
    pub fn check(&self, checks: &mut Checks) {
        checks.demand(
            Policy::parse(&self.cancellation_policy).is_ok(),
            "CANCELLATION_POLICY",
            &self.cancellation_policy,
            "flexible, moderate, strict, none, or steps as 168:100,48:50",
        );
    }
}
