//! Which version of our calendar somebody has: a digest of what its text is made of. It stands for the bytes without
//! their being written, in every process and after every restart alike, because it remembers nothing.

use std::sync::LazyLock;

use ical::{ExportCalendar, ExportEvent};
use jiff::{Timestamp, civil::date};
use sha2::{Digest, Sha256};

/// A fingerprint of the format in which this program writes: the digest of a calendar that is always the same. A version
/// that writes other bytes for the same nights has another fingerprint, so no reader keeps the older calendar.
static FORMAT_FINGERPRINT: LazyLock<[u8; 32]> = LazyLock::new(|| {
    let name = "A name, with everything: that is escaped; \\ and folded — over more than a line of it";
    let calendar = ExportCalendar { name: name.to_owned(), product: "-//Conserje//Calendar//EN".to_owned() };
    let event = ExportEvent {
        uid: "0199f3c2-7d5e-7cc0-9a52-1f6b2c3d4e5f.6865782d6f662d612d6c6f6e672d756964@conserje.example"
            .to_owned(),
        check_in: date(2027, 1, 2),
        check_out: date(2027, 1, 4),
        summary: "Reserved".to_owned(),
        sequence: 3,
        created_at: Timestamp::UNIX_EPOCH,
        modified_at: Timestamp::UNIX_EPOCH,
    };
    Sha256::digest(ical::write(&calendar, &[event])).into()
});

/// Two calendars with the same digest have the same text. 32 hexadecimal digits.
pub(crate) fn digest(calendar: &ExportCalendar, events: &[ExportEvent]) -> String {
    let mut sorted: Vec<&ExportEvent> = events.iter().collect();
    sorted.sort_unstable_by(|one, other| one.uid.cmp(&other.uid));
    let mut hasher = Sha256::new();
    hasher.update(*FORMAT_FINGERPRINT);
    // By name, so that a field that is added is not forgotten here.
    let ExportCalendar { name, product } = calendar;
    add(&mut hasher, name);
    add(&mut hasher, product);
    for event in sorted {
        let ExportEvent { uid, check_in, check_out, summary, sequence, created_at, modified_at } = event;
        add(&mut hasher, uid);
        add(&mut hasher, summary);
        hasher.update(sequence.to_be_bytes());
        for day in [check_in, check_out] {
            hasher.update(day.year().to_be_bytes());
            hasher.update([day.month().unsigned_abs(), day.day().unsigned_abs()]);
        }
        for at in [created_at, modified_at] {
            hasher.update(at.as_second().to_be_bytes());
        }
    }
    hex::encode(&hasher.finalize()[..16])
}

/// With its length, so that no two texts run into each other.
fn add(hasher: &mut Sha256, text: &str) {
    hasher.update((text.len() as u64).to_be_bytes());
    hasher.update(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> ExportCalendar {
        ExportCalendar { name: "El Sauce".to_owned(), product: "-//Conserje//Calendar//EN".to_owned() }
    }

    fn event(uid: &str) -> ExportEvent {
        ExportEvent {
            uid: uid.to_owned(),
            check_in: date(2027, 1, 2),
            check_out: date(2027, 1, 4),
            summary: "Reserved".to_owned(),
            sequence: 0,
            created_at: Timestamp::UNIX_EPOCH,
            modified_at: Timestamp::UNIX_EPOCH,
        }
    }

    /// Whatever changes the text changes the digest, and nothing else does.
    #[test]
    fn it_changes_with_the_text_and_not_without() {
        let (plain, events) = (calendar(), [event("a"), event("b")]);
        let before = (digest(&plain, &events), ical::write(&plain, &events));
        let later = |milliseconds| Timestamp::from_millisecond(milliseconds).unwrap();
        type Edit = fn(&mut ExportEvent, Timestamp);
        let edits: [(bool, Edit); 8] = [
            (true, |event, _| event.uid.push('c')),
            (true, |event, _| event.check_in = date(2027, 1, 3)),
            (true, |event, _| event.check_out = date(2027, 1, 5)),
            (true, |event, _| event.summary = "Not available".to_owned()),
            (true, |event, _| event.sequence = 1),
            (true, |event, at| event.created_at = at + jiff::SignedDuration::from_secs(1)),
            (true, |event, at| event.modified_at = at + jiff::SignedDuration::from_secs(1)),
            (false, |event, at| event.modified_at = at),
        ];
        for (number, (differs, edit)) in edits.into_iter().enumerate() {
            let mut changed = events.clone();
            edit(&mut changed[1], later(7));
            let after = (digest(&plain, &changed), ical::write(&plain, &changed));
            assert_eq!((after.0 != before.0, after.1 != before.1), (differs, differs), "edit {number}");
        }
        let [a, b] = events.clone();
        assert_eq!(digest(&plain, &[b, a.clone()]), before.0, "in whatever order they come");
        assert_ne!(digest(&plain, &[a]), before.0);
        let renamed = ExportCalendar { name: "El Sauce 2".to_owned(), ..calendar() };
        assert_ne!(digest(&renamed, &events), before.0);
    }

    #[test]
    fn texts_do_not_run_into_each_other() {
        let one = ExportEvent { uid: "ab".to_owned(), summary: "c".to_owned(), ..event("") };
        let other = ExportEvent { uid: "a".to_owned(), summary: "bc".to_owned(), ..event("") };
        assert_ne!(digest(&calendar(), &[one]), digest(&calendar(), &[other]));
    }
}
