//! What a reader of any crate may rely on. Each rule names the file that breaks it and says what to do.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A change is handed one value.
mod changes_take_a_tx;
/// Which crate may use which.
mod crate_dependencies;
/// Links of the documents, and the tests that they name.
mod document_links;
/// Files stay small.
mod file_sizes;
/// What each file begins with, and where modules lie.
mod module_docs_and_places;
/// Which module may use which inside a crate.
mod module_floors;
/// String literals of a Rust source, for the rules that look into them.
mod rust_string_literals;
/// Each engine has the same migrations.
mod same_migrations;
/// SQL lives in one crate.
mod sql_only_in_store;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A Rust file: its path from the root, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The crate that it belongs to: `crates/store/src/lib.rs` is of `store`.
    fn owner(&self) -> &str {
        self.path.split('/').nth(1).unwrap()
    }
}

/// Every Rust file that was written by hand.
fn sources() -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}
