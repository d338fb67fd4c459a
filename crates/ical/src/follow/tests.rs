//! Tests of the waiting rules: one feed, polled step by step.

use jiff::civil::date;
use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, ToSpan};

use super::*;
use crate::feed::{BusyKind, Unreadable};

/// A feed that is polled, from 10 September 2026, 12:00 UTC on. Days are counted from 1 September.
struct Polled {
    provider: Provider,
    rules: WaitingRules,
    state: Followed,
    start: Timestamp,
}

fn polled(provider: Provider) -> Polled {
    let start = "2026-09-10T12:00:00Z".parse().expect("an instant");
    Polled { provider, rules: WaitingRules::default(), state: Followed::default(), start }
}

fn day(number: i64) -> Date {
    date(2026, 9, 1).checked_add((number - 1).days()).expect("a day near today")
}

/// Each `uid first..after-last`.
fn feed(events: &[(&str, i64, i64)]) -> Feed {
    let busy = |(uid, from, to): &(&str, i64, i64)| Busy {
        uid: (*uid).to_string(),
        check_in: day(*from),
        check_out: day(*to),
        summary: String::new(),
        kind: BusyKind::Stay,
        recurrence_id: None,
    };
    Feed { busy: events.iter().map(busy).collect(), ..Feed::default() }
}

impl Polled {
    fn at(mut self, time: &str) -> Polled {
        self.start = time.parse().expect("an instant");
        self
    }

    /// A poll so many minutes after the start: `+` nights blocked, `-` freed, `~` held back, `<` returned, then how
    /// many wait, then the notices.
    fn poll(&mut self, minutes: i64, poll: Poll<'_>) -> String {
        let at = self.start + SignedDuration::from_mins(minutes);
        let zone = TimeZone::UTC;
        let terms = Terms { provider: self.provider, zone: &zone, rules: &self.rules };
        let before = self.state.clone();
        let step = follow(&before, poll, at, &terms);
        let sets = [
            ("+", step.blocked.clone()),
            ("-", step.freed_nights()),
            ("~", step.held_back.clone()),
            ("<", step.returned.clone()),
        ];
        let mut said = String::new();
        for (sign, set) in sets {
            for stretch in set.stretches() {
                let first = (stretch.check_in.duration_since(day(1)).as_hours() / 24) + 1;
                said += &format!("{sign}{first}..{} ", first + stretch.nights());
            }
        }
        let waiting = step.state.held_back_nights().len();
        if waiting > 0 {
            said += &format!("({waiting} wait) ");
        }
        said += &step.notices.iter().map(|notice| format!("{notice:?} ")).collect::<String>();
        self.state = step.state;
        said.trim_end().to_string()
    }

    fn read(&mut self, minutes: i64, events: &[(&str, i64, i64)]) -> String {
        self.poll(minutes, Poll::Read(&feed(events)))
    }
}

/// Twenty nights in a stay that stays.
const REST: (&str, i64, i64) = ("rest", 100, 120);

#[test]
fn what_comes_is_blocked_at_once_and_what_is_over_means_nothing() {
    let mut feed = polled(Provider::Other);
    // Today is the 10th: the nights before it are over, tonight is not.
    assert_eq!(feed.read(0, &[("a", 5, 12), REST]), "+10..12 +100..120");
    assert_eq!(feed.read(5, &[("a", 5, 12), ("b", 20, 22), REST]), "+20..22");
    // Two days later a is over and gone.
    assert_eq!(feed.read(2 * 24 * 60, &[("b", 20, 22), REST]), "");
}

#[test]
fn one_stay_waits_a_quarter_of_an_hour() {
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 24), REST]);
    assert_eq!(feed.read(5, &[REST]), "~20..24 (4 wait)");
    assert_eq!(feed.read(10, &[REST]), "(4 wait)");
    assert_eq!(feed.read(19, &[REST]), "(4 wait)");
    assert_eq!(feed.read(20, &[REST]), "-20..24");
    // It may be sold again, by them too.
    assert_eq!(feed.read(25, &[("new", 20, 24), REST]), "+20..24");
}

