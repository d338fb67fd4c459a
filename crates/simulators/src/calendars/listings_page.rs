//! The page on which people play the guests and hosts of all platforms.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{
    Platform,
    listing::{Block, Listing, Stay, StayState},
    listing_import::{Import, PollOutcome},
};
use crate::page_layout::{escape, layout_under};

const HEADER: &str = "Simulación de calendarios: nadie reserva de verdad";
const PLATFORMS: [(Platform, &str); 5] = [
    (Platform::Airbnb, "airbnb"),
    (Platform::Booking, "booking"),
    (Platform::Vrbo, "vrbo"),
    (Platform::Google, "google"),
    (Platform::Icloud, "icloud"),
];
/// What the page offers; the control paths have more.
const FAULTS: [(&str, &str); 14] = [
    ("empty_calendar", "Calendario vacío"),
    ("empty_body", "Respuesta vacía"),
    ("json_error", "Error en JSON con estado 200"),
    ("html", "Una página web"),
    ("truncated", "Cortado por la mitad"),
    ("half_gone", "Falta la mitad de las noches"),
    ("far_block_gone", "Falta el bloqueo más lejano"),
    ("moved_uids", "Otros UID"),
    ("forbidden", "403"),
    ("rate_limited", "429, volver en un minuto"),
    ("server_error", "500"),
    ("slow_drip", "De a un byte"),
    ("never_answers", "No contesta"),
    ("endless_redirect", "Redirige sin fin"),
];

/// The fault behind a choice of the page, as the control paths take it.
pub(crate) fn fault(kind: &str) -> Value {
    match kind {
        "forbidden" => json!({ "kind": "status", "http_status": 403 }),
        "rate_limited" => json!({ "kind": "status", "http_status": 429, "retry_after": { "seconds": 60 } }),
        "server_error" => json!({ "kind": "status", "http_status": 500 }),
        kind => json!({ "kind": kind }),
    }
}

/// All listings, and a form for one more.
pub(crate) fn all(listings: &[Listing], today: Date) -> String {
    let platforms =
        PLATFORMS.map(|(platform, word)| format!("<option value=\"{word}\">{}</option>", platform.name()));
    let body = format!(
        "{}<details><summary>Agregar un alojamiento…</summary><form method=\"post\" action=\"/by_hand/listings\">\
         <label>Plataforma <select name=\"platform\">{}</select></label>\
         <label>Nombre <input name=\"name\"></label><button class=\"first\">Agregar</button></form></details>",
        listings.iter().map(|listing| section(listing, today)).collect::<String>(),
        platforms.concat(),
    );
    layout_under(HEADER, "Calendarios", &body)
}

/// Why a button did nothing.
pub(crate) fn refused(why: &str) -> String {
    let body = format!("<p class=\"notice\">{}</p><p><a href=\"/\">Volver</a></p>", escape(why));
    layout_under(HEADER, "No se pudo", &body)
}

fn section(listing: &Listing, today: Date) -> String {
    let id = escape(&listing.id);
    let stays: String = listing.stays.iter().map(|stay| stay_row(&id, stay)).collect();
    let blocks: String = listing.blocks.iter().map(|block| block_row(&id, block)).collect();
    let imports: String = listing.imports.iter().map(|import| import_row(&id, import)).collect();
    let faults = FAULTS.map(|(kind, text)| format!("<option value=\"{kind}\">{text}</option>"));
    let dates = dates(today, today.tomorrow().unwrap_or(today));
    let waiting = match listing.faults.len() {
        0 => String::new(),
        count => format!(
            "<p class=\"notice\">Fallas pendientes: {count}</p>{}",
            button(&id, "behave", "", "Que ande bien")
        ),
    };
    format!(
        "<h2>{name} · {platform}</h2><p><a href=\"{url}\">{url}</a></p>{waiting}<ul>{stays}{blocks}{imports}</ul>\
         <details><summary>Reservar o bloquear…</summary><form method=\"post\" action=\"/by_hand/{id}\">{dates}\
         <label>Huésped <input name=\"guest\" value=\"Ana\"></label>\
         <button class=\"first\" name=\"action\" value=\"book\">Reservar</button>\
         <button class=\"second\" name=\"action\" value=\"block\">Bloquear</button></form></details>\
         <details><summary>Leer otro calendario…</summary><form method=\"post\" action=\"/by_hand/{id}\">\
         <label>Dirección <input name=\"url\" type=\"url\" required></label>\
         <button class=\"first\" name=\"action\" value=\"import\">Agregar</button></form>{poll}</details>\
         <details><summary>Simular una falla…</summary><form method=\"post\" action=\"/by_hand/{id}\">\
         <label>Falla <select name=\"kind\">{faults}</select></label>\
         <label>Hasta cuándo <select name=\"how_long\"><option value=\"once\">Una lectura</option>\
         <option value=\"until_off\">Hasta que se apague</option></select></label>\
         <button name=\"action\" value=\"misbehave\">Fallar</button></form></details>",
        name = escape(&listing.settings.name),
        platform = listing.platform.name(),
        url = escape(&listing.url),
        poll = button(&id, "poll", "", "Leer ahora"),
        faults = faults.concat(),
    )
}

