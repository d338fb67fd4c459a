//! Changes part of a settings value with a JSON object.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Replaces the members that `changes` names, at any depth, and keeps the others.
pub(crate) fn apply<T: Serialize + DeserializeOwned>(current: &T, changes: &Value) -> Result<T, String> {
    if !changes.is_object() {
        return Err("the settings to change are an object".into());
    }
    let mut whole = serde_json::to_value(current).map_err(|error| error.to_string())?;
    merge(&mut whole, changes)?;
    serde_json::from_value(whole).map_err(|error| error.to_string())
}

fn merge(whole: &mut Value, changes: &Value) -> Result<(), String> {
    let (Value::Object(kept), Value::Object(changes)) = (&mut *whole, changes) else {
        *whole = changes.clone();
        return Ok(());
    };
    for (name, value) in changes {
        // A misspelt setting would otherwise be ignored, and a test would pass for the wrong reason.
        let place = kept.get_mut(name).ok_or_else(|| format!("there is no setting named {name}"))?;
        merge(place, value)?;
    }
    Ok(())
}