#[test]
fn one_that_returns_was_never_free_and_waits_anew() {
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 24), REST]);
    feed.read(5, &[REST]);
    // Half of it is back.
    assert_eq!(feed.read(10, &[("a", 20, 22), REST]), "<20..22 (2 wait)");
    assert_eq!(feed.read(15, &[REST]), "~20..22 (4 wait)");
    assert_eq!(feed.read(20, &[REST]), "-22..24 (2 wait)");
    assert_eq!(feed.read(30, &[REST]), "-20..22");
}

#[test]
fn a_moved_stay_moves_and_its_old_nights_wait() {
    let mut feed = polled(Provider::Airbnb);
    feed.read(0, &[("a", 20, 24), REST]);
    assert_eq!(feed.read(5, &[("a", 22, 26), REST]), "+24..26 ~20..22 (2 wait)");
    assert_eq!(feed.read(20, &[("a", 22, 26), REST]), "-20..22");
    let before = feed.state.clone();
    let now = super::tests::feed(&[("a", 40, 44), REST]);
    let terms = Terms { provider: Provider::Airbnb, zone: &TimeZone::UTC, rules: &feed.rules };
    let step = follow(&before, Poll::Read(&now), feed.start, &terms);
    assert_eq!((step.changes.moved.len(), step.changes.gone.len(), step.changes.added.len()), (1, 0, 0));
}

#[test]
fn one_poll_frees_nothing_however_long_ago_the_other_was() {
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 24), REST]);
    assert_eq!(feed.read(3 * 24 * 60, &[REST]), "~20..24 (4 wait)");
    // Feeds that are read once a day come to an end too.
    assert_eq!(feed.read(4 * 24 * 60, &[REST]), "-20..24");
}

#[test]
fn nothing_changed_agrees_and_a_failure_does_not() {
    let mut feed = polled(Provider::Other);
    assert_eq!(feed.poll(0, Poll::NotModified), "");
    assert_eq!((feed.state.failures, feed.state.last_good_at), (1, None), "like what?");
    feed.read(5, &[("a", 20, 24), REST]);
    feed.read(10, &[REST]);
    assert_eq!(feed.poll(15, Poll::NotModified), "(4 wait)");
    assert_eq!(feed.poll(25, Poll::NotModified), "-20..24");

    feed.read(30, &[("a", 20, 24), REST]);
    feed.read(35, &[REST]);
    for minutes in [40, 45, 50, 55, 60, 65] {
        assert_eq!(feed.poll(minutes, Poll::Failed), "(4 wait)");
    }
    // Of the outage ten minutes count, until somebody confirms the rest.
    assert_eq!(feed.poll(70, Poll::NotModified), "(4 wait)");
    assert_eq!(feed.poll(71, Poll::NotModified), "-20..24");
}

#[test]
fn a_quarter_waits_an_hour_and_for_the_providers_night() {
    let check = |start: &str, provider: Provider, freed_after: i64| {
        let mut feed = polled(provider).at(start);
        feed.read(-5, &[("a", 20, 23), ("b", 30, 36)]);
        assert_eq!(feed.read(0, &[("b", 30, 36)]), "~20..23 (3 wait)", "{start}");
        let mut freed =
            (5..=600).step_by(5).filter(|minutes| feed.read(*minutes, &[("b", 30, 36)]) == "-20..23");
        assert_eq!(freed.next(), Some(freed_after), "{start} {provider}");
    };
    check("2026-09-10T12:00:00Z", Provider::Booking, 60);
    // Midnight in Amsterdam is 22:00 UTC, the hours after it last until 24:00 UTC.
    check("2026-09-10T20:50:00Z", Provider::Booking, 60);
    check("2026-09-10T21:05:00Z", Provider::Booking, 175);
    check("2026-09-10T22:35:00Z", Provider::Booking, 85);
    check("2026-09-10T23:00:00Z", Provider::Booking, 60);
    // In Los Angeles it is 07:00 UTC; of others it is the property's.
    check("2026-09-10T06:30:00Z", Provider::Airbnb, 150);
    check("2026-09-10T23:30:00Z", Provider::Other, 150);
}

