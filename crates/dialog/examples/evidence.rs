//! Prints what the reader of meaning goes by, a JSON line for each line of the input: `{"locale", "text"}`.
//! With `--names`, only the names of its labels and of the grammar's tables.

use std::io::{BufRead as _, Write as _};

use dialog::{Locale, read::meaning};
use serde::Deserialize;

#[derive(Deserialize)]
struct Said {
    locale: Locale,
    text: String,
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if std::env::args().nth(1).as_deref() == Some("--names") {
        let labels: Vec<String> = meaning::Label::all().map(meaning::Label::name).collect();
        let tables: Vec<_> = meaning::grammar_tables().collect();
        serde_json::to_writer(&mut out, &serde_json::json!({ "labels": labels, "tables": tables }))?;
        return out.flush();
    }
    for line in std::io::stdin().lock().lines() {
        let said: Said = serde_json::from_str(&line?)?;
        serde_json::to_writer(&mut out, &meaning::evidence(&said.text, said.locale))?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
