//! The approval page of PayPal, in Spanish.

use super::Order;
use crate::{
    page_layout::{escape, grouped, layout},
    paypal::CaptureStatus,
};

/// The page on which a buyer agrees to pay.
pub(crate) fn approval(order: &Order, base_url: &str) -> String {
    let body = format!(
        "{summary}\
         <form method=\"post\" action=\"{base_url}/checkoutnow\">\
         <input type=\"hidden\" name=\"token\" value=\"{id}\">\
         <button class=\"first\" name=\"outcome\" value=\"approved\">Pagar {total}</button>\
         <button class=\"second\" name=\"outcome\" value=\"pending\">Pagar desde el banco (queda pendiente)</button>\
         <details><summary>Simular…</summary>\
         <button name=\"outcome\" value=\"declined\">Tarjeta rechazada al cobrar</button>\
         <button name=\"outcome\" value=\"declined_capture\">Cobro denegado</button>\
         </details>\
         <button class=\"link\" name=\"outcome\" value=\"abandoned\">Volver sin pagar</button>\
         </form>",
        summary = summary(order),
        base_url = escape(base_url),
        id = escape(&order.id),
        total = total(order),
    );
    layout("Pagá tu reserva", &body)
}

/// What a buyer sees who comes again after paying; a pending capture can be ended here.
pub(crate) fn complete(order: &Order, base_url: &str) -> String {
    let status = order.capture.as_ref().map(|capture| &capture.status);
    match status {
        Some(CaptureStatus::Pending) => {
            let body = format!(
                "{summary}<p>Cuando llegue el dinero te avisamos.</p>\
                 <form method=\"post\" action=\"{base_url}/checkoutnow\">\
                 <input type=\"hidden\" name=\"token\" value=\"{id}\">\
                 <details open><summary>Simular…</summary>\
                 <button name=\"outcome\" value=\"arrived\">El dinero llega</button>\
                 <button name=\"outcome\" value=\"failed\">El dinero no llega</button>\
                 </details></form>",
                summary = summary(order),
                base_url = escape(base_url),
                id = escape(&order.id),
            );
            layout("Falta que llegue tu pago", &body)
        }
        Some(CaptureStatus::Declined | CaptureStatus::Failed) => layout(
            "No pudimos cobrarte",
            &format!("{}<p>Pedile otro enlace al vendedor.</p>", summary(order)),
        ),
        _ => layout("Ya está pagado", &format!("{}<p>Podés cerrar esta página.</p>", summary(order))),
    }
}

/// What a buyer sees whose link was cut short, or who came too late.
pub(crate) fn missing() -> String {
    layout(
        "No encontramos este pago",
        "<p>El enlace venció o no está completo. Pedile uno nuevo al vendedor.</p>",
    )
}

/// The end, for a shop that gave no address to go back to.
pub(crate) fn closed(order: &Order) -> String {
    layout("Volvé a la tienda", &format!("{}<p>Podés cerrar esta página.</p>", summary(order)))
}

fn summary(order: &Order) -> String {
    let shop = order.request.brand_name.as_deref().unwrap_or("Vendedor de prueba");
    let what = order.request.description.as_deref().unwrap_or("Pago");
    format!(
        "<ul><li>{}</li><li>{}</li></ul><p class=\"total\">{}</p>",
        escape(shop),
        escape(what),
        total(order)
    )
}

/// `USD 1.234,50`; a currency without decimals has none here either.
fn total(order: &Order) -> String {
    let code = escape(&order.amount.currency_code);
    let plain = order.amount.text();
    match plain.split_once('.') {
        Some((whole, fraction)) => format!("{code} {},{fraction}", grouped(whole)),
        None => format!("{code} {}", grouped(&plain)),
    }
}
