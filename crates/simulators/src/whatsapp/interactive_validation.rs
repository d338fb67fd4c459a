//! The limits of interactive messages.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    graph_error::GraphError,
    guest_transcript::{Choice, Link},
    message_validation::{Draft, at_most, limited, required},
};

/// Checks an interactive message against Meta's limits.
pub(crate) fn read(interactive: &Value) -> Result<Draft, GraphError> {
    let kind = required(&interactive["type"], "interactive['type']")?;
    let body_limit = if kind == "list" { 4096 } else { 1024 };
    let body = limited(&interactive["body"]["text"], body_limit, "interactive['body']['text']")?;
    let mut draft = Draft { text: Some(body.to_owned()), ..Draft::default() };
    if let Some(header) = interactive["header"]["text"].as_str() {
        at_most(header, 60, "interactive['header']['text']")?;
        draft.header = Some(header.to_owned());
    }
    if let Some(footer) = interactive["footer"]["text"].as_str() {
        at_most(footer, 60, "interactive['footer']['text']")?;
        draft.footer = Some(footer.to_owned());
    }
    let action = &interactive["action"];
    match kind {
        "button" => draft.choices = buttons(action)?,
        "list" => draft.choices = rows(action)?,
        "cta_url" => draft.link = Some(link(action)?),
        "location_request_message" | "contact_request" | "flow" | "product" | "product_list" => {}
        other => {
            let details = format!("Param interactive['type'] must be a known type, not '{other}'.");
            return Err(GraphError::invalid(details));
        }
    }
    Ok(draft)
}

fn buttons(action: &Value) -> Result<Vec<Choice>, GraphError> {
    let buttons = action["buttons"].as_array().filter(|buttons| !buttons.is_empty());
    let buttons = buttons.ok_or_else(|| GraphError::missing("interactive['action']['buttons']"))?;
    if buttons.len() > 3 {
        return Err(GraphError::invalid(
            "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3",
        ));
    }
    let mut choices = Vec::new();
    for button in buttons {
        if button["type"] != "reply" {
            return Err(GraphError::invalid("Param buttons['type'] must be one of {REPLY}."));
        }
        let id = limited(&button["reply"]["id"], 256, "buttons['reply']['id']")?;
        let title = limited(&button["reply"]["title"], 20, "buttons['reply']['title']")?;
        choices.push(Choice { id: id.to_owned(), title: title.to_owned(), description: None });
    }
    refuse_twins(&choices, |choice| &choice.id, "id")?;
    refuse_twins(&choices, |choice| &choice.title, "title")?;
    Ok(choices)
}

fn rows(action: &Value) -> Result<Vec<Choice>, GraphError> {
    limited(&action["button"], 20, "interactive['action']['button']")?;
    let sections = action["sections"].as_array().filter(|sections| !sections.is_empty());
    let sections = sections.ok_or_else(|| GraphError::missing("interactive['action']['sections']"))?;
    let mut choices = Vec::new();
    for section in sections {
        if sections.len() > 1 {
            limited(&section["title"], 24, "sections['title']")?;
        }
        for row in section["rows"].as_array().into_iter().flatten() {
            let id = limited(&row["id"], 200, "rows['id']")?;
            let title = limited(&row["title"], 24, "rows['title']")?;
            let description = row["description"].as_str();
            at_most(description.unwrap_or_default(), 72, "rows['description']")?;
            choices.push(Choice {
                id: id.to_owned(),
                title: title.to_owned(),
                description: description.map(str::to_owned),
            });
        }
    }
    if choices.is_empty() {
        return Err(GraphError::missing("interactive['action']['sections']['rows']"));
    }
    if choices.len() > 10 {
        return Err(GraphError::invalid("Total row count exceed max allowed count: 10"));
    }
    refuse_twins(&choices, |choice| &choice.id, "id")?;
    Ok(choices)
}

fn link(action: &Value) -> Result<Link, GraphError> {
    if action["name"] != "cta_url" {
        return Err(GraphError::invalid("Param interactive['action']['name'] must be one of {CTA_URL}."));
    }
    let parameters = &action["parameters"];
    let label = limited(&parameters["display_text"], 20, "parameters['display_text']")?;
    let url = required(&parameters["url"], "parameters['url']")?;
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(GraphError::invalid("Param parameters['url'] is not a valid URI."));
    }
    Ok(Link { label: label.to_owned(), url: url.to_owned() })
}

fn refuse_twins(
    choices: &[Choice],
    member: impl Fn(&Choice) -> &String,
    name: &str,
) -> Result<(), GraphError> {
    let mut seen = HashSet::new();
    match choices.iter().find(|choice| !seen.insert(member(choice))) {
        None => Ok(()),
        Some(twin) => Err(GraphError::invalid(format!("Duplicated {name}: {}", member(twin)))),
    }
}
