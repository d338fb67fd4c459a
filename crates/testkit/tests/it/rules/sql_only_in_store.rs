//! The rule that SQL lives in one crate.

use super::{rust_string_literals::literals, sources};

/// What a statement begins with, and what else it must have to be one and not a sentence.
const STATEMENTS: [(&str, &str); 10] = [
    ("select ", " from "),
    ("insert into ", "("),
    ("update ", " set "),
    ("delete from ", ""),
    ("with ", " as ("),
    ("create table ", "("),
    ("create index ", " on "),
    ("alter table ", ""),
    ("drop table ", ""),
    ("pragma ", ""),
];

fn is_sql(literal: &str) -> bool {
    let words = literal.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    STATEMENTS.iter().any(|(verb, rest)| words.starts_with(verb) && words.contains(rest))
}

/// The testkit makes and drops databases, and tests may look at tables past the program that they test.
#[test]
fn sql_lives_in_the_store() {
    let outside = sources()
        .into_iter()
        .filter(|source| !["store", "testkit"].contains(&source.owner()) && !source.path.contains("/tests/"));
    let mut statements = Vec::new();
    for source in outside {
        let found = literals(&source.text).into_iter().filter(|literal| is_sql(literal));
        statements.extend(found.map(|literal| format!("{}: {literal}", source.path)));
    }
    assert!(statements.is_empty(), "these belong into a function of store: {statements:#?}");
}

#[test]
fn statements_are_told_from_sentences() {
    for sql in ["select a\n  from b", "INSERT INTO t (a) values (1)", "delete from t", "update t set a = 1"] {
        assert!(is_sql(sql), "{sql}");
    }
    for sentence in ["select a date", "update the dates", "insert coins", "with love", ""] {
        assert!(!is_sql(sentence), "{sentence}");
    }
}
