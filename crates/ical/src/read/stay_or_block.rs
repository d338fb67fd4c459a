//! Tells a stay from a block by the words and ids of the providers.

use crate::feed::BusyKind;

/// How block summaries begin, in the languages in which Airbnb, Booking.com, Vrbo and hosts write them. Whole words
/// only: a guest may be called Fermín or Blockmann.
const BLOCK_WORDS: &[&str] = &[
    "airbnb (not available)",
    "airbnb (no disponible)",
    // Booking.com says "CLOSED - Not available" for closures and stays alike.
    "closed",
    "not available",
    "unavailable",
    "blocked",
    "block",
    "busy-unavailable",
    "owner block",
    "maintenance",
    "no disponible",
    "bloqueado",
    "bloqueada",
    "bloqueo",
    "cerrado",
    "cerrada",
    "mantenimiento",
    "indisponible",
    "indisponível",
    "indisponivel",
    "não disponível",
    "fechado",
    "fechada",
    "manutenção",
    "bloqué",
    "bloquée",
    "fermé",
    "fermée",
    "non disponible",
    "non disponibile",
    "bloccato",
    "chiuso",
    "nicht verfügbar",
    "gesperrt",
    "blockiert",
    "geschlossen",
    "niet beschikbaar",
    "geblokkeerd",
    "gesloten",
];

/// Airbnb marks the sort of an event in its UID, whatever the language: measured over 48,658 events of 2026,
/// the second block prefix is that of the years before.
const AIRBNB_STAY: &str = "1418fb94e984-";
const AIRBNB_BLOCKS: [&str; 2] = ["7f662ec65913-", "6fec1092d3fa-"];

/// By the UID where it tells, else by the first words of the summary; anything else is a stay.
pub(crate) fn of(uid: &str, summary: &str) -> BusyKind {
    if uid.starts_with(AIRBNB_STAY) {
        return BusyKind::Stay;
    }
    if AIRBNB_BLOCKS.iter().any(|prefix| uid.starts_with(prefix)) {
        return BusyKind::Block;
    }
    if BLOCK_WORDS.iter().any(|words| begins_with(summary, words)) { BusyKind::Block } else { BusyKind::Stay }
}

/// Whether the text begins with these words, ASCII letters in any case, and no letter follows.
fn begins_with(text: &str, words: &str) -> bool {
    let Some((start, rest)) = text.split_at_checked(words.len()) else { return false };
    start.eq_ignore_ascii_case(words) && !rest.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provider_words() {
        for (uid, summary, expected) in [
            ("1418fb94e984-ab@airbnb.com", "Reserved", BusyKind::Stay),
            ("1418fb94e984-ab@airbnb.com", "Blocked by guest", BusyKind::Stay),
            ("7f662ec65913-ab@airbnb.com", "Airbnb (Not available)", BusyKind::Block),
            ("6fec1092d3fa-ab@airbnb.com", "no disponible", BusyKind::Block),
            ("x", "Airbnb (Not available)", BusyKind::Block),
            ("x", "CLOSED - Not available", BusyKind::Block),
            ("x", "Indisponible", BusyKind::Block),
            ("x", "Bloqué", BusyKind::Block),
            ("x", "Réservée - Ana", BusyKind::Stay),
            ("x", "Reserved - Ana", BusyKind::Stay),
            ("x", "Fermín Blockmann", BusyKind::Stay),
            ("x", "Blockmann", BusyKind::Stay),
            ("x", "Familia Pérez", BusyKind::Stay),
            ("x", "", BusyKind::Stay),
        ] {
            assert_eq!(of(uid, summary), expected, "{uid} {summary}");
        }
    }
}