#[test]
fn everything_waits_four_hours_and_the_host_is_told() {
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 22), ("b", 30, 32)]);
    assert_eq!(feed.read(5, &[]), "~20..22 ~30..32 (4 wait) EverythingGone { missing: 4 }");
    for minutes in (10..=240).step_by(5) {
        assert_eq!(feed.read(minutes, &[]), "(4 wait)", "{minutes}");
    }
    assert_eq!(feed.read(245, &[]), "-20..22 -30..32");
    // Others in its place are no less a loss of everything: it may be the feed of another house.
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 22)]);
    assert_eq!(feed.read(5, &[("z", 50, 60)]), "+50..60 ~20..22 (2 wait) EverythingGone { missing: 2 }");
}

#[test]
fn many_nights_together_wait_a_day() {
    // Several stays, all, a closure longer than a stay, a quarter.
    for (missing, rest) in [
        (vec![("a", 20, 23), ("b", 30, 33)], vec![("rest", 100, 190)]),
        (vec![("a", 20, 25)], vec![]),
        (vec![("a", 20, 28)], vec![("rest", 100, 190)]),
        (vec![("a", 20, 25)], vec![("rest", 100, 115)]),
    ] {
        let mut feed = polled(Provider::Other);
        let all = [missing.clone(), rest.clone()].concat();
        feed.read(0, &all);
        let said = feed.read(5, &rest);
        let told = said.contains("EverythingGone") || said.contains("ShrinkHeldBack");
        assert!(told, "{said}");
        for minutes in (10..24 * 60 + 5).step_by(5) {
            assert!(!feed.read(minutes, &rest).contains('-'), "{missing:?} after {minutes} minutes");
        }
        let mut later = feed.state.clone();
        let said = feed.read(24 * 60 + 5, &rest);
        assert!(said.contains('-') && feed.state.held_back.is_empty(), "{missing:?}: {said}");
        // Or they are back at the last moment.
        std::mem::swap(&mut feed.state, &mut later);
        let said = feed.read(24 * 60 + 4, &all);
        assert!(said.contains("CameBack") && feed.state.held_back.is_empty(), "{missing:?}: {said}");
    }
    // One stay, however, is one stay.
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 27), ("rest", 100, 190)]);
    feed.read(5, &[("rest", 100, 190)]);
    assert_eq!(feed.read(20, &[("rest", 100, 190)]), "-20..27");
}

#[test]
fn a_feed_that_empties_bit_by_bit_is_judged_as_a_whole() {
    let mut feed = polled(Provider::Other);
    let stays: Vec<(String, i64, i64)> = (0..10).map(|n| (n.to_string(), 20 + 5 * n, 23 + 5 * n)).collect();
    let all: Vec<(&str, i64, i64)> = stays.iter().map(|(uid, from, to)| (uid.as_str(), *from, *to)).collect();
    feed.read(0, &all);
    for gone in 1..=10 {
        let said = feed.read(5 * gone as i64, &all[gone..]);
        assert!(!said.contains('-'), "{said}");
    }
    assert_eq!(feed.read(23 * 60, &[]), "(30 wait)");
    // Each from its own first absence on.
    assert_eq!(feed.read(24 * 60 + 6, &[]), "-20..23 (27 wait)");
    assert_eq!(feed.read(25 * 60, &[]).matches('-').count(), 9);
}

/// As [`feed`], all of them blocks.
fn blocks(events: &[(&str, i64, i64)]) -> Feed {
    let mut blocks = feed(events);
    blocks.busy.iter_mut().for_each(|busy| busy.kind = BusyKind::Block);
    blocks
}

