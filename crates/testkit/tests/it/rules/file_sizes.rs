//! The rule that files stay small.

use super::sources;

const MAX_LINES: usize = 800;
const MEDIAN_LINES: usize = 150;
/// Of nine files in ten.
const MOST_LINES: usize = 400;

#[test]
fn files_are_small() {
    let mut sizes: Vec<(usize, String)> =
        sources().into_iter().map(|source| (source.text.lines().count(), source.path)).collect();
    sizes.sort();
    let too_large: Vec<_> = sizes.iter().filter(|(lines, _)| *lines > MAX_LINES).collect();
    assert!(too_large.is_empty(), "split these: no file has more than {MAX_LINES} lines: {too_large:?}");
    let (median, _) = sizes[sizes.len() / 2];
    assert!(
        median <= MEDIAN_LINES,
        "half of the files have more than {median} lines; {MEDIAN_LINES} is the budget"
    );
    let (most, path) = &sizes[sizes.len() * 9 / 10];
    assert!(
        *most <= MOST_LINES,
        "one file in ten has {most} lines or more, such as {path}; {MOST_LINES} is the budget"
    );
}
