//! How much work expanding may do over a whole feed.

/// Work that expanding may still do, over a whole feed. A feed of ten thousand endless rules must not hang a poll.
#[derive(Debug)]
pub(crate) struct Budget {
    days_to_look_at: u64,
}

/// The budget is used up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Spent;

impl Budget {
    pub(crate) fn new() -> Budget {
        Budget { days_to_look_at: 8_000_000 }
    }

    pub(crate) fn spend(&mut self, days: u64) -> Result<(), Spent> {
        self.days_to_look_at = self.days_to_look_at.checked_sub(days).ok_or(Spent)?;
        Ok(())
    }
}
