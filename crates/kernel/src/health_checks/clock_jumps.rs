//! A clock that was set, or a machine that slept: the time of day and the time that passed here part.
//!
//! Deadlines, holds and schedules go by the time of day, so a jump ends or lengthens them; whoever looks for the reason
//! finds it here and in the log.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};

use super::{Check, State, row};
use crate::App;

/// Less is a clock that is kept in step, or a busy machine.
const LEAST: SignedDuration = SignedDuration::from_secs(60);
/// So long a jump is shown.
const SHOWN: Duration = Duration::from_secs(3_600);

#[derive(Debug, Default)]
pub struct ClockJumps(Mutex<Watch>);

#[derive(Debug, Default)]
struct Watch {
    last: Option<(Timestamp, Instant)>,
    jump: Option<(SignedDuration, Instant)>,
}

impl Watch {
    /// By how much the time of day has parted from the time that passed since the last look.
    fn look(&mut self, day: Timestamp, passed: Instant) -> Option<SignedDuration> {
        let last = self.last.replace((day, passed));
        let (day_before, passed_before) = last?;
        let really = SignedDuration::try_from(passed.saturating_duration_since(passed_before)).ok()?;
        let jump = day.duration_since(day_before) - really;
        if jump.abs() < LEAST {
            return None;
        }
        self.jump = Some((jump, passed));
        Some(jump)
    }

    fn shown(&self, passed: Instant) -> Option<SignedDuration> {
        let (jump, at) = self.jump?;
        (passed.saturating_duration_since(at) < SHOWN).then_some(jump)
    }
}

/// Looks at both clocks; the worker does so at every turn.
pub fn look(app: &App) {
    let mut watch = app.health.clock_jumps.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(jump) = watch.look(app.now(), Instant::now()) {
        tracing::warn!(
            seconds = jump.as_secs(),
            "the clock jumped: it was set, or the machine slept; deadlines go by the time that it shows now"
        );
    }
}

pub fn clock(app: &App) -> Check {
    look(app);
    let watch = app.health.clock_jumps.0.lock().unwrap_or_else(PoisonError::into_inner);
    match watch.shown(Instant::now()) {
        None => row("clock", State::Healthy, "goes evenly"),
        Some(jump) => {
            let way = if jump.is_negative() { "back" } else { "ahead" };
            let seconds = jump.as_secs().unsigned_abs();
            let detail = format!("jumped {seconds} seconds {way} within the last hour; see the log");
            row("clock", State::Degraded, &detail)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_is_seen_and_shown_for_an_hour() {
        let (day, begun) = (Timestamp::UNIX_EPOCH, Instant::now());
        let mut watch = Watch::default();
        let mut look = |day_seconds: i64, passed_seconds: u64| {
            let passed = begun + Duration::from_secs(passed_seconds);
            let seen = watch.look(day + SignedDuration::from_secs(day_seconds), passed);
            (seen.map(|jump| jump.as_secs()), watch.shown(passed).map(|jump| jump.as_secs()))
        };
        assert_eq!(look(0, 0), (None, None), "the first look compares with nothing");
        assert_eq!(look(100, 130), (None, None), "a clock that is slowed down");
        let year = 400 * 86_400;
        assert_eq!(look(year + 110, 140), (Some(year), Some(year)));
        assert_eq!(look(120, 150), (Some(-year), Some(-year)));
        assert_eq!(look(3_600, 3_630), (None, Some(-year)));
        assert_eq!(look(3_770, 3_800), (None, None));
    }
}
