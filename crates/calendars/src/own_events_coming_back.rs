//! What we exported and what comes back of it: a platform that reads our calendar closes those nights, and shows them
//! in its own calendar as closed. Taken for blocks, they would keep each other alive for ever.
//!
//! Night by night, because platforms merge what touches. What counts is what the reader was *last shown*, not what we
//! have now: until it reads us again, it shows nights that are free by now.

use std::collections::HashSet;

use ical::{Busy, BusyKind, NightSet, Provider};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An event of our calendar, as one reader was shown it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ShownEvent {
    pub(crate) uid: String,
    pub(crate) check_in: Date,
    pub(crate) check_out: Date,
    /// Whose calendar it came from; None: a stay of ours.
    pub(crate) source: Option<String>,
}

/// Nights of a feed that are ours come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LoopbackEvent {
    uid: String,
    check_in: Date,
    check_out: Date,
    kind: BusyKind,
}

/// What can come back in one feed.
#[derive(Debug, Default)]
pub(crate) struct Ours {
    /// What its platform was last shown, without what came from there.
    pub(crate) shown: Vec<ShownEvent>,
    /// UIDs of this reading that we made for this accommodation.
    pub(crate) uids: HashSet<String>,
    /// What came back at the last reading, where it is not known any more what they were shown: it has not become theirs
    /// because their link was withdrawn, or was not read for long.
    pub(crate) came_back: Vec<LoopbackEvent>,
}

/// Takes out of a reading what is ours. `genuine` are nights that this feed had before we showed them to anybody: they
/// stay, whatever we have shown since.
pub(crate) fn split(
    mut reading: ical::Feed,
    provider: Provider,
    ours: &Ours,
    genuine: &NightSet,
) -> (ical::Feed, Vec<LoopbackEvent>) {
    let shown = ours.shown.iter().map(|event| (event.check_in, event.check_out));
    let came_back = ours.came_back.iter().map(|loopback| (loopback.check_in, loopback.check_out));
    let shown = NightSet::of(shown.chain(came_back)).without(genuine);
    let mut loopbacks = Vec::new();
    let mut kept = Vec::with_capacity(reading.busy.len());
    for busy in reading.busy {
        let nights = NightSet::of([(busy.check_in, busy.check_out)]);
        let loopback = match says(&busy, provider, ours) {
            Says::Ours => nights.clone(),
            Says::Closed => nights.shared_with(&shown),
            Says::Anything if nights.without(&shown).is_empty() && is_shown(&busy, ours) => nights.clone(),
            Says::Anything | Says::Booked => NightSet::default(),
        };
        if loopback.is_empty() {
            kept.push(busy);
            continue;
        }
        kept.extend(pieces(&busy, &nights.without(&loopback)));
        let of = |piece: Busy| LoopbackEvent {
            uid: piece.uid,
            check_in: piece.check_in,
            check_out: piece.check_out,
            kind: piece.kind,
        };
        loopbacks.extend(pieces(&busy, &loopback).map(of));
    }
    reading.busy = kept;
    (reading, loopbacks)
}

/// The closed nights that a feed had of its own. Where stays are told from closures only the latter count: nights that
/// were booked there and are closed now may be what is left of a stay that we have shown around.
pub(crate) fn genuine(known: &ical::Followed, provider: Provider) -> NightSet {
    let is_closed = |one: &&ical::Known| match provider {
        Provider::Airbnb | Provider::Booking | Provider::Vrbo => one.kind == BusyKind::Block,
        Provider::Google | Provider::Other => true,
    };
    NightSet::of(known.events.iter().filter(is_closed).map(|one| (one.check_in, one.check_out)))
}

/// These nights are not the feed's own, a person says: where the feed has them they came from us. Returns how many it
/// had. From the next reading on they are an loopback for as long as its platform was shown them.
pub(crate) fn disown(
    known: &mut ical::Followed,
    loopbacks: &mut Vec<LoopbackEvent>,
    nights: &NightSet,
) -> i64 {
    let mut disowned = 0;
    let mut kept = Vec::with_capacity(known.events.len());
    for event in std::mem::take(&mut known.events) {
        let own = NightSet::of([(event.check_in, event.check_out)]);
        let not_own = own.shared_with(nights);
        disowned += not_own.len();
        let loopback =
            |(uid, check_in, check_out)| LoopbackEvent { uid, check_in, check_out, kind: event.kind };
        loopbacks.extend(stretches(&event.key, &not_own).map(loopback));
        let known = |(key, check_in, check_out)| ical::Known { key, check_in, check_out, kind: event.kind };
        kept.extend(stretches(&event.key, &own.without(nights)).map(known));
    }
    known.events = kept;
    disowned
}

/// What an event can mean.
enum Says {
    /// It carries a name that we gave.
    Ours,
    /// Somebody booked there: never ours.
    Booked,
    /// Closed, for whatever reason.
    Closed,
    /// A calendar that does not tell one from the other.
    Anything,
}

