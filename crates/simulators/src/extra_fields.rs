//! Members of JSON objects that nobody has heard of, to see that a reader passes over them.

use serde_json::{Value, json};

/// Adds a member that nobody has heard of to every object, at any depth.
pub(crate) fn add(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(add);
            members.insert("hologram".to_owned(), json!({ "depth": [1, 2], "color": null }));
        }
        Value::Array(items) => items.iter_mut().for_each(add),
        _ => {}
    }
}
