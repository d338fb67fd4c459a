//! Every public function of the store is called in this suite, and so runs on both engines.

use std::{fs, path::Path};

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            // The module that a caller names: the file, or the folder of a `mod.rs`.
            let stem = path.file_stem().unwrap().to_str().unwrap();
            let folder = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
            let module = if stem == "mod" { folder } else { stem };
            found.push((module.to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn every_function_of_the_store_is_called_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut store, mut suite) = (Vec::new(), Vec::new());
    sources(&root.join("src"), &mut store);
    sources(&root.join("tests/it"), &mut suite);
    let suite: String = suite.into_iter().map(|(_, text)| text).collect();
    let mut functions = 0;
    let mut missing = Vec::new();
    for (module, text) in &store {
        for line in text.lines() {
            let Some((indent, rest)) = line.split_once("pub async fn ") else { continue };
            let name = rest.split(['(', '<']).next().unwrap();
            functions += 1;
            let is_method = !indent.is_empty();
            let called = if is_method {
                suite.contains(&format!(".{name}(")) || suite.contains(&format!("::{name}("))
            } else {
                suite.contains(&format!("{module}::{name}("))
            };
            if !called {
                missing.push(format!("{module}::{name}"));
            }
        }
    }
    assert!(functions > 60, "the store has more functions than the {functions} that were found");
    assert!(missing.is_empty(), "no story calls {missing:?}");
}
