//! Telling at most once a minute what may happen a thousand times a second.

use std::time::Duration;

use tokio::time::Instant;

const PAUSE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct Seldom {
    told_at: Option<Instant>,
    untold: u64,
}

impl Seldom {
    /// One more. When it is time to tell: how many there were since the last time, this one included.
    pub fn count(&mut self, now: Instant) -> Option<u64> {
        self.untold += 1;
        if self.told_at.is_some_and(|told_at| now.duration_since(told_at) < PAUSE) {
            return None;
        }
        self.told_at = Some(now);
        Some(std::mem::take(&mut self.untold))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_told_at_once_and_the_others_once_a_minute() {
        let (mut seldom, now) = (Seldom::default(), Instant::now());
        assert_eq!(seldom.count(now), Some(1));
        assert_eq!((seldom.count(now), seldom.count(now)), (None, None));
        assert_eq!(seldom.count(now + PAUSE - Duration::from_millis(1)), None);
        assert_eq!(seldom.count(now + PAUSE), Some(4), "none is forgotten");
        assert_eq!(seldom.count(now + PAUSE), None);
    }
}
