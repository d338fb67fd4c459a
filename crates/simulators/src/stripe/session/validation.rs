//! What Stripe refuses in a session.

use jiff::{SignedDuration, Timestamp};
use reqwest::Url;
use serde_json::{Value, json};

use crate::stripe::{
    api_error::ApiError,
    bracket_form,
    currencies::{self, Currency},
    metadata_validation,
};

/// What a caller wants to be paid for, after Stripe has looked at it.
#[derive(Clone, Debug)]
pub(crate) struct SessionParams {
    pub(crate) lines: Vec<LineItem>,
    pub(crate) currency: Currency,
    /// The sum of the lines, in the smallest unit.
    pub(crate) amount: i64,
    pub(crate) success_url: String,
    pub(crate) cancel_url: Option<String>,
    pub(crate) client_reference_id: Option<String>,
    pub(crate) customer_email: Option<String>,
    pub(crate) locale: Option<String>,
    pub(crate) expires_at: Timestamp,
    /// The session's own, an object.
    pub(crate) metadata: Value,
    /// What the payment carries; the session's metadata does not go there.
    pub(crate) payment_metadata: Value,
    /// None when Stripe chooses.
    pub(crate) methods: Option<Vec<String>>,
}

/// One thing to pay for.
#[derive(Clone, Debug)]
pub(crate) struct LineItem {
    pub(crate) name: String,
    pub(crate) unit_amount: i64,
    pub(crate) quantity: i64,
}

/// The parameters that Stripe knows; any other is refused. <https://docs.stripe.com/api/checkout/sessions/create>
const KNOWN: [&str; 32] = [
    "adaptive_pricing",
    "after_expiration",
    "allow_promotion_codes",
    "automatic_tax",
    "billing_address_collection",
    "cancel_url",
    "client_reference_id",
    "consent_collection",
    "currency",
    "custom_fields",
    "custom_text",
    "customer",
    "customer_creation",
    "customer_email",
    "customer_update",
    "discounts",
    "expand",
    "expires_at",
    "invoice_creation",
    "line_items",
    "locale",
    "metadata",
    "mode",
    "payment_intent_data",
    "payment_method_collection",
    "payment_method_options",
    "payment_method_types",
    "phone_number_collection",
    "submit_type",
    "success_url",
    "tax_id_collection",
    "ui_mode",
];

/// Refuses what Stripe refuses. Parameters that the program has no use for are taken and have no effect.
pub(crate) fn read(form: &Value, now: Timestamp) -> Result<SessionParams, ApiError> {
    if let Some(name) =
        form.as_object().into_iter().flatten().map(|(name, _)| name).find(|name| !is_known(name))
    {
        let message = format!("Received unknown parameter: {name}");
        return Err(ApiError::invalid(Some(name), message).coded("parameter_unknown"));
    }
    match bracket_form::text(form, "mode") {
        Some("payment") => {}
        Some(_) => {
            return Err(ApiError::invalid(Some("mode"), "This simulator knows the mode payment alone"));
        }
        None => return Err(ApiError::missing("mode")),
    }
    if bracket_form::text(&form["payment_intent_data"], "capture_method")
        .is_some_and(|method| method == "manual")
    {
        let message = "This simulator takes the money at once: it has no manual capture";
        return Err(ApiError::invalid(Some("payment_intent_data[capture_method]"), message));
    }
    let (currency, lines) = read_lines(form)?;
    let amount = total(&lines, currency)?;
    let client_reference_id = bracket_form::text(form, "client_reference_id").map(str::to_owned);
    if client_reference_id.as_ref().is_some_and(|reference| reference.chars().count() > 200) {
        let message = "Invalid string: must be at most 200 characters";
        return Err(ApiError::invalid(Some("client_reference_id"), message).coded("parameter_invalid_string"));
    }
    let customer_email = bracket_form::text(form, "customer_email").map(str::to_owned);
    if let Some(email) = customer_email.as_ref().filter(|email| !email.contains('@')) {
        let message = format!("Invalid email address: {email}");
        return Err(ApiError::invalid(Some("customer_email"), message).coded("email_invalid"));
    }
    let methods = bracket_form::items(form, "payment_method_types");
    let methods: Vec<String> = methods.into_iter().filter_map(Value::as_str).map(str::to_owned).collect();
    Ok(SessionParams {
        lines,
        currency,
        amount,
        success_url: read_url(form, "success_url")?.ok_or_else(|| ApiError::missing("success_url"))?,
        cancel_url: read_url(form, "cancel_url")?,
        client_reference_id,
        customer_email,
        locale: bracket_form::text(form, "locale").map(str::to_owned),
        expires_at: read_expiry(form, now)?,
        metadata: metadata_validation::read(&form["metadata"], "metadata")?,
        payment_metadata: metadata_validation::read(
            &form["payment_intent_data"]["metadata"],
            "payment_intent_data[metadata]",
        )?,
        methods: Some(methods).filter(|methods| !methods.is_empty()),
    })
}

