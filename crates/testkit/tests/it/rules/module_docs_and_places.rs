//! The rules for modules: what their first line is, and where their file lies.

use std::{collections::BTreeSet, path::Path};

use super::{root, sources};

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
    }
    assert!(silent.is_empty(), "write a line beginning with /// above these: {silent:#?}");
}

/// Whoever opens a file from a search sees what it holds.
#[test]
fn each_file_begins_with_what_it_holds() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|source| !source.text.starts_with("//!"))
        .map(|source| source.path)
        .collect();
    assert!(
        silent.is_empty(),
        "begin these with a line that starts with //! and says what is in them: {silent:#?}"
    );
}

/// The files that lie beside a folder of the same name that holds child modules.
fn beside_their_folder<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    paths
        .filter_map(|path| {
            let folder = Path::new(path).parent()?.to_str()?;
            // `foo/tests.rs` alone is what `foo.rs` keeps beside itself.
            let is_child = !path.ends_with("/tests.rs");
            is_child.then(|| format!("{folder}.rs"))
        })
        .collect()
}

/// `foo/mod.rs` where `foo` has children; `foo.rs` beside `foo/tests.rs` where the folder holds nothing but tests.
#[test]
fn a_module_with_children_lies_in_its_folder() {
    let sources = sources();
    let parents = beside_their_folder(sources.iter().map(|source| source.path.as_str()));
    let beside: Vec<_> = parents.iter().filter(|path| root().join(path).exists()).collect();
    assert!(beside.is_empty(), "move foo.rs to foo/mod.rs: {beside:#?}");
}

#[test]
fn folders_of_tests_are_told_from_folders_of_modules() {
    let found =
        beside_their_folder(["a/src/x/y.rs", "a/src/z/tests.rs", "a/src/t/tests/story.rs"].into_iter());
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["a/src/t/tests.rs", "a/src/x.rs"]);
}
