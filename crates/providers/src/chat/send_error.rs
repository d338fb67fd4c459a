//! How sending can fail, as advice to the outbox.

use std::time::Duration;

/// What to do with a message that was not accepted. Codes are the vendor's; no text of theirs is repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Not accepted for now: the same message again later, not before `after`, else at the pace given.
    #[error("the message was not accepted for now")]
    Retry { after: Option<Duration>, pace: Pace },
    /// The whole number or account is too fast: wait with everything, keep everything.
    #[error("the account sends too much (code {code})")]
    SlowDown { code: u32, after: Option<Duration> },
    /// Never accepted as it is: a person must look.
    #[error("the message was refused (code {})", show(code))]
    DeadLetter { code: Option<u32> },
    /// Nothing gets through until the owner acts: stop sending, keep the outbox, say so.
    #[error("the channel does not work (code {})", show(code))]
    StopChannel { code: Option<u32> },
    /// The guest's last message is older than 24 hours: a template, or another channel.
    #[error("the guest has not written within 24 hours")]
    WindowClosed,
    /// This person cannot be reached this way: another channel.
    #[error("the message cannot be delivered (code {code})")]
    Undeliverable { code: u32 },
    /// Time-out or broken answer after sending: the message may be on its way. Wait for a status that repeats
    /// our id before sending again.
    #[error("whether the message was accepted is unknown")]
    Unknown,
    /// Pointless, such as a message to ourselves: forget it.
    #[error("the message has no purpose (code {code})")]
    Drop { code: u32 },
}

/// How fast to try again. The caller counts attempts and adds jitter: chance is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Their fault or a busy moment: seconds, doubling up to five minutes.
    Soon,
    /// Too much to one person (131056): 4^attempt seconds as Meta advises, never below the pair rate of one
    /// message in six seconds. Later messages to the same person wait behind it.
    Pair,
}

impl Pace {
    /// The wait before the next try, after `attempt` failures (0 after the first try).
    pub fn delay(self, attempt: u32) -> Duration {
        let seconds = match self {
            Self::Soon => 2_u64.saturating_pow(attempt.saturating_add(1)).min(300),
            Self::Pair => 4_u64.saturating_pow(attempt).clamp(6, 3600),
        };
        Duration::from_secs(seconds)
    }
}

fn show(code: &Option<u32>) -> String {
    code.map_or_else(|| "none".to_owned(), |code| code.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_within_bounds() {
        let seconds = |pace: Pace| [0, 1, 2, 3, 4, 40, u32::MAX].map(|attempt| pace.delay(attempt).as_secs());
        assert_eq!(seconds(Pace::Pair), [6, 6, 16, 64, 256, 3600, 3600]);
        assert_eq!(seconds(Pace::Soon), [2, 4, 8, 16, 32, 300, 300]);
    }

    #[test]
    fn errors_read_as_sentences() {
        assert_eq!(
            SendError::DeadLetter { code: Some(100) }.to_string(),
            "the message was refused (code 100)"
        );
        assert_eq!(
            SendError::StopChannel { code: None }.to_string(),
            "the channel does not work (code none)"
        );
    }
}