impl SessionParams {
    /// The methods that the page offers.
    pub(crate) fn method_types(&self) -> Value {
        match &self.methods {
            Some(methods) => json!(methods),
            None => json!(["card", self.currency.delayed_method()]),
        }
    }

    /// The delayed one among them.
    pub(crate) fn delayed_method(&self) -> Option<&'static str> {
        let method = self.currency.delayed_method();
        let offers = |methods: &Vec<String>| methods.iter().any(|offered| offered == method);
        Some(method).filter(|_| self.methods.as_ref().is_none_or(offers))
    }
}

fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

fn read_lines(form: &Value) -> Result<(Currency, Vec<LineItem>), ApiError> {
    let mut lines = Vec::new();
    let mut common: Option<Currency> = None;
    for (index, item) in bracket_form::items(form, "line_items").into_iter().enumerate() {
        let param = |rest: &str| format!("line_items[{index}]{rest}");
        let price = &item["price_data"];
        if !price.is_object() {
            return Err(ApiError::missing(&param("[price_data]")));
        }
        let code = bracket_form::text(price, "currency")
            .ok_or_else(|| ApiError::missing(&param("[price_data][currency]")))?;
        let currency = Currency::find(code).ok_or_else(|| {
            ApiError::invalid(Some(&param("[price_data][currency]")), format!("Invalid currency: {code}"))
        })?;
        if common.is_some_and(|common| common != currency) {
            return Err(ApiError::invalid(Some("line_items"), "All line items must have the same currency"));
        }
        common = Some(currency);
        let name = bracket_form::text(&price["product_data"], "name")
            .ok_or_else(|| ApiError::missing(&param("[price_data][product_data][name]")))?;
        let at = param("[price_data][unit_amount]");
        let unit_amount =
            bracket_form::integer(price, "unit_amount", &at)?.ok_or_else(|| ApiError::missing(&at))?;
        let at = param("[quantity]");
        let quantity = bracket_form::integer(item, "quantity", &at)?.ok_or_else(|| ApiError::missing(&at))?;
        for (number, least, at) in
            [(unit_amount, 0, param("[price_data][unit_amount]")), (quantity, 1, param("[quantity]"))]
        {
            if number < least {
                let message = format!("This value must be greater than or equal to {least}.");
                return Err(ApiError::invalid(Some(&at), message).coded("parameter_invalid_integer"));
            }
        }
        lines.push(LineItem { name: name.to_owned(), unit_amount, quantity });
    }
    common.map(|currency| (currency, lines)).ok_or_else(|| ApiError::missing("line_items"))
}

fn total(lines: &[LineItem], currency: Currency) -> Result<i64, ApiError> {
    const MOST: i64 = 99_999_999;
    let amount = lines
        .iter()
        .fold(0_i64, |total, line| total.saturating_add(line.unit_amount.saturating_mul(line.quantity)));
    let shown = |minor| format!("{} {}", currencies::decimal(minor, currency.decimals), currency.code);
    if amount < currency.minimum {
        let message = format!(
            "The Checkout Session's total amount due must add up to at least {}",
            shown(currency.minimum)
        );
        return Err(ApiError::invalid(None, message).coded("amount_too_small"));
    }
    if amount > MOST {
        let message = format!("The Checkout Session's total amount due must be no more than {}", shown(MOST));
        return Err(ApiError::invalid(None, message).coded("amount_too_large"));
    }
    Ok(amount)
}

fn read_url(form: &Value, name: &str) -> Result<Option<String>, ApiError> {
    let Some(url) = bracket_form::text(form, name) else { return Ok(None) };
    let is_url = Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if is_url {
        Ok(Some(url.to_owned()))
    } else {
        Err(ApiError::invalid(Some(name), "Not a valid URL").coded("url_invalid"))
    }
}

/// From half an hour to a day from now; a day when nothing is said.
fn read_expiry(form: &Value, now: Timestamp) -> Result<Timestamp, ApiError> {
    let (least, most) = (SignedDuration::from_mins(30), SignedDuration::from_hours(24));
    let invalid = |message: &str| ApiError::invalid(Some("expires_at"), message);
    let Some(second) = bracket_form::integer(form, "expires_at", "expires_at")? else {
        return now.checked_add(most).map_err(|_| invalid("Invalid timestamp"));
    };
    let at = Timestamp::from_second(second).map_err(|_| invalid("Invalid timestamp"))?;
    // Stripe counts in whole seconds.
    let from_now = SignedDuration::from_secs(at.as_second() - now.as_second());
    if from_now < least {
        return Err(invalid(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
        ));
    }
    if from_now > most {
        return Err(invalid(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
        ));
    }
    Ok(at)
}
