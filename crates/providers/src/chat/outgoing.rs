//! A message to a guest, and how it is cut to the limits of a channel.

use serde::{Deserialize, Serialize};

/// A message of ours, as the outbox stores it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outgoing {
    Text {
        body: String,
    },
    /// A text with one button that opens an address, such as a pay link. Where it does not fit, or the vendor has
    /// no such thing, it becomes a text with the address on a line of its own.
    Link {
        body: String,
        label: String,
        url: String,
    },
    /// A text that lies with the vendor, who has approved it under this name: what may be sent to a guest who has been
    /// silent for long.
    Template {
        name: String,
        /// As the vendor writes it: `es_AR`.
        language: String,
        /// What fills the gaps of its body, in their order.
        parameters: Vec<String>,
    },
}

/// What a vendor takes, in UTF-16 units: the strictest way in which a vendor may count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub text: usize,
    pub link_body: usize,
    pub link_label: usize,
    pub link_url: usize,
}

/// Cuts a message into messages that each fit.
///
/// Text is cut at the last paragraph, else line, else sentence, else word that fits, else within the word; a cut
/// less than halfway is not worth its boundary. A link that does not fit as a button becomes text, and its address
/// stays whole, at the end. A template is one message.
pub fn split(message: Outgoing, limits: &Limits) -> Vec<Outgoing> {
    match fallback(message, limits) {
        Outgoing::Text { body } => {
            cut(&body, limits.text).into_iter().map(|body| Outgoing::Text { body }).collect()
        }
        whole @ (Outgoing::Link { .. } | Outgoing::Template { .. }) => vec![whole],
    }
}

/// The message that can go out in one piece: the last resort for what was not `split`.
///
/// Text that is too long ends in `…`; of a link the address survives.
pub fn fit(message: &Outgoing, limits: &Limits) -> Outgoing {
    let (body, tail) = match fallback(message.clone(), limits) {
        whole @ (Outgoing::Link { .. } | Outgoing::Template { .. }) => return whole,
        Outgoing::Text { body } => match message {
            Outgoing::Link { url, .. } if size(url) + 2 < limits.text => (body, format!("\n{url}")),
            _ => (body, String::new()),
        },
    };
    if size(&body) <= limits.text {
        return Outgoing::Text { body };
    }
    let kept = cut(&body, limits.text - size(&tail) - 1).into_iter().next().unwrap_or_default();
    Outgoing::Text { body: format!("{kept}…{tail}") }
}

impl Outgoing {
    /// Whether it may go to a guest whose last message is older than the vendor's window.
    pub fn may_open_a_conversation(&self) -> bool {
        matches!(self, Self::Template { .. })
    }
}

/// The length that counts against a limit, in UTF-16 units.
pub fn size(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A link stays one where button, body and address fit and the address is one that a button can open.
fn fallback(message: Outgoing, limits: &Limits) -> Outgoing {
    let Outgoing::Link { body, label, url } = message else { return message };
    let opens = url.starts_with("https://") || url.starts_with("http://");
    let fits = |text: &str, limit: usize| !text.trim().is_empty() && size(text) <= limit;
    if opens
        && fits(&body, limits.link_body)
        && fits(&label, limits.link_label)
        && fits(&url, limits.link_url)
    {
        return Outgoing::Link { body, label, url };
    }
    let text = [body.trim_end(), &url].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    Outgoing::Text { body: text.join("\n") }
}

/// Pieces of at most `limit` units; nothing but white space at the cuts is lost.
fn cut(text: &str, limit: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while size(rest) > limit {
        let end = boundary(rest, limit);
        pieces.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

/// The byte where to cut `text`, which is longer than `limit` units.
fn boundary(text: &str, limit: usize) -> usize {
    let hard = end_of(text, limit);
    let head = &text[..hard];
    for separator in ["\n\n", "\n", ". ", "? ", "! ", " "] {
        match head.rfind(separator) {
            Some(at) if at + separator.len() > hard / 2 => return at + separator.len(),
            _ => {}
        }
    }
    hard
}

/// The last byte position within `limit` units that ends a character; at least one character.
fn end_of(text: &str, limit: usize) -> usize {
    let mut units = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > limit && at > 0 {
            return at;
        }
    }
    text.len()
}

impl std::fmt::Debug for Outgoing {
    /// Message text stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text { .. } => "Text(…)",
            Self::Link { .. } => "Link(…)",
            Self::Template { .. } => "Template(…)",
        })
    }
}

#[cfg(test)]
mod tests;
