//! The rules for modules: what their first line is, and where their file lies.

use super::sources;

/// A `lib.rs` is the table of contents of its crate.
#[test]
fn each_module_of_a_lib_says_what_lives_there() {
    let mut silent = Vec::new();
    for source in sources().into_iter().filter(|source| source.path.ends_with("src/lib.rs")) {
        let mut above = "";
        for line in source.text.lines() {
            let declares = line.strip_prefix("pub ").unwrap_or(line);
            let declares = declares.strip_prefix("pub(crate) ").unwrap_or(declares);
            // Attributes may stand between the comment and its module; a module of tests needs no words.
            if line.starts_with("#[") && line != "#[cfg(test)]" {
                continue;
            }
            if declares.starts_with("mod ") && !above.starts_with("///") && above != "#[cfg(test)]" {
                silent.push(format!("{}: {line}", source.path));
            }
            above = line;
        }
        assert!(source.text.starts_with("//!"), "{} does not say what the crate is for", source.path);
    }
    assert!(silent.is_empty(), "write a line beginning with /// above these: {silent:#?}");
}
