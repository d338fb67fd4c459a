//! A variable that is nobody's: named with the nearest known one where it looks like ours.

use super::{
    Section,
    foreign_variables::{foreign_variables, instead},
};

/// So many letters may be wrong.
const MAX_EDITS: usize = 2;
/// Shorter names are too near to everything.
const MIN_LENGTH: usize = 6;

/// A sentence for each variable that has a known shape and sets nothing.
pub(super) fn unknown_variables(sections: &[Section], environment: &[(String, String)]) -> Vec<String> {
    let known: Vec<&str> = names(sections).collect();
    let unknown = environment.iter().map(|(name, _)| name.as_str()).filter(|name| !known.contains(name));
    let slips = unknown.filter(|name| instead(name).is_none()).filter_map(|name| sentence(name, &known));
    slips.chain(foreign_variables(&known, environment)).collect()
}

fn names(sections: &[Section]) -> impl Iterator<Item = &'static str> {
    let rows = sections.iter().flat_map(|section| section.rows);
    rows.flat_map(|row| std::iter::once(row.variable).chain(row.older.iter().copied()))
}

fn sentence(name: &str, known: &[&str]) -> Option<String> {
    if name.len() < MIN_LENGTH {
        return None;
    }
    let nearest = known.iter().min_by_key(|other| edits(name, other))?;
    let is_slip = edits(name, nearest) <= MAX_EDITS;
    let has_our_prefix = known.iter().any(|other| prefix(other).is_some() && prefix(other) == prefix(name));
    let nearest_of_prefix =
        known.iter().filter(|other| prefix(other) == prefix(name)).min_by_key(|other| edits(name, other));
    match (is_slip, has_our_prefix, nearest_of_prefix) {
        (true, ..) => Some(format!("{name} is not a setting; did you mean {nearest}?")),
        (false, true, Some(near)) => Some(format!("{name} is not a setting; the nearest one is {near}")),
        _ => None,
    }
}

/// `WHATSAPP` of `WHATSAPP_PHONE_ID`; words that everybody's variables begin with say nothing.
fn prefix(name: &str) -> Option<&str> {
    let (first, _) = name.split_once('_')?;
    let is_anybodys =
        matches!(first, "LOG" | "MAX" | "MIN" | "BASE" | "DB" | "DATABASE" | "API" | "NO" | "JOB");
    (first.len() > 2 && !is_anybodys).then_some(first)
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour (Damerau-Levenshtein distance,
/// optimal string alignment).
fn edits(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut least = (last[j + 1] + 1).min(row[j] + 1).min(last[j] + usize::from(a != b));
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before_last[j - 1] + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Database, WhatsApp};

    #[test]
    fn a_misspelt_variable_is_named_with_the_nearest_known_one() {
        let sections = [Database::TABLE, WhatsApp::TABLE];
        let told = |name: &str| unknown_variables(&sections, &[(name.to_owned(), "x".to_owned())]);
        for (name, nearest) in [
            ("DATABSE_URL", "DATABASE_URL"),
            ("DATABASE_ULR", "DATABASE_URL"),
            ("WHATSAPP_PHONEID", "WHATSAPP_PHONE_ID"),
            ("WHATSAPP_SECRET", "WHATSAPP_APP_SECRET"),
            ("METAAPP_SECRET", "META_APP_SECRET"),
        ] {
            let told = told(name);
            assert!(
                told.len() == 1 && told[0].contains(nearest) && told[0].contains(name),
                "{name}: {told:?}"
            );
        }
        for name in
            ["PATH", "HOME", "DATABASE_URL", "META_APP_SECRET", "CARGO_HOME", "LD_LIBRARY_PATH", "PWD"]
        {
            assert_eq!(told(name), Vec::<String>::new());
        }
    }
}
