//! Orders, captures and refunds as PayPal writes them.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    CaptureStatus, PayPalPayloads, PayPalSettings,
    capture::{Capture, Refund},
    order::{Order, OrderStatus},
};
use crate::extra_fields;

/// The seller.
pub(crate) const MERCHANT_ID: &str = "4RXRQC77UD53U";

/// The buyer.
pub(crate) const PAYER_ID: &str = "YTENGYR8PAF9A";

/// Whole seconds in UTC, as resources carry them.
pub(crate) fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The order as PayPal answers it when it shows the whole.
pub(crate) fn order(order: &Order, settings: &PayPalSettings) -> Value {
    let payloads = &settings.payloads;
    let request = &order.request;
    let mut unit = Map::new();
    unit.insert("reference_id".to_owned(), json!(request.reference_id));
    unit.insert("amount".to_owned(), order.amount.to_json(payloads));
    unit.insert(
        "payee".to_owned(),
        json!({ "email_address": "vendedor@example.com", "merchant_id": MERCHANT_ID }),
    );
    for (name, text) in [
        ("custom_id", &request.custom_id),
        ("invoice_id", &request.invoice_id),
        ("description", &request.description),
    ] {
        if let Some(text) = text {
            unit.insert(name.to_owned(), json!(text));
        }
    }
    if let Some(capture) = &order.capture {
        unit.insert("payments".to_owned(), payments(capture, settings));
    }
    let mut value = json!({
        "id": order.id,
        "intent": "CAPTURE",
        "status": order.status.as_str(),
        "purchase_units": [unit],
        "create_time": instant(order.created_at),
        "update_time": instant(order.updated_at),
        "links": order_links(order, settings),
    });
    let payer = json!({ "email_address": "comprador@example.com", "account_id": PAYER_ID });
    if request.uses_payment_source {
        value["payment_source"] = json!({ "paypal": if has_payer(order) { payer } else { json!({}) } });
    }
    if has_payer(order) {
        value["payer"] = json!({
            "name": { "given_name": "Ana", "surname": "Prueba" },
            "email_address": "comprador@example.com",
            "payer_id": PAYER_ID,
            "address": { "country_code": "MX" },
        });
    }
    styled(value, payloads)
}

/// The order as PayPal answers its making unless asked for more.
pub(crate) fn minimal(order: &Order, settings: &PayPalSettings) -> Value {
    let value = json!({
        "id": order.id,
        "status": order.status.as_str(),
        "links": order_links(order, settings),
    });
    styled(value, &settings.payloads)
}

/// The capture as PayPal answers it.
pub(crate) fn capture(capture: &Capture, settings: &PayPalSettings) -> Value {
    let payloads = &settings.payloads;
    let base = &settings.api_base_url;
    let amount = capture.amount.to_json(payloads);
    let own = format!("{base}/v2/payments/captures/{}", capture.id);
    let mut value = json!({
        "id": capture.id,
        "status": capture.status.as_str(),
        "amount": amount,
        "final_capture": true,
        "seller_protection": {
            "status": "ELIGIBLE",
            "dispute_categories": ["ITEM_NOT_RECEIVED", "UNAUTHORIZED_TRANSACTION"],
        },
        "create_time": instant(capture.created_at),
        "update_time": instant(capture.updated_at),
        "links": [
            link(&own, "self", "GET"),
            link(&format!("{own}/refund"), "refund", "POST"),
            link(&format!("{base}/v2/checkout/orders/{}", capture.order_id), "up", "GET"),
        ],
    });
    if capture.status == CaptureStatus::Pending {
        value["status_details"] = json!({ "reason": "PENDING_REVIEW" });
    } else if capture.status != CaptureStatus::Declined {
        value["seller_receivable_breakdown"] = json!({ "gross_amount": amount, "paypal_fee": capture.amount.with(Default::default()).to_json(payloads), "net_amount": amount });
    }
    if !payloads.order_id_in_links_only {
        value["supplementary_data"] = json!({ "related_ids": { "order_id": capture.order_id } });
    }
    for (name, text) in [("custom_id", &capture.custom_id), ("invoice_id", &capture.invoice_id)] {
        if let Some(text) = text {
            value[name] = json!(text);
        }
    }
    styled(value, payloads)
}

/// The refund as PayPal answers it; the capture stands in its links alone.
pub(crate) fn refund(capture: &Capture, refund: &Refund, settings: &PayPalSettings) -> Value {
    let payloads = &settings.payloads;
    let base = &settings.api_base_url;
    let amount = refund.amount.to_json(payloads);
    let mut value = json!({
        "id": refund.id,
        "status": refund.status.as_str(),
        "amount": amount,
        "seller_payable_breakdown": {
            "gross_amount": amount,
            "paypal_fee": refund.amount.with(Default::default()).to_json(payloads),
            "net_amount": amount,
            "total_refunded_amount": refund.amount.with(capture.refunded()).to_json(payloads),
        },
        "create_time": instant(refund.created_at),
        "update_time": instant(refund.created_at),
        "links": [
            link(&format!("{base}/v2/payments/refunds/{}", refund.id), "self", "GET"),
            link(&format!("{base}/v2/payments/captures/{}", capture.id), "up", "GET"),
        ],
    });
    let texts = [
        ("note_to_payer", &refund.note_to_payer),
        ("invoice_id", &refund.invoice_id),
        ("custom_id", &capture.custom_id),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            value[name] = json!(text);
        }
    }
    styled(value, payloads)
}

/// A link as all of PayPal's resources have them.
pub(crate) fn link(href: &str, rel: &str, method: &str) -> Value {
    json!({ "href": href, "rel": rel, "method": method })
}

fn payments(capture: &Capture, settings: &PayPalSettings) -> Value {
    let mut payments = json!({ "captures": [self::capture(capture, settings)] });
    if !capture.refunds.is_empty() {
        let refunds = capture.refunds.iter().map(|refund| self::refund(capture, refund, settings));
        payments["refunds"] = refunds.collect();
    }
    payments
}

fn order_links(order: &Order, settings: &PayPalSettings) -> Value {
    let own = format!("{}/v2/checkout/orders/{}", settings.api_base_url, order.id);
    let mut links = vec![link(&own, "self", "GET")];
    let page = format!("{}/checkoutnow?token={}", settings.public_base_url, order.id);
    match order.status {
        OrderStatus::PayerActionRequired => links.push(link(&page, "payer-action", "GET")),
        OrderStatus::Created => links.push(link(&page, "approve", "GET")),
        OrderStatus::Approved | OrderStatus::Completed => {}
    }
    if order.status != OrderStatus::Completed {
        links.push(link(&own, "update", "PATCH"));
        links.push(link(&format!("{own}/capture"), "capture", "POST"));
    }
    Value::Array(links)
}

fn has_payer(order: &Order) -> bool {
    matches!(order.status, OrderStatus::Approved | OrderStatus::Completed)
}

fn styled(mut value: Value, payloads: &PayPalPayloads) -> Value {
    if payloads.unknown_fields {
        extra_fields::add(&mut value);
    }
    if payloads.empty_lists_for_objects {
        for name in
            ["payment_source", "payer", "supplementary_data", "seller_protection", "seller_payable_breakdown"]
        {
            if let Some(member) = value.get_mut(name) {
                *member = json!([]);
            }
        }
    }
    value
}
