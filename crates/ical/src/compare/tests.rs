use jiff::civil::date;

use super::*;
use crate::feed::BusyKind;

fn known(uid: &str, check_in: i8, check_out: i8) -> Known {
    Known {
        uid: uid.into(),
        recurrence_id: None,
        check_in: date(2026, 9, check_in),
        check_out: date(2026, 9, check_out),
    }
}

fn busy(uid: &str, check_in: i8, check_out: i8) -> Busy {
    let Known { uid, recurrence_id, check_in, check_out } = known(uid, check_in, check_out);
    Busy { uid, check_in, check_out, summary: "Reserved".into(), kind: BusyKind::Stay, recurrence_id }
}

/// What changed, in short: `+` added, `>` moved, `-` gone, `=` unchanged. Today is the 10th.
fn check(before: &[Known], now: &[Busy], expected: &str) {
    let changes = compare(before, now, date(2026, 9, 10));
    let mut said: Vec<String> = changes.added.iter().map(|busy| format!("+{}", busy.uid)).collect();
    said.extend(changes.moved.iter().map(|moved| format!(">{}", moved.before.uid)));
    said.extend(changes.gone.iter().map(|known| format!("-{}", known.uid)));
    said.extend(changes.unchanged.iter().map(|busy| format!("={}", busy.uid)));
    assert_eq!(said.join(" "), expected);
}

#[test]
fn what_came_moved_and_went() {
    check(&[], &[], "");
    check(&[known("a", 12, 14)], &[busy("a", 12, 14)], "=a");
    check(&[known("a", 12, 14)], &[busy("a", 13, 15), busy("b", 20, 22)], "+b >a");
    check(&[known("a", 12, 14), known("b", 20, 22)], &[], "-a -b");
    // Stays that are over vanish from feeds; one that ends today is over, one in the house is not.
    check(&[known("over", 1, 10), known("in house", 8, 11)], &[], "-in house");
    // Known twice by some mistake: neither is gone while the UID is there.
    check(&[known("a", 12, 14), known("a", 16, 18)], &[busy("a", 16, 18)], "=a");
}

#[test]
fn occurrences_of_one_event_are_apart() {
    let mut first = known("r", 12, 13);
    first.recurrence_id = Some(date(2026, 9, 12));
    let mut second = busy("r", 19, 20);
    second.recurrence_id = Some(date(2026, 9, 19));
    check(&[first], &[second], "+r -r");
}

#[test]
fn what_cannot_be_read_is_not_gone() {
    let before = [known("a", 12, 14), known("b", 20, 22)];
    let gone = |uid: Option<&str>| {
        let unreadable = [Unreadable { uid: uid.map(str::to_string), line: 7 }];
        let changes = compare(&before, &[], date(2026, 9, 10)).sparing(&unreadable);
        changes.gone.iter().map(|known| known.uid.clone()).collect::<String>()
    };
    assert_eq!(gone(Some("a")), "b");
    assert_eq!(gone(Some("c")), "ab");
    assert_eq!(gone(None), "");
}