/// Airbnb's day ends at 21:00 in Córdoba: the block of the next day takes the place of today's, every evening.
#[test]
fn a_block_that_slides_is_nothing_to_tell() {
    for provider in [Provider::Airbnb, Provider::Vrbo] {
        let mut feed = polled(provider);
        feed.poll(0, Poll::Read(&blocks(&[("n1", 10, 11)])));
        let said = feed.poll(5, Poll::Read(&blocks(&[("n2", 11, 12)])));
        assert_eq!(said, "+11..12 ~10..11 (1 wait)", "{provider}");
        assert_eq!(feed.poll(20, Poll::Read(&blocks(&[("n2", 11, 12)]))), "-10..11", "{provider}");
        // It hides no loss, and makes none worse.
        let mut feed = polled(provider);
        let with = |notice: (&'static str, i64, i64), stays: &[(&str, i64, i64)]| {
            let mut all = blocks(&[notice]);
            all.busy.extend(super::tests::feed(stays).busy);
            all
        };
        feed.poll(0, Poll::Read(&with(("n1", 10, 12), &[("a", 20, 26), ("far", 100, 130)])));
        let said = feed.poll(5, Poll::Read(&with(("n2", 11, 13), &[("far", 100, 130)])));
        assert_eq!(said, "+12..13 ~10..11 ~20..26 (7 wait)", "{provider}");
        assert_eq!(feed.poll(20, Poll::Read(&with(("n2", 11, 13), &[("far", 100, 130)]))), "-10..11 -20..26");
        let said = feed.poll(25, Poll::Read(&with(("n3", 12, 14), &[])));
        assert!(said.contains("ShrinkHeldBack"), "{provider}: {said}");
    }
    // At Booking.com a stay may be behind it.
    let mut feed = polled(Provider::Booking);
    feed.poll(0, Poll::Read(&blocks(&[("n1", 10, 11)])));
    assert!(feed.poll(5, Poll::Read(&blocks(&[("n2", 11, 12)]))).contains("EverythingGone"));
}

#[test]
fn another_uid_for_the_same_days_is_the_same_event() {
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 24), ("b", 30, 34), ("twin", 40, 42), ("twin too", 40, 42)]);
    let keys = |feed: &Polled| feed.state.events.iter().map(|known| known.key.clone()).collect::<Vec<_>>();
    let before = keys(&feed);
    for minutes in [5, 10, 15] {
        let name = |name: &str| format!("{name} at {minutes}");
        let (a, b, c, d) = (name("a"), name("b"), name("c"), name("d"));
        let now = [(a.as_str(), 20, 24), (b.as_str(), 30, 34), (c.as_str(), 40, 42), (d.as_str(), 40, 42)];
        assert_eq!(feed.read(minutes, &now), "");
        assert_eq!(keys(&feed), before);
    }
    // One moves under its new name: it goes and comes.
    let now = [("e", 20, 24), ("f", 30, 35), ("twin", 40, 42), ("g", 40, 42)];
    assert_eq!(feed.read(20, &now), "+34..35");
    assert_eq!(keys(&feed), ["a", "f", "twin", "twin too"]);
}

/// Two cancellations in the same quarter of an hour are rarer than a feed that loses two stays.
#[test]
fn two_stays_that_follow_each_other_are_not_one() {
    for provider in [Provider::Airbnb, Provider::Booking, Provider::Other] {
        let mut feed = polled(provider);
        let far = ("far", 100, 140);
        feed.read(0, &[("a", 20, 23), ("b", 23, 27), far]);
        let told = "~20..27 (7 wait) ShrinkHeldBack { missing: 7, of: 47 }";
        assert_eq!(feed.read(5, &[far]), told, "{provider}");
        for minutes in (10..24 * 60 + 5).step_by(5) {
            assert_eq!(feed.read(minutes, &[far]), "(7 wait)", "{provider} after {minutes} minutes");
        }
        assert_eq!(feed.read(24 * 60 + 5, &[far]), "-20..27", "{provider}");
    }
    // A calendar that says one stay three times has lost one stay.
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 27), ("a2", 20, 27), ("a3", 20, 24), ("far", 100, 140)]);
    assert_eq!(feed.read(5, &[("far", 100, 140)]), "~20..27 (7 wait)");
    assert_eq!(feed.read(20, &[("far", 100, 140)]), "-20..27");
}