fn stay_row(id: &str, stay: &Stay) -> String {
    let (first, last) = (stay.nights.check_in, stay.nights.check_out);
    let state = match stay.state {
        StayState::Reserved => "",
        StayState::Tentative => " (pedida)",
        StayState::Cancelled => " (cancelada)",
    };
    let stay_id = escape(&stay.id);
    let hidden = format!("<input type=\"hidden\" name=\"stay\" value=\"{stay_id}\">");
    format!(
        "<li>{guest}, {first} a {last}{state}<details><summary>Cambiar…</summary>\
         <form method=\"post\" action=\"/by_hand/{id}\">{hidden}{dates}\
         <button name=\"action\" value=\"move\">Cambiar fechas</button></form>{cancel}</details></li>",
        guest = escape(&stay.guest),
        dates = dates(first, last),
        cancel = button(id, "cancel", &hidden, "Cancelar la reserva"),
    )
}

fn block_row(id: &str, block: &Block) -> String {
    let hidden = format!("<input type=\"hidden\" name=\"block\" value=\"{}\">", escape(&block.id));
    let open = button(id, "unblock", &hidden, "Abrir");
    format!("<li>Bloqueado, {} a {}{open}</li>", block.nights.check_in, block.nights.check_out)
}

fn import_row(id: &str, import: &Import) -> String {
    let url = escape(&import.url);
    let last = match import.last.as_ref().map(|last| &last.outcome) {
        None => "todavía no se leyó".to_owned(),
        Some(PollOutcome::Read(count)) => format!("rangos ocupados: {count}"),
        Some(PollOutcome::Unchanged) => "sin cambios".to_owned(),
        Some(PollOutcome::Refused(status)) => format!("contestó {status}"),
        Some(PollOutcome::Unreadable) => "no es un calendario".to_owned(),
        Some(PollOutcome::Unreachable) => "no contesta".to_owned(),
    };
    let hidden = format!("<input type=\"hidden\" name=\"url\" value=\"{url}\">");
    let closed = import.nights.iter().map(|nights| {
        format!("<li>Bloqueado por otro calendario, {} a {}</li>", nights.check_in, nights.check_out)
    });
    let forget = button(id, "forget", &hidden, "Dejar de leer");
    format!("{}<li>Lee {url}: {last}{forget}</li>", closed.collect::<String>())
}

fn button(id: &str, action: &str, hidden: &str, text: &str) -> String {
    format!(
        "<form method=\"post\" action=\"/by_hand/{id}\">{hidden}\
         <button class=\"link\" name=\"action\" value=\"{action}\">{text}</button></form>"
    )
}

fn dates(check_in: Date, check_out: Date) -> String {
    format!(
        "<label>Entrada <input type=\"date\" name=\"check_in\" value=\"{check_in}\" required></label>\
         <label>Salida <input type=\"date\" name=\"check_out\" value=\"{check_out}\" required></label>"
    )
}
