//! The rule of which crate may use which.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::Value;

use super::root;

/// What the program may use, and the tests of the whole of it: everything.
const EVERYTHING: &[&str] = &[
    "web",
    "app",
    "conversations",
    "stays",
    "payments",
    "calendars",
    "kernel",
    "store",
    "providers",
    "dialog",
    "ical",
    "domain",
    "simulators",
];

/// What each crate may use of ours. Arrows point down: a new one is a decision, made here. A room stands above what it
/// names and below what names it; nothing names `app` but the binary, because `app` alone knows all rooms.
const ALLOWED: [(&str, &[&str]); 15] = [
    ("domain", &[]),
    ("dialog", &["domain"]),
    ("ical", &["domain"]),
    ("store", &["domain"]),
    ("providers", &["domain"]),
    // Mechanisms, without a business.
    ("kernel", &["store", "providers", "dialog", "domain"]),
    ("payments", &["kernel", "store", "providers", "dialog", "domain"]),
    ("calendars", &["kernel", "store", "providers", "dialog", "ical", "domain"]),
    ("stays", &["payments", "calendars", "kernel", "store", "providers", "dialog", "domain"]),
    ("conversations", &["stays", "kernel", "store", "providers", "dialog", "domain"]),
    (
        "app",
        &[
            "conversations",
            "stays",
            "payments",
            "calendars",
            "kernel",
            "store",
            "providers",
            "dialog",
            "ical",
            "domain",
        ],
    ),
    // Handlers are thin: what they need of the store, a use case gives them.
    (
        "web",
        &[
            "conversations",
            "stays",
            "payments",
            "calendars",
            "kernel",
            "providers",
            "dialog",
            "ical",
            "domain",
        ],
    ),
    ("conserje", EVERYTHING),
    // Stand-ins speak the wire of others and know nothing of us.
    ("simulators", &[]),
    ("testkit", EVERYTHING),
];

/// What any test may use besides.
const FOR_TESTS: [&str; 3] = ["testkit", "simulators", "app"];

/// Crates that compute and nothing else: no clock, chance, network, database or log.
const PURE: [&str; 3] = ["domain", "dialog", "ical"];
const IMPURE: [&str; 9] = ["tokio", "sqlx", "reqwest", "axum", "hyper", "redis", "rand", "tracing", "uuid"];

/// A dependency: of whom, on what, and whether only in tests.
struct Arrow {
    from: String,
    to: String,
    in_tests: bool,
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn crates_and_arrows() -> (BTreeSet<String>, Vec<Arrow>) {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let arrows = packages.iter().flat_map(|package| {
        package["dependencies"].as_array().unwrap().iter().map(|dependency| Arrow {
            from: text(&package["name"]),
            to: text(&dependency["name"]),
            in_tests: dependency["kind"] == "dev",
        })
    });
    (packages.iter().map(|package| text(&package["name"])).collect(), arrows.collect())
}

/// Everything that lies below a crate.
fn below(name: &str, table: &BTreeMap<&str, &[&'static str]>) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&'static str> = table[name].to_vec();
    while let Some(next) = open.pop() {
        if found.insert(next) {
            open.extend(table[next]);
        }
    }
    found
}

#[test]
fn arrows_point_down_only() {
    let table: BTreeMap<&str, &[&str]> = ALLOWED.into_iter().collect();
    let (crates, arrows) = crates_and_arrows();
    for name in &crates {
        assert!(
            table.contains_key(name.as_str()),
            "the new crate {name} has no place in the table of arrows"
        );
        assert!(!below(name, &table).contains(name.as_str()), "{name} uses itself");
    }
    let mut forbidden = Vec::new();
    for Arrow { from, to, in_tests } in arrows.iter().filter(|arrow| crates.contains(&arrow.to)) {
        let allowed = if *in_tests {
            FOR_TESTS.contains(&to.as_str()) || below(from, &table).contains(to.as_str())
        } else {
            table[from.as_str()].contains(&to.as_str())
        };
        if !allowed {
            forbidden.push(format!("{from} -> {to}"));
        }
    }
    assert!(forbidden.is_empty(), "these arrows are not in the table: {forbidden:?}");
}

#[test]
fn what_computes_does_nothing_else() {
    let (_, arrows) = crates_and_arrows();
    for Arrow { from, to, in_tests } in arrows {
        let pure = PURE.contains(&from.as_str()) && !in_tests;
        assert!(!(pure && IMPURE.contains(&to.as_str())), "{from} is pure and must not use {to}");
    }
}

#[test]
fn one_crate_speaks_to_the_database() {
    let (_, arrows) = crates_and_arrows();
    for Arrow { from, to, .. } in arrows {
        assert!(!to.contains("sqlx") || from == "store", "{from} uses {to}: SQL belongs to store");
    }
}

#[test]
fn every_crate_keeps_the_lints_of_the_workspace() {
    let (crates, _) = crates_and_arrows();
    for name in crates {
        let manifest = std::fs::read_to_string(root().join(format!("crates/{name}/Cargo.toml"))).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name} has lints of its own, or none");
        assert!(manifest.contains("publish.workspace = true"), "{name} could be published by mistake");
    }
}
