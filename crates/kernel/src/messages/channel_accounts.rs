//! The accounts over which guests write, by channel and account.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use providers::chat::Channel;
use store::conversation::Conversation;

/// All of them; the composition at the top lists them. Empty when none is configured.
#[derive(Default)]
pub struct Channels(Vec<Arc<dyn Channel>>);

impl Channels {
    pub fn add(&mut self, channel: Arc<dyn Channel>) {
        self.0.push(channel);
    }

    pub fn iter(&self) -> impl Iterator<Item = &dyn Channel> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// The account that a guest wrote to: they never hear from another one. An event that names no account is taken for
    /// the first one of its channel.
    pub fn find(&self, channel: &str, account: &str) -> Option<&dyn Channel> {
        self.iter().find(|one| one.name() == channel && (account.is_empty() || one.account() == account))
    }

    /// Whether the channel is configured, but not for this account.
    pub fn is_other_account(&self, channel: &str, account: &str) -> bool {
        self.iter().any(|one| one.name() == channel) && self.find(channel, account).is_none()
    }

    /// Whether the guest of a conversation may be written to freely.
    pub fn window_is_open(&self, chat: &Conversation, now: Timestamp) -> bool {
        // Without a channel nothing is sent; what is written for it then waits with the reason that says so.
        let window = self.find(&chat.channel, &chat.account).map(Channel::service_window);
        let Some(window) = window.unwrap_or(Some(SHORTEST_WINDOW)) else { return true };
        let window = SignedDuration::try_from(window).unwrap_or(SignedDuration::MAX);
        chat.last_inbound_at.is_some_and(|at| now < at + window)
    }
}

/// The window of a channel that is no longer configured.
const SHORTEST_WINDOW: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);