#[test]
fn a_loss_that_goes_on_is_no_series_of_cancellations() {
    let mut feed = polled(Provider::Airbnb);
    let stays: Vec<(String, i64, i64)> = (0..20).map(|n| (n.to_string(), 50 + 6 * n, 54 + 6 * n)).collect();
    let all: Vec<(&str, i64, i64)> = stays.iter().map(|(uid, from, to)| (uid.as_str(), *from, *to)).collect();
    feed.read(0, &all);
    let mut freed = Vec::new();
    for minutes in (5..125).step_by(5) {
        let gone = 1 + (minutes as usize - 5) / 20;
        let said = feed.read(minutes, &all[gone..]);
        freed.extend(said.split(' ').filter(|part| part.starts_with('-')).map(str::to_string));
    }
    // The first is a cancellation for all that anybody can tell.
    assert_eq!(freed, ["-50..54"]);
    assert!(feed.read(125, &all).contains("CameBack { nights: 20 }"));

    // On another day, and after something else that was proven by a day, one stay is one stay again.
    assert_eq!(feed.read(25 * 60, &all[1..]), "~50..54 (4 wait)");
    assert_eq!(feed.read(25 * 60 + 15, &all[1..]), "-50..54");
    feed.read(50 * 60, &all[3..]);
    assert_eq!(feed.read(74 * 60, &all[3..]), "-56..60 -62..66");
    feed.read(75 * 60, &all[4..]);
    assert_eq!(feed.read(75 * 60 + 15, &all[4..]), "-68..72");
    // Nights that are sold again are not gone.
    let again = [&all[4..], &[("new", 68, 72)]].concat();
    feed.read(75 * 60 + 30, &again);
    let again = [&all[5..], &[("new", 68, 72)]].concat();
    feed.read(75 * 60 + 35, &again);
    assert_eq!(feed.read(75 * 60 + 50, &again), "-74..78");
}

/// These, and so many events without a UID whose days cannot be read.
fn damaged(events: &[(&str, i64, i64)], unreadable: usize) -> Feed {
    let unreadable = vec![Unreadable { uid: None, line: 4 }; unreadable];
    Feed { unreadable, ..feed(events) }
}

#[test]
fn what_cannot_be_read_speaks_for_nothing() {
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 24), ("b", 30, 34), REST]);
    let unreadable = vec![Unreadable { uid: Some("a".into()), line: 4 }];
    let broken = Feed { unreadable, ..super::tests::feed(&[REST]) };
    // a stands there still, with days that nobody can read; b is gone.
    assert_eq!(feed.poll(5, Poll::Read(&broken)), "~30..34 (4 wait) Unreadable { events: 1 }");
    assert_eq!(feed.poll(60, Poll::Read(&broken)), "(4 wait)");
    assert_eq!(feed.poll(120, Poll::NotModified), "(4 wait)");
    // Whatever it was, it is gone now as well, and with it eight nights of two stays.
    assert!(feed.read(125, &[REST]).starts_with("~20..24 (8 wait) ShrinkHeldBack"));
    assert_eq!(feed.read(24 * 60 + 125, &[REST]), "-20..24 -30..34");
}

