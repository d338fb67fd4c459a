//! The folder with recorded payloads of third parties, where it is at hand. They are data of others and are not copied here.

use std::{fs, path::PathBuf};

use serde_json::Value;

/// The files of one vendor; empty where the folder does not exist.
pub fn files(vendor: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures").join(vendor);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("a listed file can be read").path());
    let name = |path: &PathBuf| path.file_name().expect("files have names").to_string_lossy().into_owned();
    paths.map(|path| (name(&path), fs::read(&path).expect("a listed file can be read"))).collect()
}

pub fn file(vendor: &str, name: &str) -> Option<Vec<u8>> {
    files(vendor).into_iter().find(|(found, _)| found == name).map(|(_, bytes)| bytes)
}

pub fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("fixtures are JSON")
}
