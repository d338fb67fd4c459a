//! The rule that a change is handed one value and not its parts.

use super::{Source, sources};

/// The name of each function of a file, and the text between its parentheses.
fn parameters(text: &str) -> Vec<(String, String)> {
    let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    for rest in code.split("fn ").skip(1) {
        let end = rest.find(|letter| !is_of_a_word(letter)).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        let rest = &rest[behind_generics(rest)..];
        if !name.is_empty() && rest.starts_with('(') {
            found.push((name.to_owned(), rest[1..end_of_group(rest, '(', ')')].to_owned()));
        }
    }
    found
}

/// Where the parentheses begin: `<F: Fn(u8) -> u8>(f: F)` has others before them.
fn behind_generics(rest: &str) -> usize {
    if rest.starts_with('<') { end_of_group(&rest.replace("->", "  "), '<', '>') + 1 } else { 0 }
}

/// Where the group closes that `text` begins with.
fn end_of_group(text: &str, open: char, close: char) -> usize {
    let mut depth = 0_u32;
    for (at, letter) in text.char_indices() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    text.len()
}

fn is_of_a_word(letter: char) -> bool {
    letter == '_' || letter.is_alphanumeric()
}

/// Whether parameters name the context, a session and an instant side by side.
fn are_parts_of_a_tx(parameters: &str) -> bool {
    let words: Vec<&str> = parameters.split(|letter| !is_of_a_word(letter)).collect();
    ["App", "Session", "Timestamp"].iter().all(|part| words.contains(part))
}

#[test]
fn a_change_is_handed_one_value() {
    let is_above_store =
        |source: &Source| source.path.contains("/src/") && !["store", "testkit"].contains(&source.owner());
    let (mut wrong, mut handed) = (Vec::new(), 0);
    for source in sources().into_iter().filter(is_above_store) {
        for (name, parameters) in parameters(&source.text) {
            handed += usize::from(parameters.contains("Tx<"));
            if are_parts_of_a_tx(&parameters) {
                wrong
                    .push(format!("{}: {name} takes context, session and time: hand it a `Tx`", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Were nothing read, nothing would be wrong.
    assert!(handed > 50, "only {handed} functions that take a `Tx` were found");
}

#[test]
fn parts_of_a_tx_are_seen_however_they_are_written() {
    let seen = |text: &str| parameters(text).iter().any(|(_, parameters)| are_parts_of_a_tx(parameters));
    assert!(seen("async fn save(app: &App, session: &mut Session, before: &Stay, now: Timestamp) -> Stay {"));
    assert!(seen(
        "fn lock<'a>(\n    &'a self,\n    app: &'a Arc<App>, // (or not\n    mut session: Session,\n    at: Timestamp,\n);"
    ));
    assert!(seen(
        "fn each<F: Fn(u8) -> Option<u8>>(each: F, at: Timestamp, app: &App, session: &mut Session) {"
    ));
    assert!(!seen("fn read(app: &App, session: &mut Session) -> Timestamp {"));
    assert!(!seen("fn one(app: &App, now: Timestamp) {}\nfn other(session: &mut Session) {}"));
    assert!(!seen("fn save(tx: &mut Tx<'_>, applied: Applied, now: Timestamp) {"));
}