#[test]
fn what_could_not_be_read_before_is_not_what_is_missed() {
    for provider in Provider::ALL {
        let mut feed = polled(provider);
        let all = [("a", 20, 22), ("b", 30, 31), REST];
        let said = feed.poll(0, Poll::Read(&damaged(&all, 1)));
        assert_eq!(said, "+20..22 +30..31 +100..120 Unreadable { events: 1 }");
        assert_eq!(feed.poll(5, Poll::Read(&damaged(&all[1..], 1))), "~20..22 (2 wait)", "{provider}");
        assert_eq!(feed.poll(20, Poll::Read(&damaged(&all[1..], 1))), "-20..22", "{provider}");
        // Another one that cannot be read may be b.
        let said = feed.poll(25, Poll::Read(&damaged(&all[2..], 2)));
        assert_eq!(said, "~30..31 (1 wait) Unreadable { events: 2 }", "{provider}");
        for minutes in [30, 60, 3_000] {
            assert_eq!(feed.poll(minutes, Poll::Read(&damaged(&all[2..], 2))), "(1 wait)", "{provider}");
        }
        // It is not there any more, so b is gone, from now on.
        assert_eq!(feed.poll(3_005, Poll::Read(&damaged(&all[2..], 1))), "(1 wait)", "{provider}");
        assert_eq!(feed.poll(3_019, Poll::NotModified), "(1 wait)", "{provider}");
        assert_eq!(feed.poll(3_020, Poll::NotModified), "-30..31", "{provider}");
    }
}

/// A feed behind a server that refuses every other call, for a week.
#[test]
fn good_polls_with_failures_between_them_come_to_an_end() {
    let mut feed = polled(Provider::Airbnb);
    feed.read(0, &[("closure", 20, 30), ("rest", 100, 140)]);
    let mut freed_at = None;
    for hour in 1..100 {
        let said = match hour % 2 {
            1 => feed.read(60 * hour, &[("rest", 100, 140)]),
            _ => feed.poll(60 * hour, Poll::Failed),
        };
        if said == "-20..30" {
            freed_at = Some(hour);
        }
    }
    // A day from the first hour on, and the last outage has to be confirmed.
    assert_eq!(freed_at, Some(27));
}

#[test]
fn the_first_poll_after_an_outage_frees_nothing() {
    for (lost, outage_minutes) in [(("a", 20, 24), 600), (("a", 20, 30), 3_000)] {
        let mut feed = polled(Provider::Other);
        let rest = ("rest", 100, 190);
        feed.read(0, &[lost, rest]);
        feed.read(5, &[rest]);
        feed.poll(10, Poll::Failed);
        assert!(!feed.read(outage_minutes, &[rest]).contains('-'), "{lost:?}");
        // Or they are back.
        let mut other = feed.state.clone();
        assert!(feed.read(outage_minutes + 5, &[rest]).starts_with("-20.."), "{lost:?}");
        std::mem::swap(&mut feed.state, &mut other);
        assert!(feed.read(outage_minutes + 5, &[lost, rest]).starts_with("<20.."), "{lost:?}");
        assert!(feed.read(outage_minutes + 10, &[rest]).starts_with("~20.."), "{lost:?}");
        assert!(!feed.read(outage_minutes + 15, &[rest]).contains('-'), "nothing of before counts: {lost:?}");
    }
}

#[test]
fn a_stay_whose_end_cannot_be_read_keeps_its_nights() {
    let body = |end: &str| {
        let limits = crate::ReadLimits::around(day(10));
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260920\n{end}\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:rest\nDTSTART:20261101\nDTEND:20261201\nEND:VEVENT\nEND:VCALENDAR\n"
        );
        crate::read(text.as_bytes(), &TimeZone::UTC, &limits).expect("a whole calendar")
    };
    for provider in Provider::ALL {
        let mut feed = polled(provider);
        assert_eq!(feed.poll(0, Poll::Read(&body("DTEND:20260925"))), "+20..25 +62..92", "{provider}");
        for minutes in [5, 60, 2_000] {
            feed.poll(minutes, Poll::Read(&body("DTEND;VALUE=DATE:null")));
            let stays = feed.state.blocked_nights().shared_with(&NightSet::of([(day(20), day(25))]));
            assert_eq!(stays.len(), 5, "{provider} after {minutes} minutes");
        }
        // It can be read again: it was shortened, and what it lost waits from now on.
        let said = feed.poll(2_005, Poll::Read(&body("DTEND:20260922")));
        assert_eq!(feed.state.blocked_nights().len(), 35, "{provider}: {said}");
        assert_eq!(feed.poll(2_020, Poll::Read(&body("DTEND:20260922"))), "-22..25", "{provider}");
    }
}

