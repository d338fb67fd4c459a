//! Tells why each line of the input was understood as it was: `locale<TAB>text`, or a text alone in es-AR.

use std::io::BufRead as _;

use dialog::{Locale, read::meaning};

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (locale, text) = line.split_once('\t').unwrap_or(("es-AR", &line));
        println!("{text}");
        for reason in meaning::explain(text, Locale::nearest(locale).unwrap_or_default()) {
            let spoke: Vec<String> =
                reason.spoke.iter().map(|(word, adds)| format!("{word} {adds:+.1}")).collect();
            println!("  {:16} {:+.2}  {}", reason.label, reason.score, spoke.join(", "));
        }
    }
    Ok(())
}
