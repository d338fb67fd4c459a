//! The rules for documents: their links lead somewhere, and the tests that ARCHITECTURE.md names exist.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::{root, sources};

/// Folders that are not ours, or not written by hand.
const SKIPPED: [&str; 4] = ["target", "node_modules", ".git", "corpus"];

/// Every Markdown file, by its path from the root, with its text.
fn documents() -> Vec<(String, String)> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && !SKIPPED.contains(&name) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// The addresses of a document's links, without those that lead to the network or stay in the document.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let addresses = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let paths = addresses.map(|address| address.split('#').next().unwrap_or_default());
    paths.filter(|path| !path.is_empty() && !path.contains("://") && !path.contains(' '))
}

fn leads_somewhere(document: &str, link: &str) -> bool {
    let folder: PathBuf = root().join(document).parent().unwrap().to_owned();
    folder.join(Path::new(link)).exists()
}

#[test]
fn links_between_documents_and_code_lead_somewhere() {
    let documents = documents();
    assert!(documents.iter().any(|(path, _)| path == "ARCHITECTURE.md"));
    let broken: Vec<String> = documents
        .iter()
        .flat_map(|(path, text)| links(text).map(move |link| (path, link)))
        .filter(|(path, link)| !leads_somewhere(path, link))
        .map(|(path, link)| format!("{path}: {link}"))
        .collect();
    assert!(broken.is_empty(), "these links lead nowhere: {broken:#?}");
}

/// Names in backticks between `Tests:` and the end of the paragraph.
fn named_tests(text: &str) -> BTreeSet<&str> {
    let paragraphs = text.split("\nTests: ").skip(1).filter_map(|rest| rest.split("\n\n").next());
    let quoted = paragraphs.flat_map(|paragraph| paragraph.split('`').skip(1).step_by(2));
    quoted.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')).collect()
}

#[test]
fn the_tests_that_guard_what_must_hold_exist() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let named = named_tests(&text);
    assert!(named.len() > 30, "the ten sentences name their tests: {named:?}");
    let sources = sources();
    let is_there = |name: &str| sources.iter().any(|source| source.text.contains(&format!("fn {name}(")));
    let gone: Vec<_> = named.into_iter().filter(|name| !is_there(name)).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md names tests that do not exist: {gone:#?}");
}

#[test]
fn links_and_names_are_found() {
    let text = "[a](b/c.rs), [d](https://e) and [f](#g), [h](i.md#j).\nTests: `one_name`, [x](y), `two`\n(z).\n\n`not_this`";
    assert_eq!(links(text).collect::<Vec<_>>(), ["b/c.rs", "i.md", "y"]);
    assert_eq!(named_tests(text).into_iter().collect::<Vec<_>>(), ["one_name", "two"]);
}
