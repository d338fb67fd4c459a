//! A payment as Mercado Pago writes it, with everything that nobody needs.

use serde_json::{Value, json};

use super::{Payment, PaymentStatus, Refund};
use crate::{
    extra_fields,
    mercadopago::{Amount, PayloadStyle, dates},
};

/// Members that a payment by Checkout Pro carries and never fills.
const ALWAYS_NULL: [&str; 20] = [
    "accounts_info",
    "brand_id",
    "call_for_authorize_id",
    "callback_url",
    "corporation_id",
    "counter_currency",
    "deduction_schema",
    "differential_pricing_id",
    "financing_group",
    "integrator_id",
    "marketplace_owner",
    "merchant_account_id",
    "merchant_number",
    "money_release_schema",
    "platform_id",
    "pos_id",
    "sponsor_id",
    "statement_descriptor",
    "store_id",
    "tags",
];

/// A payment as `GET /v1/payments/{id}` answers it: what matters among many nulls.
pub(crate) fn write(payment: &Payment, style: &PayloadStyle) -> Value {
    let amount = |amount: Amount| {
        if style.amounts_as_strings { json!(amount.to_string()) } else { amount.to_json() }
    };
    let id = |id: u64| if style.ids_as_strings { json!(id.to_string()) } else { json!(id) };
    let (method, kind) = payment.method();
    let is_card = kind == "credit_card";
    let paid = payment.approved_at.is_some();
    let told = json!({
        "additional_info": {
            "available_balance": null,
            "authentication_code": null,
            "items": items(&payment.items),
            "nsu_processadora": null,
        },
        "authorization_code": if is_card && paid { json!("301299") } else { Value::Null },
        "card": if is_card { card(payment) } else { json!({}) },
        "collector_id": id(payment.collector_id),
        "currency_id": payment.currency_id,
        "date_approved": payment.approved_at.map(dates::write),
        "date_created": dates::write(payment.created_at),
        "date_last_updated": dates::write(payment.updated_at),
        "date_of_expiration": payment.expires_at.map(dates::write),
        "description": payment.items[0]["title"],
        "external_reference": payment.external_reference,
        "id": id(payment.id),
        "issuer_id": if is_card { json!("24") } else { Value::Null },
        "live_mode": payment.live_mode,
        "metadata": payment.metadata,
        "money_release_date": payment.approved_at.map(dates::write),
        "money_release_status": if paid { json!("pending") } else { Value::Null },
        "notification_url": payment.notification_url,
        "order": { "id": payment.order_id.to_string(), "type": "mercadopago" },
        "payer": payer(payment),
        "payment_method_id": method,
        "payment_type_id": kind,
        "refunds": payment.refunds.iter().map(|refund| write_refund(payment, refund)).collect::<Vec<_>>(),
        "status": payment.status.as_str(),
        "status_detail": payment.status_detail,
        "transaction_amount": amount(payment.amount),
        "transaction_amount_refunded": amount(payment.refunded()),
        "transaction_details": {
            "acquirer_reference": null,
            "external_resource_url": if is_card { Value::Null } else { json!("https://www.example.com/cupon") },
            "financial_institution": null,
            "installment_amount": 0,
            "net_received_amount": if paid { amount(payment.amount) } else { json!(0) },
            "overpaid_amount": 0,
            "payable_deferral_period": null,
            "payment_method_reference_id": null,
            "total_paid_amount": amount(payment.amount),
        },
    });
    let mut value = constants();
    for name in ALWAYS_NULL {
        value[name] = Value::Null;
    }
    if let (Some(members), Value::Object(known)) = (value.as_object_mut(), told) {
        members.extend(known);
    }
    if style.unknown_fields {
        extra_fields::add(&mut value);
        value["payment_type_id"] = json!("telepathy");
    }
    if style.empty_lists_for_objects {
        for name in ["order", "card", "metadata", "point_of_interaction", "additional_info"] {
            value[name] = json!([]);
        }
    }
    value
}

/// A refund as the refund calls answer it.
pub(crate) fn write_refund(payment: &Payment, refund: &Refund) -> Value {
    json!({
        "id": refund.id,
        "payment_id": payment.id,
        "amount": refund.amount.to_json(),
        "metadata": {},
        "source": { "id": payment.collector_id.to_string(), "name": "Vendedor de prueba", "type": "collector" },
        "date_created": dates::write(refund.created_at),
        "unique_sequence_number": null,
        "refund_mode": "standard",
        "adjustment_amount": 0,
        "status": "approved",
        "reason": null,
        "labels": [],
        "amount_refunded_to_payer": refund.amount.to_json(),
        "additional_data": null,
        "partition_details": [],
    })
}

/// Members that are the same in every payment here.
fn constants() -> Value {
    json!({
        "acquirer_reconciliation": [],
        "binary_mode": false,
        "build_version": "3.101.0",
        "captured": true,
        "charges_details": [],
        "coupon_amount": 0,
        "fee_details": [],
        "installments": 1,
        "operation_type": "regular_payment",
        "point_of_interaction": {},
        "processing_mode": "aggregator",
        "shipping_amount": 0,
        "taxes_amount": 0,
    })
}

/// Quantities and prices come back as strings here, unlike in the preference.
fn items(items: &Value) -> Value {
    let mut items = items.clone();
    for item in items.as_array_mut().into_iter().flatten() {
        for name in ["quantity", "unit_price"] {
            if item[name].is_number() {
                item[name] = json!(item[name].to_string());
            }
        }
    }
    items
}

fn card(payment: &Payment) -> Value {
    json!({
        "id": null,
        "first_six_digits": "450995",
        "last_four_digits": "3704",
        "expiration_month": 11,
        "expiration_year": 2030,
        "date_created": dates::write(payment.created_at),
        "date_last_updated": dates::write(payment.created_at),
        "cardholder": {
            "name": if payment.status == PaymentStatus::Rejected { "FUND" } else { "APRO" },
            "identification": { "number": "12345678", "type": "DNI" },
        },
    })
}

fn payer(payment: &Payment) -> Value {
    json!({
        "id": "1234567890",
        "email": payment.payer_email.as_deref().unwrap_or("comprador@example.com"),
        "first_name": null,
        "last_name": null,
        "entity_type": null,
        "operator_id": null,
        "type": null,
        "identification": { "number": "12345678", "type": "DNI" },
        "phone": { "area_code": null, "number": null, "extension": null },
    })
}
