//! The rule that both databases have the same migrations.

use std::{collections::BTreeSet, fs};

use super::root;

fn names(engine: &str) -> BTreeSet<String> {
    let files = fs::read_dir(root().join("migrations").join(engine)).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn each_migration_is_there_for_both_engines() {
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, postgres, "SQLite left, PostgreSQL right");
    for (place, name) in sqlite.iter().enumerate() {
        let number = format!("{:04}_", place + 1);
        assert!(name.starts_with(&number) && name.ends_with(".sql"), "{name} should be {number}….sql");
    }
}
