//! Tests of the comparison: what came, what moved, what went.

use jiff::civil::date;

use super::*;
use crate::feed::Unreadable;

fn known(key: &str, check_in: i8, check_out: i8) -> Known {
    Known {
        key: key.into(),
        check_in: date(2026, 9, check_in),
        check_out: date(2026, 9, check_out),
        kind: BusyKind::Stay,
    }
}

fn busy(uid: &str, check_in: i8, check_out: i8) -> Busy {
    let Known { key, check_in, check_out, kind } = known(uid, check_in, check_out);
    Busy { uid: key, check_in, check_out, summary: "Reserved".into(), kind, recurrence_id: None }
}

fn feed(busy: &[Busy]) -> Feed {
    Feed { busy: busy.to_vec(), ..Feed::default() }
}

/// What changed, in short: `+` added, `>` moved, `-` gone, `?` spared, `=` unchanged. Today is the 10th.
fn said(before: &[Known], now: &Feed, provider: Provider) -> String {
    let changes = compare(before, now, provider, date(2026, 9, 10));
    let mut said: Vec<String> = changes.added.iter().map(|busy| format!("+{}", busy.uid)).collect();
    said.extend(changes.moved.iter().map(|moved| format!(">{}", moved.before.key)));
    said.extend(changes.gone.iter().map(|known| format!("-{}", known.key)));
    said.extend(changes.spared.iter().map(|known| format!("?{}", known.key)));
    said.extend(changes.unchanged.iter().map(|busy| format!("={}", busy.uid)));
    said.join(" ")
}

fn check(before: &[Known], now: &[Busy], expected: &str) {
    assert_eq!(said(before, &feed(now), Provider::Other), expected);
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
fn by_days_a_closure_goes_and_another_comes() {
    let before = [known("2026-09-12/2026-09-14", 12, 14), known("2026-09-20/2026-09-22", 20, 22)];
    let now = feed(&[busy("new hash", 12, 14), busy("x", 20, 23)]);
    assert_eq!(said(&before, &now, Provider::Booking), "+x -2026-09-20/2026-09-22 =new hash");
    // A stay of Airbnb keeps its UID, its block has a new one every day.
    let mut block = busy("7f662ec65913-new@airbnb.com", 12, 14);
    block.kind = BusyKind::Block;
    let before = [known("2026-09-12/2026-09-14", 12, 14), known("1418fb94e984-a@airbnb.com", 20, 22)];
    let now = feed(&[block, busy("1418fb94e984-a@airbnb.com", 21, 23)]);
    let expected = ">1418fb94e984-a@airbnb.com =7f662ec65913-new@airbnb.com";
    assert_eq!(said(&before, &now, Provider::Airbnb), expected);
}

#[test]
fn occurrences_of_one_event_are_apart() {
    let mut second = busy("r", 19, 20);
    second.recurrence_id = Some(date(2026, 9, 19));
    check(&[known("r#2026-09-12", 12, 13)], &[second], "+r -r#2026-09-12");
}

#[test]
fn what_cannot_be_read_is_not_gone() {
    let before = [known("a", 12, 14), known("a#2026-09-16", 16, 17), known("b", 20, 22)];
    let check = |uid: Option<&str>, provider: Provider, expected: &str| {
        let unreadable = vec![Unreadable { uid: uid.map(str::to_string), line: 7 }];
        assert_eq!(said(&before, &Feed { unreadable, ..Feed::default() }, provider), expected, "{uid:?}");
    };
    check(Some("a"), Provider::Other, "-b ?a ?a#2026-09-16");
    check(Some("c"), Provider::Other, "-a -a#2026-09-16 -b");
    // Which of them it is nobody can tell: they are gone, and `follow` waits.
    check(None, Provider::Other, "-a -a#2026-09-16 -b");
}

#[test]
fn another_uid_for_the_same_days() {
    let before = [known("a", 12, 14), known("b", 20, 22)];
    let closed = Busy { kind: BusyKind::Block, ..busy("c", 12, 14) };
    for (now, provider, expected) in [
        (busy("c", 12, 14), Provider::Other, "-b =c"),
        (busy("c", 12, 14), Provider::Google, "-b =c"),
        (busy("c", 12, 14), Provider::Vrbo, "-b =c"),
        // There another name is another guest.
        (busy("c", 12, 14), Provider::Airbnb, "+c -a -b"),
        (busy("c", 12, 15), Provider::Other, "+c -a -b"),
        (closed, Provider::Other, "+c -a -b"),
    ] {
        let now = feed(&[now]);
        assert_eq!(said(&before, &now, provider), expected, "{provider} {now:?}");
    }
    let now = feed(&[busy("c", 12, 14)]);
    let changes = compare(&before, &now, Provider::Other, date(2026, 9, 10));
    assert_eq!(changes.renamed, [Renamed { before: &before[0], now: &now.busy[0] }]);
}
