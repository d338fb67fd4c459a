use super::{Amount, PaymentStatus, payment::Payment, preference::Preference};

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
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if currency == "ARS" { "$".to_owned() } else { escape(currency) };
    if fraction == "00" { format!("{sign} {grouped}") } else { format!("{sign} {grouped},{fraction}") }
}

fn layout(title: &str, body: &str) -> String {
    const STYLE: &str = "\
        *{box-sizing:border-box}body{margin:0;background:#eef1f5;color:#1d2733;\
        font:17px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}\
        header{background:#22577a;color:#fff;padding:.9rem 1.2rem;font-size:.85rem}\
        main{max-width:28rem;margin:1.2rem auto;padding:1.4rem;background:#fff;border-radius:14px;\
        box-shadow:0 1px 6px #0002}\
        h1{font-size:1.35rem;margin:0 0 .8rem}ul{list-style:none;margin:0;padding:0;color:#48566a}\
        .total{font-size:2.1rem;font-weight:700;margin:.3rem 0 1.2rem}\
        .notice{background:#fff4d6;border-radius:10px;padding:.8rem 1rem}\
        button{display:block;width:100%;min-height:3.1rem;margin:.6rem 0;padding:.6rem;border-radius:10px;\
        border:1px solid #b9c4d0;background:#fff;color:inherit;font:inherit;cursor:pointer}\
        button.first{background:#22577a;border-color:#22577a;color:#fff;font-weight:600}\
        button.second{border-color:#22577a;color:#22577a;font-weight:600}\
        button.link{border:0;color:#48566a;text-decoration:underline}\
        button:focus-visible,summary:focus-visible{outline:3px solid #f0a202;outline-offset:2px}\
        details{margin:.8rem 0}summary{cursor:pointer;color:#48566a;padding:.4rem 0}";
    format!(
        "<!DOCTYPE html>\n<html lang=\"es\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head>\
         <body><header>Simulación de pagos: no se cobra dinero</header>\
         <main><h1>{title}</h1>{body}</main></body></html>\n"
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escaped.push(character),
        }
    }
    escaped
}
