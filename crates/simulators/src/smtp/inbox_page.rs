//! The page on which people read what the mail server took.

use super::Letter;
use crate::page_layout::{escape, layout_under};

const HEADER: &str = "Simulación de correo: no sale nada de esta máquina";

/// All letters, the newest first.
pub(super) fn all(letters: &[Letter]) -> String {
    if letters.is_empty() {
        return layout_under(HEADER, "Correo", "<p>Todavía no llegó ningún mensaje.</p>");
    }
    layout_under(HEADER, "Correo", &letters.iter().rev().map(one).collect::<String>())
}

fn one(letter: &Letter) -> String {
    format!(
        "<section><h2>{}</h2><p><small>{} → {} · {}</small></p><p>{}</p></section>",
        escape(&letter.subject()),
        escape(&letter.from),
        escape(&letter.to.join(", ")),
        escape(&letter.header("Date").unwrap_or_default()),
        escape(&letter.text()).replace('\n', "<br>"),
    )
}
