//! The page on which people read what the mail server took.

use super::Email;
use crate::page_layout::{escape, layout_under};

const HEADER: &str = "Simulación de correo: no sale nada de esta máquina";

/// All e-mails, the newest first.
pub(super) fn all(emails: &[Email]) -> String {
    if emails.is_empty() {
        return layout_under(HEADER, "Correo", "<p>Todavía no llegó ningún mensaje.</p>");
    }
    layout_under(HEADER, "Correo", &emails.iter().rev().map(one).collect::<String>())
}

fn one(email: &Email) -> String {
    format!(
        "<section><h2>{}</h2><p><small>{} → {} · {}</small></p><p>{}</p></section>",
        escape(&email.subject()),
        escape(&email.from),
        escape(&email.to.join(", ")),
        escape(&email.header("Date").unwrap_or_default()),
        escape(&email.text()).replace('\n', "<br>"),
    )
}
