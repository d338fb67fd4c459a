//! The checkout page of Stripe, in Spanish.

use super::Session;
use crate::{
    page_layout::{escape, grouped, layout},
    stripe::currencies::{self, Currency},
};

/// What the buyer is told above the buttons.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notice {
    None,
    Declined,
}

/// The page on which a buyer pays.
pub(crate) fn checkout(session: &Session, base_url: &str, notice: Notice) -> String {
    let notice = match notice {
        Notice::Declined => {
            "<p class=\"notice\" role=\"alert\">Tu banco rechazó la tarjeta. Probá con otra.</p>"
        }
        Notice::None => "",
    };
    let delayed = match session.params.delayed_method() {
        Some(_) => {
            "<button class=\"second\" name=\"outcome\" value=\"delayed\">Pagar más tarde (cupón o transferencia)</button>"
        }
        None => "",
    };
    let body = format!(
        "{summary}{notice}\
         <form method=\"post\" action=\"{action}\">\
         <button class=\"first\" name=\"outcome\" value=\"paid\">Pagar {total}</button>{delayed}\
         <details><summary>Simular…</summary>\
         <button name=\"outcome\" value=\"declined\">Tarjeta rechazada</button>\
         </details>\
         <button class=\"link\" name=\"outcome\" value=\"abandoned\">Volver sin pagar</button>\
         </form>",
        summary = summary(session),
        action = action(session, base_url),
        total = total(session),
    );
    layout("Pagá tu reserva", &body)
}

/// What a buyer sees who comes again after paying; a delayed payment can be ended here.
pub(crate) fn complete(session: &Session, base_url: &str) -> String {
    if session.is_paid {
        return layout("Ya está pagado", &format!("{}<p>Podés cerrar esta página.</p>", summary(session)));
    }
    let body = format!(
        "{summary}<p>Cuando llegue el dinero te avisamos.</p>\
         <form method=\"post\" action=\"{action}\">\
         <details open><summary>Simular…</summary>\
         <button name=\"outcome\" value=\"arrived\">El dinero llega</button>\
         <button name=\"outcome\" value=\"failed\">El dinero no llega</button>\
         </details></form>",
        summary = summary(session),
        action = action(session, base_url),
    );
    layout("Falta que llegue tu pago", &body)
}

/// What a buyer sees who comes too late.
pub(crate) fn expired(session: &Session) -> String {
    let body = format!(
        "{}<p class=\"notice\">Este enlace de pago venció. No se puede pagar; pedile uno nuevo al vendedor.</p>",
        summary(session)
    );
    layout("El enlace venció", &body)
}

/// What a buyer sees whose link was cut short.
pub(crate) fn missing() -> String {
    layout("No encontramos este pago", "<p>Revisá que el enlace esté completo.</p>")
}

/// The end, for a shop that gave no address to go back to.
pub(crate) fn closed() -> String {
    layout("No pagaste", "<p>Podés cerrar esta página.</p>")
}

fn action(session: &Session, base_url: &str) -> String {
    format!("{}/c/pay/{}", escape(base_url), escape(&session.id))
}

fn summary(session: &Session) -> String {
    let rows = session.params.lines.iter().map(|line| {
        let times = if line.quantity == 1 { String::new() } else { format!(" × {}", line.quantity) };
        format!("<li>{}{times}</li>", escape(&line.name))
    });
    format!("<ul>{}</ul><p class=\"total\">{}</p>", rows.collect::<String>(), total(session))
}

/// `MXN 1.234,50`; a currency without decimals has none here either.
fn total(session: &Session) -> String {
    let decimals = Currency::find(&session.currency).map_or(2, |currency| currency.decimals);
    let plain = currencies::decimal(session.amount, decimals);
    let code = escape(&session.currency.to_uppercase());
    match plain.split_once('.') {
        Some((whole, fraction)) => format!("{code} {},{fraction}", grouped(whole)),
        None => format!("{code} {}", grouped(&plain)),
    }
}
