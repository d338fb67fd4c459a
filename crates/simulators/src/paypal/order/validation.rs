//! What PayPal refuses in an order.

use reqwest::Url;
use serde_json::Value;

use crate::paypal::{api_error::ApiError, currency_amount::Money};

/// What a caller wants to be paid for, after PayPal has looked at it.
#[derive(Clone, Debug)]
pub(crate) struct OrderRequest {
    pub(crate) amount: Money,
    pub(crate) reference_id: String,
    pub(crate) custom_id: Option<String>,
    pub(crate) invoice_id: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) return_url: Option<String>,
    pub(crate) cancel_url: Option<String>,
    pub(crate) brand_name: Option<String>,
    /// Made with `payment_source` rather than with the old `application_context`.
    pub(crate) uses_payment_source: bool,
}

/// Refuses what PayPal refuses (<https://developer.paypal.com/docs/api/orders/v2/#orders_create>).
pub(crate) fn read(body: &Value) -> Result<OrderRequest, ApiError> {
    match body["intent"].as_str() {
        Some("CAPTURE") => {}
        Some("AUTHORIZE") => {
            let description = "This simulator takes the money at once: it has no authorizations.";
            return Err(ApiError::refused("PREFERRED_PAYMENT_SOURCE_NOT_SUPPORTED", description));
        }
        Some(_) => return Err(syntax("/intent")),
        None => return Err(ApiError::missing("/intent")),
    }
    let units = body["purchase_units"].as_array().filter(|units| !units.is_empty());
    let unit = match units.map(Vec::as_slice) {
        None => return Err(ApiError::missing("/purchase_units")),
        Some([unit]) => unit,
        Some(_) => {
            let description = "This simulator takes one purchase unit per order.";
            return Err(ApiError::refused("MULTIPLE_PURCHASE_UNITS_NOT_SUPPORTED", description));
        }
    };
    let source = &body["payment_source"]["paypal"];
    let uses_payment_source = source.is_object();
    let context = match uses_payment_source {
        true => (&source["experience_context"], "/payment_source/paypal/experience_context"),
        false => (&body["application_context"], "/application_context"),
    };
    if unit["amount"].is_null() {
        return Err(ApiError::missing("/purchase_units/@reference_id=='default'/amount"));
    }
    Ok(OrderRequest {
        amount: Money::read(&unit["amount"], "/purchase_units/@reference_id=='default'/amount")?,
        reference_id: text(unit, "reference_id", 256)?.unwrap_or_else(|| "default".to_owned()),
        custom_id: text(unit, "custom_id", 127)?,
        invoice_id: text(unit, "invoice_id", 127)?,
        description: text(unit, "description", 127)?,
        return_url: url(context, "return_url")?,
        cancel_url: url(context, "cancel_url")?,
        brand_name: text(context.0, "brand_name", 127)?,
        uses_payment_source,
    })
}

fn text(value: &Value, name: &str, longest: usize) -> Result<Option<String>, ApiError> {
    let field = format!("/purchase_units/@reference_id=='default'/{name}");
    match &value[name] {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() || text.chars().count() > longest => {
            let description = "The value of a field is either too short or too long.";
            Err(ApiError::invalid("INVALID_STRING_LENGTH", description).at(&field))
        }
        Value::String(text) => Ok(Some(text.clone())),
        _ => Err(syntax(&field)),
    }
}

fn url((context, path): (&Value, &str), name: &str) -> Result<Option<String>, ApiError> {
    match &context[name] {
        Value::Null => Ok(None),
        Value::String(url) if Url::parse(url).is_ok_and(|url| url.has_host()) => Ok(Some(url.clone())),
        _ => Err(syntax(&format!("{path}/{name}"))),
    }
}

fn syntax(field: &str) -> ApiError {
    let description = "The value of a field does not conform to the expected format.";
    ApiError::invalid("INVALID_PARAMETER_SYNTAX", description).at(field)
}
