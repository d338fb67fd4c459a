//! A preference as it is kept and answered.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::mercadopago::{Amount, dates};

/// What a seller wants to be paid for.
#[derive(Clone)]
pub(crate) struct Preference {
    /// `<collector>-<uuid>`.
    pub(crate) id: String,
    /// The order that the payments of this preference belong to.
    pub(crate) order_id: u64,
    /// The preference as Mercado Pago answers it.
    pub(crate) value: Value,
}

/// Members of the answer that a request cannot set.
const OWN_MEMBERS: [&str; 8] = [
    "id",
    "init_point",
    "sandbox_init_point",
    "collector_id",
    "client_id",
    "date_created",
    "last_updated",
    "site_id",
];

impl Preference {
    /// `body` has been checked.
    pub(crate) fn new(
        id: String,
        order_id: u64,
        collector_id: u64,
        body: &Value,
        base_url: &str,
        now: Timestamp,
    ) -> Self {
        let address = format!("{base_url}/checkout/v1/redirect?pref_id={id}");
        let value = json!({
            "additional_info": "",
            "auto_return": "",
            "back_urls": { "failure": "", "pending": "", "success": "" },
            "binary_mode": false,
            "client_id": "6245132082630004",
            "collector_id": collector_id,
            "coupon_code": null,
            "coupon_labels": null,
            "date_created": dates::write(now),
            "date_of_expiration": null,
            "expiration_date_from": null,
            "expiration_date_to": null,
            "expires": false,
            "external_reference": "",
            "id": id,
            "init_point": address,
            "internal_metadata": null,
            "items": [],
            "last_updated": null,
            "marketplace": "NONE",
            "marketplace_fee": 0,
            "metadata": {},
            "notification_url": null,
            "operation_type": "regular_payment",
            "payer": {
                "phone": { "area_code": "", "number": "" },
                "address": { "zip_code": "", "street_name": "", "street_number": null },
                "email": "",
                "identification": { "number": "", "type": "" },
                "name": "",
                "surname": "",
                "date_created": null,
                "last_purchase": null,
            },
            "payment_methods": {
                "default_card_id": null,
                "default_payment_method_id": null,
                "excluded_payment_methods": [{ "id": "" }],
                "excluded_payment_types": [{ "id": "" }],
                "installments": null,
                "default_installments": null,
            },
            "processing_modes": null,
            "product_id": null,
            "redirect_urls": { "failure": "", "pending": "", "success": "" },
            "sandbox_init_point": address,
            "shipments": { "default_shipping_method": null, "receiver_address": { "zip_code": "", "street_name": "" } },
            "site_id": "MLA",
            "total_amount": null,
        });
        let mut preference = Self { id, order_id, value };
        preference.merge(body);
        preference
    }

    /// Takes over what the seller sent. Objects are filled in, everything else is replaced.
    pub(crate) fn merge(&mut self, body: &Value) {
        for (name, value) in body.as_object().into_iter().flatten() {
            if OWN_MEMBERS.contains(&name.as_str()) {
                continue;
            }
            let value = if name == "metadata" { snake_cased(value) } else { value.clone() };
            match (self.value[name].as_object_mut(), value) {
                (Some(kept), Value::Object(given)) => kept.extend(given),
                (_, value) => self.value[name] = value,
            }
        }
        self.value["site_id"] = json!(site(&self.currency()));
    }

    /// What the buyer has to pay.
    pub(crate) fn total(&self) -> Amount {
        self.value["items"].as_array().into_iter().flatten().fold(Amount::default(), |total, item| {
            let price = Amount::read(&item["unit_price"]).unwrap_or_default();
            total.plus(price.times(item["quantity"].as_i64().unwrap_or(1)).unwrap_or_default())
        })
    }

    /// The currency of the items; the seller's own when they name none.
    pub(crate) fn currency(&self) -> String {
        self.value["items"][0]["currency_id"].as_str().unwrap_or("ARS").to_owned()
    }

    /// A member that is text and not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.value[name].as_str().filter(|text| !text.is_empty())
    }

    /// Where the buyer goes back to: `success`, `pending` or `failure`.
    pub(crate) fn back_url(&self, name: &str) -> Option<&str> {
        self.value["back_urls"][name].as_str().filter(|url| !url.is_empty())
    }

    /// Whether the page still takes payments.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        let at = |name: &str| self.text(name).and_then(dates::parse);
        self.value["expires"] != true
            || (at("expiration_date_to").is_none_or(|to| now < to)
                && at("expiration_date_from").is_none_or(|from| from <= now))
    }

    /// Whether one can pay with cash, which leaves a payment pending.
    pub(crate) fn takes_cash(&self) -> bool {
        let excluded = self.value["payment_methods"]["excluded_payment_types"].as_array();
        let excludes_tickets = excluded.into_iter().flatten().any(|kind| kind["id"] == "ticket");
        self.value["binary_mode"] != true && !excludes_tickets
    }
}

/// Mercado Pago writes the keys of metadata with underscores.
fn snake_cased(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let renamed = members.iter().map(|(name, value)| (snake_case(name), snake_cased(value)));
            Value::Object(renamed.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// The country's site, by its currency.
fn site(currency: &str) -> &'static str {
    match currency {
        "BRL" => "MLB",
        "CLP" => "MLC",
        "COP" => "MCO",
        "MXN" => "MLM",
        "PEN" => "MPE",
        "UYU" => "MLU",
        _ => "MLA",
    }
}