fn says(busy: &Busy, provider: Provider, ours: &Ours) -> Says {
    if ours.uids.contains(&busy.uid) {
        return Says::Ours;
    }
    match (busy.kind, provider) {
        (BusyKind::Block, _) => Says::Closed,
        (BusyKind::Stay, Provider::Airbnb | Provider::Booking | Provider::Vrbo) => Says::Booked,
        (BusyKind::Stay, Provider::Google | Provider::Other) => Says::Anything,
    }
}

fn is_shown(busy: &Busy, ours: &Ours) -> bool {
    let days = (busy.check_in, busy.check_out);
    ours.shown.iter().any(|event| (event.check_in, event.check_out) == days)
        || ours.came_back.iter().any(|loopback| (loopback.check_in, loopback.check_out) == days)
}

/// The stretches of an event that has lost some of its nights.
fn pieces(busy: &Busy, nights: &NightSet) -> impl Iterator<Item = Busy> {
    let piece = |(uid, check_in, check_out)| Busy { uid, check_in, check_out, ..busy.clone() };
    stretches(&busy.uid, nights).map(piece)
}

/// With a name each. The first keeps the event's.
fn stretches(name: &str, nights: &NightSet) -> impl Iterator<Item = (String, Date, Date)> {
    let stretches = nights.stretches().to_vec();
    stretches.into_iter().enumerate().map(move |(number, stretch)| {
        let name = if number == 0 { name.to_owned() } else { format!("{name}/{}", stretch.check_in) };
        (name, stretch.check_in, stretch.check_out)
    })
}

/// The last reading once more, from what was kept of it: what is ours may be judged otherwise by now.
pub(crate) fn again(known: &ical::Followed, loopbacks: &[LoopbackEvent], today: Date) -> ical::Feed {
    let busy = |uid: &str, check_in, check_out, kind| Busy {
        uid: uid.to_owned(),
        check_in,
        check_out,
        summary: String::new(),
        kind,
        recurrence_id: None,
    };
    let events = known.events.iter().map(|one| busy(&one.key, one.check_in, one.check_out, one.kind));
    let loopbacks = loopbacks.iter().map(|one| busy(&one.uid, one.check_in, one.check_out, one.kind));
    let unreadable = (0..known.unreadable).map(|_| ical::Unreadable { uid: None, line: 0 });
    ical::Feed {
        busy: events.chain(loopbacks).filter(|busy| busy.check_out > today).collect(),
        unreadable: unreadable.collect(),
        ..ical::Feed::default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn busy(uid: &str, from: i8, to: i8, kind: BusyKind) -> Busy {
        Busy {
            uid: uid.to_owned(),
            check_in: date(2027, 3, from),
            check_out: date(2027, 3, to),
            summary: String::new(),
            kind,
            recurrence_id: None,
        }
    }

    /// We have shown 5 to 8. `expected` are the ranges that stay, as first and last day.
    fn check(provider: Provider, event: Busy, genuine: &[(i8, i8)], expected: &[(i8, i8)]) {
        let day = |day| date(2027, 3, day);
        let shown = ShownEvent { uid: "s@desk".into(), check_in: day(5), check_out: day(8), source: None };
        let ours = Ours { shown: vec![shown], uids: HashSet::from(["s@desk".to_owned()]), came_back: vec![] };
        let genuine = NightSet::of(genuine.iter().map(|(from, to)| (day(*from), day(*to))));
        let reading = ical::Feed { busy: vec![event.clone()], ..ical::Feed::default() };
        let (kept, loopbacks) = split(reading, provider, &ours, &genuine);
        let ranges: Vec<_> = kept.busy.iter().map(|b| (b.check_in.day(), b.check_out.day())).collect();
        assert_eq!(ranges, expected, "{provider} {event:?}");
        let all = NightSet::of(
            kept.busy
                .iter()
                .map(|b| (b.check_in, b.check_out))
                .chain(loopbacks.iter().map(|e| (e.check_in, e.check_out))),
        );
        assert_eq!(all, NightSet::of([(event.check_in, event.check_out)]), "no night is lost");
    }

    #[test]
    fn what_we_have_shown_is_no_block() {
        use BusyKind::{Block, Stay};
        use Provider::{Airbnb, Booking, Google, Other, Vrbo};
        for platform in [Airbnb, Booking, Vrbo] {
            check(platform, busy("b", 5, 8, Block), &[], &[]);
            check(platform, busy("b", 6, 7, Block), &[], &[]);
            check(platform, busy("b", 3, 8, Block), &[], &[(3, 5)]);
            check(platform, busy("b", 3, 10, Block), &[], &[(3, 5), (8, 10)]);
            check(platform, busy("b", 8, 10, Block), &[], &[(8, 10)]);
            // Sold there before we showed it.
            check(platform, busy("b", 5, 8, Block), &[(5, 8)], &[(5, 8)]);
            check(platform, busy("b", 5, 8, Block), &[(5, 6)], &[(5, 6)]);
        }
        for platform in [Airbnb, Vrbo] {
            check(platform, busy("s", 5, 8, Stay), &[], &[(5, 8)]);
        }
        for other in [Google, Other] {
            check(other, busy("x", 5, 8, Stay), &[], &[]);
            check(other, busy("x", 5, 7, Stay), &[], &[(5, 7)]);
            check(other, busy("s@desk", 1, 9, Stay), &[], &[]);
        }
    }
}
