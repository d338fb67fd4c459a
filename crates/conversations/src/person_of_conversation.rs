//! The person behind a conversation.

use domain::guest::{Channel, Contact};
use store::conversation::Conversation;

/// As the one who books. People without a visible phone are named by the channel's own id.
pub fn contact_of(chat: &Conversation) -> Contact {
    let name = chat.name.clone().filter(|name| !name.trim().is_empty());
    Contact {
        name: name.unwrap_or_else(|| title_of(channel_of(chat)).to_owned()),
        phone: chat.phone.clone().unwrap_or_else(|| chat.guest_key.clone()),
        email: None,
    }
}

/// Where a stay that is booked in this conversation came in.
pub fn channel_of(chat: &Conversation) -> Channel {
    Channel::parse(&chat.channel).unwrap_or(Channel::Direct)
}

fn title_of(channel: Channel) -> &'static str {
    match channel {
        Channel::Whatsapp => "WhatsApp",
        Channel::Telegram => "Telegram",
        Channel::Web => "Web",
        Channel::Direct => "Guest",
    }
}
