//! What a message to a guest may contain, and how long it may be.

use serde_json::Value;

use super::{
    graph_error::GraphError,
    guest_transcript::{Choice, Link},
    interactive_validation, template_validation,
};

/// What a message to a guest says, once it has passed Meta's checks.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) kind: String,
    pub(crate) text: Option<String>,
    pub(crate) header: Option<String>,
    pub(crate) footer: Option<String>,
    pub(crate) link: Option<Link>,
    pub(crate) choices: Vec<Choice>,
}

/// Checks a message as Meta does before accepting it. A member that Meta would ignore is ignored.
pub(crate) fn read(message: &Value) -> Result<Draft, GraphError> {
    // Meta takes a message without a type for a text.
    let kind = message["type"].as_str().unwrap_or("text");
    if let Some(mark) = message["biz_opaque_callback_data"].as_str() {
        at_most(mark, 512, "biz_opaque_callback_data")?;
    }
    let mut draft = match kind {
        "text" => text(message)?,
        "template" => template_validation::read(&message["template"])?,
        "interactive" => interactive_validation::read(&message["interactive"])?,
        "image" | "document" | "audio" | "video" | "sticker" => media(message, kind)?,
        "location" => location(message)?,
        "reaction" => reaction(message)?,
        "contacts" => Draft::default(),
        other => {
            return Err(GraphError::invalid(format!(
                "Param type must be one of the message types, not '{other}'."
            )));
        }
    };
    draft.kind = kind.to_owned();
    Ok(draft)
}

/// The text at this place, which must be there and not be empty.
pub(crate) fn required<'a>(value: &'a Value, name: &str) -> Result<&'a str, GraphError> {
    value.as_str().filter(|text| !text.trim().is_empty()).ok_or_else(|| GraphError::missing(name))
}

/// Characters, not bytes: an emoji counts as one.
pub(crate) fn at_most(text: &str, limit: usize, name: &str) -> Result<(), GraphError> {
    if text.chars().count() > limit {
        return Err(GraphError::invalid(format!("Param {name} must be at most {limit} characters long.")));
    }
    Ok(())
}

/// A required text with a limit.
pub(crate) fn limited<'a>(value: &'a Value, limit: usize, name: &str) -> Result<&'a str, GraphError> {
    let text = required(value, name)?;
    at_most(text, limit, name)?;
    Ok(text)
}

fn text(message: &Value) -> Result<Draft, GraphError> {
    let body = limited(&message["text"]["body"], 4096, "text['body']")?;
    Ok(Draft { text: Some(body.to_owned()), ..Draft::default() })
}

fn media(message: &Value, kind: &str) -> Result<Draft, GraphError> {
    let media = &message[kind];
    let address = media["link"].as_str().or(media["id"].as_str());
    let address = address.ok_or_else(|| GraphError::missing(&format!("{kind}['link']")))?;
    let caption = media["caption"].as_str();
    if let Some(caption) = caption {
        at_most(caption, 1024, "caption")?;
    }
    let label = media["filename"].as_str().unwrap_or(kind);
    Ok(Draft {
        text: caption.map(str::to_owned),
        link: Some(Link { label: label.to_owned(), url: address.to_owned() }),
        ..Draft::default()
    })
}

fn location(message: &Value) -> Result<Draft, GraphError> {
    let location = &message["location"];
    for name in ["latitude", "longitude"] {
        let given = &location[name];
        let is_number = given.is_number() || given.as_str().is_some_and(|text| text.parse::<f64>().is_ok());
        if !is_number {
            return Err(GraphError::missing(&format!("location['{name}']")));
        }
    }
    let text = location["name"].as_str().or(location["address"].as_str());
    Ok(Draft { text: text.map(str::to_owned), ..Draft::default() })
}

fn reaction(message: &Value) -> Result<Draft, GraphError> {
    required(&message["reaction"]["message_id"], "reaction['message_id']")?;
    let emoji =
        message["reaction"]["emoji"].as_str().ok_or_else(|| GraphError::missing("reaction['emoji']"))?;
    Ok(Draft { text: Some(emoji.to_owned()), ..Draft::default() })
}
