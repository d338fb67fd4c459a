//! What Stripe refuses in metadata.

use serde_json::{Map, Value};

use super::api_error::ApiError;

/// Metadata within Stripe's limits: fifty keys of forty characters, values of five hundred.
///
/// <https://docs.stripe.com/metadata#data>
pub(crate) fn read(given: &Value, param: &str) -> Result<Value, ApiError> {
    let mut kept = Map::new();
    let members = match given {
        Value::Null => return Ok(Value::Object(kept)),
        Value::Object(members) => members,
        _ => return Err(ApiError::invalid(Some(param), "Invalid object")),
    };
    if members.len() > 50 {
        return Err(ApiError::invalid(Some(param), "You can only specify up to 50 keys in metadata."));
    }
    for (key, value) in members {
        let Some(text) = value.as_str() else {
            return Err(ApiError::invalid(Some(param), "Metadata values must be strings"));
        };
        if key.chars().count() > 40 || text.chars().count() > 500 {
            let message =
                "Metadata keys can be up to 40 characters long and values up to 500 characters long.";
            return Err(ApiError::invalid(Some(&format!("{param}[{key}]")), message));
        }
        // An empty value stands for no value.
        if !text.is_empty() {
            kept.insert(key.clone(), value.clone());
        }
    }
    Ok(Value::Object(kept))
}
