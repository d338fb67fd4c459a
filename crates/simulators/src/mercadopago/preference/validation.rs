//! What Mercado Pago refuses in a preference.

use serde_json::Value;

use crate::mercadopago::{Amount, api_error::ApiError, dates};

/// The currencies in which Mercado Pago sells, and how many decimals each takes.
const CURRENCIES: [(&str, u32); 8] =
    [("ARS", 2), ("BRL", 2), ("CLP", 0), ("COP", 2), ("MXN", 2), ("PEN", 2), ("UYU", 2), ("USD", 2)];

/// Refuses what Mercado Pago refuses. Members that it does not check are not checked here.
pub(crate) fn check(body: &Value) -> Result<(), ApiError> {
    if !body.is_object() {
        return Err(ApiError::invalid("bad_request", "The body must be a JSON object"));
    }
    let items = body["items"].as_array().filter(|items| !items.is_empty());
    for item in items.ok_or_else(|| ApiError::invalid("invalid_items", "items needed"))? {
        check_item(item)?;
    }
    if body["external_reference"].as_str().is_some_and(|reference| reference.chars().count() > 256) {
        return Err(ApiError::invalid(
            "invalid_external_reference",
            "external_reference must be at most 256 characters",
        ));
    }
    if let Some(url) = body["notification_url"].as_str()
        && !is_url(url)
    {
        return Err(ApiError::invalid("invalid_notification_url", "notification_url must be a valid url"));
    }
    check_return(body)?;
    check_dates(body)
}

fn check_item(item: &Value) -> Result<(), ApiError> {
    let invalid = |message: &str| ApiError::invalid("invalid_items", message);
    let title = item["title"].as_str().unwrap_or_default();
    if title.trim().is_empty() {
        return Err(invalid("title needed"));
    }
    if title.chars().count() > 256 {
        return Err(invalid("title must be at most 256 characters"));
    }
    if item["quantity"].as_i64().is_none_or(|quantity| quantity < 1) {
        return Err(invalid("quantity must be a positive integer"));
    }
    let price = Amount::read(&item["unit_price"]).filter(|price| price.is_positive());
    let price = price.ok_or_else(|| invalid("unit_price must be a positive number"))?;
    let decimals = match item["currency_id"].as_str() {
        // Without a currency the seller's own is taken.
        None if item["currency_id"].is_null() => 2,
        code => {
            let known = CURRENCIES.iter().find(|(known, _)| Some(*known) == code);
            known.map(|(_, decimals)| *decimals).ok_or_else(|| invalid("currency_id invalid"))?
        }
    };
    if price.decimals() > decimals {
        return Err(invalid("unit_price has too many decimals for its currency_id"));
    }
    Ok(())
}

fn check_return(body: &Value) -> Result<(), ApiError> {
    for name in ["success", "pending", "failure"] {
        let url = &body["back_urls"][name];
        if !url.is_null() && !url.as_str().is_some_and(|url| url.is_empty() || is_url(url)) {
            return Err(ApiError::invalid(
                "invalid_back_urls",
                format!("back_urls.{name} must be a valid url"),
            ));
        }
    }
    if body["auto_return"].is_null() {
        return Ok(());
    }
    let invalid = |message: &str| ApiError::invalid("invalid_auto_return", message);
    if !matches!(body["auto_return"].as_str(), Some("approved" | "all")) {
        return Err(invalid("auto_return invalid. must be approved or all"));
    }
    match body["back_urls"]["success"].as_str() {
        Some(url) if url.starts_with("https://") => Ok(()),
        _ => Err(invalid("auto_return invalid. back_url.success must be defined")),
    }
}

fn check_dates(body: &Value) -> Result<(), ApiError> {
    let mut instants = Vec::new();
    for name in ["expiration_date_from", "expiration_date_to", "date_of_expiration"] {
        instants.push(match &body[name] {
            Value::Null => None,
            value => {
                let at = value.as_str().and_then(dates::parse);
                let message = format!("{name} must have the format yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
                Some(at.ok_or_else(|| ApiError::invalid("invalid_expiration_date", message))?)
            }
        });
    }
    match (instants[0], instants[1]) {
        (Some(from), Some(to)) if from >= to => {
            let message = "expiration_date_to must be after expiration_date_from";
            Err(ApiError::invalid("invalid_expiration_date", message))
        }
        _ => Ok(()),
    }
}

fn is_url(text: &str) -> bool {
    reqwest::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
}
