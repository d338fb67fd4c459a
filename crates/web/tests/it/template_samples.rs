//! For each template something to show, in each of its states.

use serde_json::{Value, json};

const PURPOSES: [&str; 4] = ["deposit", "balance", "extra", "penalty"];

/// What each sample is, and its data.
///
/// # Panics
/// When the template has none.
pub fn samples(template: &str) -> Vec<(&'static str, Value)> {
    match template {
        "stay.html" => ["held", "confirmed", "expired", "cancelled", "completed", "no_show"]
            .map(|status| (status, stay(status)))
            .to_vec(),
        "problem.html" => ["missing", "too_many", "unavailable", "internal", "other"]
            .map(|kind| (kind, json!({ "status": 404, "kind": kind, "request_id": "r" })))
            .to_vec(),
        "docs.html" => vec![("two calls and their bodies", docs())],
        "pay_choice.html" => PURPOSES
            .map(|purpose| {
                let data = json!({
                    "token": "t", "purpose": purpose, "amount": "1.00", "currency": "MXN",
                    "providers": ["mercadopago", "stripe", "paypal"],
                });
                (purpose, data)
            })
            .to_vec(),
        "pay_wait.html" => vec![("stripe", json!({ "token": "t", "provider": "stripe" }))],
        "receipt.html" => ["cash", "bank"]
            .map(|method| {
                let data = json!({
                    "number": 7, "property": "Lomas", "name": "Ana", "code": "ABCDEFGHJK", "amount": "1.00",
                    "currency": "ARS", "method": method, "note": "a coin", "at": "2027-01-08 12:00",
                });
                (method, data)
            })
            .to_vec(),
        "base.html" => vec![("nothing in it", json!({}))],
        other => panic!("give {other} a sample"),
    }
}

fn stay(status: &str) -> Value {
    let line = json!({ "kind": "weekend_night", "date": "2027-01-09", "season": "Verano", "amount": "1.00" });
    let charges = PURPOSES.map(|purpose| json!({ "purpose": purpose, "amount": "1.00", "note": null }));
    let refunds = ["due", "sent", "done", "failed"]
        .map(|status| json!({ "status": status, "amount": "1.00", "currency": "ARS" }));
    json!({
        "token": "t", "code": "ABCDEFGHJK", "status": status, "accommodation": "El Sauce <b>",
        "check_in": "2027-01-08", "check_out": "2027-01-11", "check_in_time": "14:00", "check_out_time": "10:00",
        "nights": 3, "guests": 4,
        "quote": { "currency": "ARS", "lines": [line, { "kind": "tax", "amount": "2.00" }] },
        "total": "3.00", "deposit": "1.00", "currency": "ARS",
        "policy": [{ "percent": 100, "until": "2027-01-03 14:00" }],
        "paid": (status != "held").then_some("1.00"), "refund_now": (status == "confirmed").then_some("1.00"),
        "held_until": (status == "held").then_some("12:30"), "pay_url": (status == "held").then_some("/pay/t"),
        "pay_amount": (status == "held").then_some("1.00"), "due": (status == "confirmed").then_some("2.00"),
        "due_by": (status == "confirmed").then_some("2027-01-01"), "is_offer": status == "held",
        "charges": charges, "refunds": refunds, "receipts": [{ "number": 7, "amount": "1.00" }],
    })
}

/// Two calls of all: the whole description is compared elsewhere.
fn docs() -> Value {
    let mut data = web::docs_data();
    let shown = ["get_calendar", "cancel_reservation"];
    let is_shown = |call: &Value| shown.contains(&call["id"].as_str().unwrap_or_default());
    data["calls"].as_array_mut().unwrap().retain(is_shown);
    data["schemas"].as_object_mut().unwrap().retain(|name, _| name == "CancelIn");
    data
}
