//! Reads sentences as `conserje dialog read` does: JSON lines of `{"id", "today", "locale", "text"}`.

use std::io::{BufRead as _, Write as _};

use dialog::{Locale, Reading};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Said {
    id: String,
    today: Date,
    locale: Locale,
    text: String,
}

#[derive(Serialize)]
struct Understood {
    id: String,
    #[serde(flatten)]
    reading: Reading,
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let said: Said = serde_json::from_str(&line?)?;
        let reading = dialog::read(&said.text, said.today, said.locale);
        serde_json::to_writer(&mut out, &Understood { id: said.id, reading })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
