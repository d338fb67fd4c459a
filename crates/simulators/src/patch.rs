use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Replaces the members that `changes` names and keeps the others.
pub(crate) fn apply<T: Serialize + DeserializeOwned>(current: &T, changes: &Value) -> Result<T, String> {
    let Value::Object(changes) = changes else { return Err("an object with the settings to change".into()) };
    let mut whole = serde_json::to_value(current).map_err(|error| error.to_string())?;
    for (name, value) in changes {
        // A misspelt setting would otherwise be ignored, and a test would pass for the wrong reason.
        let place = whole.get_mut(name).ok_or_else(|| format!("there is no setting named {name}"))?;
        *place = value.clone();
    }
    serde_json::from_value(whole).map_err(|error| error.to_string())
}
