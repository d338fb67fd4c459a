//! The settings of the calendars.

kernel::settings! {
    pub struct Ical in "ical" {
        max_age_minutes: u32 = ICAL_SYNC_MAX_AGE_MINUTES, 1..=525_600;
        allow_private_networks: bool = ICAL_ALLOW_PRIVATE_NETWORKS;
        fresh_seconds: u32 = ICAL_FRESH_SECONDS, 0..=86_400;
        confirm_wait_ms: u32 = ICAL_CONFIRM_WAIT_MS, 1..=3_000;
        keep_body_days: u32 = ICAL_KEEP_BODY_DAYS, 1..=3_650;
        failures_to_alert: u32 = ICAL_FAILURES_TO_ALERT, 1..=1_000;
        slow_poll_ms: u32 = ICAL_SLOW_POLL_MS, 1..=10_000;
        refusals_per_day: u32 = ICAL_REFUSALS_PER_DAY, 1..=1_000_000;
        export_requests: u32 = ICAL_EXPORT_REQUESTS, 1..=1_000_000;
        link_overlap_hours: u32 = ICAL_LINK_OVERLAP_HOURS, 0..=8_760;
        link_rotate_days: u32 = ICAL_LINK_ROTATE_DAYS, 0..=3_650;
        wait_one_stay_minutes: u32 = ICAL_WAIT_ONE_STAY_MINUTES, 0..=10_080;
        wait_quarter_minutes: u32 = ICAL_WAIT_QUARTER_MINUTES, 0..=10_080;
        wait_quarter_percent: u32 = ICAL_WAIT_QUARTER_PERCENT, 1..=100;
        wait_everything_minutes: u32 = ICAL_WAIT_EVERYTHING_MINUTES, 0..=10_080;
        wait_mass_minutes: u32 = ICAL_WAIT_MASS_MINUTES, 0..=10_080;
        wait_mass_nights: u32 = ICAL_WAIT_MASS_NIGHTS, 1..=1_000;
        wait_after_midnight_minutes: u32 = ICAL_WAIT_AFTER_MIDNIGHT_MINUTES, 0..=1_439;
        wait_together_minutes: u32 = ICAL_WAIT_TOGETHER_MINUTES, 0..=10_080;
    }
}

impl Ical {
    /// How long nights that are gone from a calendar stay blocked.
    pub fn waiting_rules(&self) -> ical::WaitingRules {
        ical::WaitingRules {
            one_stay_minutes: self.wait_one_stay_minutes,
            quarter_minutes: self.wait_quarter_minutes,
            quarter_percent: self.wait_quarter_percent,
            everything_minutes: self.wait_everything_minutes,
            mass_minutes: self.wait_mass_minutes,
            mass_nights: self.wait_mass_nights,
            after_midnight_minutes: self.wait_after_midnight_minutes,
            together_minutes: self.wait_together_minutes,
            ..ical::WaitingRules::default()
        }
    }
}
