//! The corpus of the reader of meaning: its lines are well formed, and the tables were made from it.

use std::{collections::BTreeSet, fs, path::PathBuf};

use super::{Label, made_from, words_of_sentence};

/// The files of the corpus, in the order in which the training command reads them.
fn files() -> Vec<PathBuf> {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let inside = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = inside(corpus.into()).flat_map(inside).collect();
    files.sort();
    files
}

#[test]
fn every_line_is_labels_and_a_sentence() {
    let known: BTreeSet<String> = Label::all().map(Label::name).collect();
    let mut count = 0;
    for file in files() {
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
            let (labels, sentence) = line.split_once(": ").unwrap_or_default();
            let unknown: Vec<&str> = labels.split('+').filter(|label| !known.contains(*label)).collect();
            assert!(unknown.is_empty(), "{}:{}: unknown {unknown:?}", file.display(), number + 1);
            assert!(!sentence.trim().is_empty(), "{}:{}: no sentence", file.display(), number + 1);
            count += 1;
        }
    }
    assert!(count > 3_000, "only {count} lines");
}

#[test]
fn the_tables_are_made_from_this_corpus() {
    let text: Vec<u8> = files().iter().flat_map(|file| fs::read(file).unwrap()).collect();
    assert_eq!(
        words_of_sentence::key(&text) as usize,
        made_from(),
        "the corpus has changed: run scripts/train-reader and commit the model too"
    );
}
