//! JSON that is not quite what the documents say.

use serde_json::{Value, json};

use super::StripePayloads;
use crate::extra_fields;

/// Writes an object the way the settings want it.
pub(crate) fn apply(value: &mut Value, payloads: &StripePayloads) {
    if payloads.numbers_as_strings {
        numbers_to_strings(value);
    }
    if payloads.unknown_fields {
        extra_fields::add(value);
    }
    if payloads.empty_lists_for_objects {
        for name in
            ["automatic_tax", "customer_details", "metadata", "payment_method_options", "total_details"]
        {
            if let Some(member) = value.get_mut(name) {
                *member = json!([]);
            }
        }
    }
}

fn numbers_to_strings(value: &mut Value) {
    match value {
        Value::Number(number) => *value = json!(number.to_string()),
        Value::Array(items) => items.iter_mut().for_each(numbers_to_strings),
        Value::Object(members) => members.values_mut().for_each(numbers_to_strings),
        _ => {}
    }
}
