//! The checkout page of Mercado Pago, in Spanish.

use super::Preference;
use crate::{
    mercadopago::{Amount, PaymentStatus, payment::Payment},
    page_layout::{escape, grouped, layout},
};

/// The page on which a buyer pays.
pub(crate) fn checkout(preference: &Preference, base_url: &str, is_paid: bool) -> String {
    let notice = match is_paid {
        true => {
            "<p class=\"notice\">Ya hay un pago aprobado para este pedido. Si pagás otra vez, será un pago más.</p>"
        }
        false => "",
    };
    let cash = match preference.takes_cash() {
        true => {
            "<button class=\"second\" name=\"outcome\" value=\"pending\">Pagar en efectivo más tarde</button>"
        }
        false => "",
    };
    let body = format!(
        "{summary}{notice}\
         <form method=\"post\" action=\"{base_url}/checkout/pay\">\
         <input type=\"hidden\" name=\"pref_id\" value=\"{id}\">\
         <button class=\"first\" name=\"outcome\" value=\"approved\">Pagar {total}</button>{cash}\
         <details><summary>Simular…</summary>\
         <button name=\"outcome\" value=\"rejected\">Tarjeta rechazada</button>\
         <button name=\"outcome\" value=\"in_process\">Pago en revisión</button>\
         <button name=\"outcome\" value=\"short\">Pagar solo la mitad</button>\
         </details>\
         <button class=\"link\" name=\"outcome\" value=\"abandoned\">Volver sin pagar</button>\
         </form>",
        summary = summary(preference),
        base_url = escape(base_url),
        id = escape(&preference.id),
        total = money(preference.total(), &preference.currency()),
    );
    layout("Pagá tu reserva", &body)
}

/// What a buyer sees who comes too late.
pub(crate) fn expired(preference: &Preference) -> String {
    let body = format!(
        "{}<p class=\"notice\">Este enlace de pago venció. No se puede pagar; pedile uno nuevo al vendedor.</p>",
        summary(preference)
    );
    layout("El enlace venció", &body)
}

/// What a buyer sees whose link was cut short.
pub(crate) fn missing() -> String {
    layout("No encontramos este pago", "<p>Revisá que el enlace esté completo.</p>")
}

/// The end, for a shop that gave no address to go back to.
pub(crate) fn result(payment: Option<&Payment>) -> String {
    let Some(payment) = payment else { return layout("No pagaste", "<p>Podés cerrar esta página.</p>") };
    let (title, text) = match payment.status {
        PaymentStatus::Approved => ("¡Listo! Se acreditó tu pago", "Podés cerrar esta página."),
        PaymentStatus::Pending => {
            ("Falta pagar el cupón", "Pagalo en un local y te avisamos cuando se acredite.")
        }
        PaymentStatus::InProcess => ("Estamos revisando tu pago", "Te avisamos en menos de dos días."),
        _ => ("No pudimos cobrarte", "Probá con otro medio de pago."),
    };
    let amount = money(payment.amount, &payment.currency_id);
    layout(title, &format!("<p class=\"total\">{amount}</p><p>{text}</p><p>Operación {}</p>", payment.id))
}

fn summary(preference: &Preference) -> String {
    let items = preference.value["items"].as_array();
    let rows = items.into_iter().flatten().map(|item| {
        let quantity = item["quantity"].as_i64().unwrap_or(1);
        let times = if quantity == 1 { String::new() } else { format!(" × {quantity}") };
        format!("<li>{}{times}</li>", escape(item["title"].as_str().unwrap_or_default()))
    });
    let total = money(preference.total(), &preference.currency());
    format!("<ul>{}</ul><p class=\"total\">{total}</p>", rows.collect::<String>())
}

/// As in Argentina: `$ 12.345,50`, with the currency's name when it is not the local one.
fn money(amount: Amount, currency: &str) -> String {
    let plain = amount.to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, "00"));
    let grouped = grouped(whole);
    let sign = if currency == "ARS" { "$".to_owned() } else { escape(currency) };
    if fraction == "00" { format!("{sign} {grouped}") } else { format!("{sign} {grouped},{fraction}") }
}
