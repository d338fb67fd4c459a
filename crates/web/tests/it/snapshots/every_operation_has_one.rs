//! Nothing is left out: each operation of the API is in a transcript, and each file is one that a test writes.

use std::{collections::BTreeSet, fs};

use super::folder;

/// The names and texts of all files.
fn kept() -> Vec<(String, String)> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let kept = files.filter(|path| path.extension().is_some_and(|extension| extension == "snap"));
    let read = |path: std::path::PathBuf| {
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
    };
    kept.map(read).collect()
}

#[test]
fn every_operation_of_the_api_is_in_a_snapshot() {
    let kept = kept();
    let document = serde_json::to_value(web::openapi()).unwrap();
    let methods = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap());
    let operations = methods.filter_map(|(_, operation)| operation["operationId"].as_str());
    let missing: Vec<_> = operations
        .filter(|operation| !kept.iter().any(|(_, text)| text.contains(&format!("## {operation}, "))))
        .collect();
    assert!(missing.is_empty(), "no snapshot shows what these answer: {missing:?}");
}

/// A file that no test compares says what was once true.
#[test]
fn every_snapshot_is_compared_by_a_test() {
    let mut compared = BTreeSet::new();
    for file in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(file).unwrap();
            let named = text.split(".finish(\"").skip(1).filter_map(|rest| rest.split('"').next());
            compared.extend(named.map(str::to_owned).collect::<Vec<_>>());
        }
    }
    for (template, _) in web::render_templates::TEMPLATES {
        compared.extend(
            ["es", "pt", "en"].map(|language| template.replace(".html", &format!("_page_{language}"))),
        );
    }
    let kept: BTreeSet<_> = kept().into_iter().map(|(name, _)| name).collect();
    assert_eq!(kept, compared, "kept on the left, compared on the right");
}
