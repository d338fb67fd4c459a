//! Templates: whether they are approved, and their parameters.

use serde_json::Value;

use super::{
    Template,
    graph_error::GraphError,
    message_validation::{Draft, limited, required},
};

/// Reads a template message. Its text lives at Meta, so the name and the parameters stand for it.
pub(crate) fn read(template: &Value) -> Result<Draft, GraphError> {
    let name = limited(&template["name"], 512, "template['name']")?;
    required(&template["language"]["code"], "template['language']['code']")?;
    let mut words = vec![format!("[{name}]")];
    for component in template["components"].as_array().into_iter().flatten() {
        for parameter in component["parameters"].as_array().into_iter().flatten() {
            if let Some(text) = parameter["text"].as_str() {
                if text.contains(['\n', '\t']) || text.contains("    ") {
                    let details =
                        "Param text cannot have new-line/tab characters or more than 4 consecutive spaces";
                    return Err(GraphError::new(132_012, details));
                }
                words.push(text.to_owned());
            }
        }
    }
    Ok(Draft { text: Some(words.join(" ")), ..Draft::default() })
}

/// Refuses a template that Meta has not approved, or not with so many parameters.
pub(crate) fn check_approved(template: &Value, approved: &[Template]) -> Result<(), GraphError> {
    let (name, language) = (&template["name"], &template["language"]["code"]);
    let known = approved.iter().find(|known| *name == known.name && *language == known.language);
    let known = known.ok_or_else(|| {
        let details = format!("template name ({name}) does not exist in {language}");
        GraphError::new(132_001, details)
    })?;
    let components = template["components"].as_array();
    let body = components.into_iter().flatten().find(|component| component["type"] == "body");
    let given = body.and_then(|body| body["parameters"].as_array()).map_or(0, Vec::len);
    if given == known.body_parameters {
        return Ok(());
    }
    let wanted = known.body_parameters;
    let details = format!(
        "body: number of localizable_params ({given}) does not match the expected number of params ({wanted})"
    );
    Err(GraphError::new(132_000, details))
}