#[test]
fn a_host_releases_by_hand() {
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 30), ("b", 40, 44)]);
    feed.read(5, &[]);
    let some = NightSet::of([(day(1), day(25))]);
    assert_eq!(feed.state.release(&some).len(), 5);
    assert_eq!(feed.state.held_back_nights(), NightSet::of([(day(25), day(30)), (day(40), day(44))]));
    let all = feed.state.held_back_nights();
    assert_eq!(feed.state.release(&all), all);
    assert!(feed.state.blocked_nights().is_empty());
    // It was wrong: the nights are blocked as anything new is.
    assert_eq!(feed.read(10, &[("a", 20, 30), ("b", 40, 44)]), "+20..30 +40..44");
}

#[test]
fn rules_for_a_calendar_that_a_person_answers_for() {
    let mut feed = polled(Provider::Other);
    feed.rules = WaitingRules::at_once();
    feed.read(0, &[("a", 20, 30)]);
    assert_eq!(feed.read(1, &[]), "-20..30 ~20..30 EverythingGone { missing: 10 }");
}

#[test]
fn longer_waits_for_worse_losses() {
    let rules = WaitingRules::default();
    let losses = [Loss::OneStay, Loss::Several, Loss::Quarter, Loss::Everything];
    assert!(losses.is_sorted());
    for nights in [1, 4, 5, 400] {
        let waits: Vec<SignedDuration> = losses.iter().map(|loss| rules.wait(*loss, nights)).collect();
        assert!(waits.is_sorted(), "{nights}: {waits:?}");
        assert!(losses.iter().all(|loss| rules.wait(*loss, nights) >= rules.wait(*loss, 1)));
    }
}

#[test]
fn the_night_of_a_zone_with_summer_time() {
    let zone = TimeZoneDatabase::bundled().get("Europe/Amsterdam").expect("a zone");
    let rules = WaitingRules::default();
    let check = |at: &str, expected: &str| {
        let at: Timestamp = at.parse().expect("an instant");
        assert_eq!(rules.after_the_night(at, &zone).to_string(), expected, "{at}");
    };
    check("2026-09-10T21:59:59Z", "2026-09-10T21:59:59Z");
    check("2026-09-10T22:00:00Z", "2026-09-11T00:00:00Z");
    check("2026-09-11T00:00:00Z", "2026-09-11T00:00:00Z");
    // There is no two o'clock on 29 March 2026 in Amsterdam, and two of them on 25 October.
    check("2026-03-28T23:30:00Z", "2026-03-29T01:00:00Z");
    check("2026-10-24T22:30:00Z", "2026-10-25T00:00:00Z");
}

#[test]
fn the_state_is_plain_data() {
    let mut feed = polled(Provider::Other);
    feed.read(0, &[("a", 20, 24), REST]);
    feed.read(5, &[REST]);
    let text = serde_json::to_string(&feed.state).expect("plain data");
    assert_eq!(serde_json::from_str::<Followed>(&text).expect("what was written"), feed.state);
    assert!(text.contains(r#""missing_since":"2026-09-10T12:05:00Z","loss":"one_stay""#), "{text}");
    let rules =
        serde_json::from_str::<WaitingRules>(r#"{"polls":3}"#).expect("one setting, the rest as usual");
    assert_eq!(rules, WaitingRules { polls: 3, ..WaitingRules::default() });
}
