//! The second pass of reading: from raw events to busy nights.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::date_time_values::Moment;
use super::error::ReadError;
use super::event_span::EventSpan;
use super::events_of_one_uid::{self, Uids};
use super::limits::ReadLimits;
use super::occurrences::{Later, Replaced, Window, occurrences};
use super::raw_event::RawEvent;
use super::rrule::{Budget, Frequency, Spent};
use super::scan_components::Scanned;
use super::stay_or_block;
use super::whole_days;
use super::zone_ref::ZoneRef;
use super::zones::{Zones, is_called};
use crate::day_arithmetic;
use crate::feed::{Busy, Feed, Notes, PassedOver, PersonalDays, PersonalKind, Unreadable};
use crate::personal::{self, LeaveOut, Signs};
use crate::text_escapes;

/// The nights that the events of a body block.
pub(crate) fn busy_nights(
    scanned: Scanned,
    zone: &TimeZone,
    limits: &ReadLimits,
    leave_out: &LeaveOut,
) -> Result<Feed, ReadError> {
    let Scanned { product, name, zone_name, mut events, unreadable, zone_names, timezones, mut notes } =
        scanned;
    note_floating(&events, zone_name.as_deref(), zone, &mut notes);
    let until = day_arithmetic::plus_or_last(limits.window_to, 366);
    let zones = Zones::resolve(zone, &zone_names, &timezones, until, &mut notes);
    let uids = events_of_one_uid::supersede(&mut events);
    if let Some(line) = whole_days::make_days(&mut events) {
        notes.add(line, "no hour is told but midnights of another clock: they are read as whole days");
    }
    note_marked_free(&events, leave_out, &mut notes);
    let replaced = replaced_occurrences(&events, &zones);
    let mut reading = Reading {
        zones,
        limits,
        notes,
        busy: Vec::with_capacity(events.len()),
        unreadable,
        identities: uids,
        budget: Budget::new(),
        calendar: name.unwrap_or_default(),
        leave_out,
        personal: Vec::new(),
        passed_over: PassedOver::default(),
    };
    for event in events {
        reading.take(event, &replaced)?;
    }
    Ok(reading.finish(product))
}

struct Reading<'l> {
    zones: Zones,
    limits: &'l ReadLimits,
    notes: Notes,
    /// With the line of the event.
    busy: Vec<(Busy, usize)>,
    unreadable: Vec<Unreadable>,
    identities: Uids,
    budget: Budget,
    /// What it calls itself; empty when it does not.
    calendar: String,
    leave_out: &'l LeaveOut,
    personal: Vec<PersonalDays>,
    passed_over: PassedOver,
}

/// What all nights of one event have in common.
struct OfEvent {
    summary: String,
    personal: Option<PersonalKind>,
    line: usize,
}

/// Personal days that are named; of more there is only the count of what was left out.
const MOST_PERSONAL: usize = 1_000;

impl Reading<'_> {
    fn take(&mut self, event: RawEvent, replaced: &HashMap<String, Replaced>) -> Result<(), ReadError> {
        let line = event.line;
        if event.superseded {
            self.notes.add(line, "a later revision of this event stands in the feed");
            return Ok(());
        }
        if event.blocks_nothing() {
            let (why, count) = match event.is_cancelled() {
                true => ("it is cancelled", &mut self.passed_over.cancelled),
                false => ("it is marked as free time (TRANSP:TRANSPARENT)", &mut self.passed_over.free_time),
            };
            *count += 1;
            self.notes.add(line, format!("{why}, so it blocks nothing"));
            if event.replaces_later {
                self.notes.add(line, "later ones of the same event (RANGE=THISANDFUTURE) block as before");
            }
            return Ok(());
        }
        let Some((shape, repaired)) = EventSpan::of(&event, &self.zones) else {
            self.notes.add(line, "an event whose days cannot be read");
            self.unreadable.push(Unreadable { uid: event.uid, line });
            return Ok(());
        };
        if let Some(repaired) = repaired {
            self.notes.add(line, repaired);
        }
        let is_whole = !event.end_is_unreadable && !self.repeats_are_unclear(&event, shape);
        if !is_whole {
            self.unreadable.push(Unreadable { uid: event.uid.clone(), line });
        }
        match &event.repeats {
            Some(_) => self.take_repeating(event, shape, is_whole, replaced),
            None => self.take_single(event, shape, is_whole),
        }
    }

    /// Whether it has occurrences that nobody knows. What touches no night touches none at other times either.
    fn repeats_are_unclear(&self, event: &RawEvent, first: EventSpan) -> bool {
        let from = day_arithmetic::plus_or_last(self.limits.window_from, -first.most_nights());
        let unclear = event.repeats.as_ref().is_some_and(|repeats| repeats.are_unclear_from(from));
        unclear && first.nights(&self.zones).is_some()
    }

    fn take_single(&mut self, event: RawEvent, shape: EventSpan, is_whole: bool) -> Result<(), ReadError> {
        let Some(range) = shape.nights(&self.zones) else {
            self.passed_over.no_night += 1;
            self.notes.add(event.line, "it touches no night, so it blocks nothing");
            return Ok(());
        };
        let recurrence_id = event.replaces.map(|moment| self.day_of(moment, shape));
        let personal = self.personal_kind(&event, shape);
        let uid = event.uid.map(|uid| name_of(uid, is_whole));
        let of = OfEvent { summary: event.summary, personal, line: event.line };
        self.push(uid, &of, range, recurrence_id)
    }

    /// What whole days look like, when they may be nobody's stay.
    fn personal_kind(&self, event: &RawEvent, shape: EventSpan) -> Option<PersonalKind> {
        let EventSpan::Days { nights, .. } = shape else { return None };
        let rule = event.repeats.as_ref().and_then(|repeats| repeats.rule.as_ref());
        personal::kind_of(Signs {
            summary: &event.summary,
            categories: &event.categories,
            calendar: &self.calendar,
            is_yearly: rule.is_some_and(|rule| rule.frequency == Frequency::Yearly && rule.interval == 1),
            marked_free: event.is_marked_free(),
            nights,
        })
    }

    fn take_repeating(
        &mut self,
        event: RawEvent,
        first: EventSpan,
        is_whole: bool,
        replaced: &HashMap<String, Replaced>,
    ) -> Result<(), ReadError> {
        self.identities = Uids::Shared;
        let personal = self.personal_kind(&event, first);
        let RawEvent { line, uid, summary, repeats, .. } = event;
        let uid = uid.unwrap_or_else(|| {
            let start = first.start_day();
            events_of_one_uid::derived(
                start,
                day_arithmetic::plus_or_last(start, first.most_nights()),
                &summary,
            )
        });
        let nothing = Replaced::default();
        let replaced = replaced.get(&uid).unwrap_or(&nothing);
        let uid = name_of(uid, is_whole);
        let window = Window { from: self.limits.window_from, to: self.limits.window_to };
        let repeats = repeats.unwrap_or_default();
        let found = occurrences(first, &repeats, replaced, window, &self.zones, &mut self.budget);
        let found = found.map_err(|Spent| self.too_many(line))?;
        let of = OfEvent { summary, personal, line };
        let mut blocks = false;
        for occurrence in found {
            let Some((check_in, check_out)) = occurrence.shape.nights(&self.zones) else { continue };
            blocks = true;
            if check_out > window.from && check_in < window.to {
                let day = Some(occurrence.day);
                self.push(Some(uid.clone()), &of, (check_in, check_out), day)?;
            }
        }
        if !blocks {
            self.passed_over.no_night += 1;
            self.notes
                .add(line, "a repeating event that touches no night in the window, so it blocks nothing");
        }
        Ok(())
    }

    fn push(
        &mut self,
        uid: Option<String>,
        of: &OfEvent,
        range: (Date, Date),
        recurrence_id: Option<Date>,
    ) -> Result<(), ReadError> {
        let OfEvent { ref summary, personal, line } = *of;
        if self.busy.len() >= self.limits.max_ranges {
            return Err(self.too_many(line));
        }
        let (check_in, check_out) = self.cut(range, line);
        let uid = uid.unwrap_or_else(|| {
            self.identities = Uids::Shared;
            self.notes.add(line, "it has no UID, one is made of its days and summary");
            events_of_one_uid::derived(check_in, check_out, summary)
        });
        let kind = stay_or_block::of(&uid, summary);
        let summary = summary.clone();
        let busy = Busy { uid, check_in, check_out, summary, kind, recurrence_id };
        if let Some(kind) = personal {
            let left_out = self.leave_out.has(kind);
            if self.personal.len() < MOST_PERSONAL {
                self.personal.push(PersonalDays { busy: busy.clone(), kind, left_out });
            }
            if left_out {
                self.passed_over.left_out += 1;
                return Ok(());
            }
        }
        self.busy.push((busy, line));
        Ok(())
    }

    /// The range, or as much of it as the limit allows. Cut at months, so that the cut moves once a month only.
    fn cut(&mut self, (check_in, check_out): (Date, Date), line: usize) -> (Date, Date) {
        let most = i64::from(self.limits.max_nights_per_event.max(1));
        if day_arithmetic::between(check_in, check_out) <= most {
            return (check_in, check_out);
        }
        self.notes.add(line, "it is longer than events may be, the nights far from today are cut off");
        let from = check_in.max(self.limits.window_from.first_of_month());
        let to = check_out.min(self.limits.window_to.first_of_month());
        let (from, to) = if from < to { (from, to) } else { (check_in, check_out) };
        let latest = day_arithmetic::plus_or_last(from, most);
        (from, to.min(latest))
    }

    /// The day that RECURRENCE-ID names, on the calendar of the event.
    fn day_of(&self, moment: Moment, shape: EventSpan) -> Date {
        match (moment, shape) {
            (Moment::At(at, from), EventSpan::Timed { zone, .. }) => {
                self.zones.convert(at, from, zone).date()
            }
            (Moment::Day(day), _) => day,
            (Moment::At(at, _), EventSpan::Days { .. }) => at.date(),
        }
    }

    fn too_many(&self, line: usize) -> ReadError {
        ReadError::TooManyRepeats { line, max_ranges: self.limits.max_ranges }
    }

    fn finish(mut self, product: Option<String>) -> Feed {
        self.zones.add_notes(&mut self.notes);
        if self.identities == Uids::Shared {
            events_of_one_uid::make_unique(&mut self.busy, &mut self.notes);
        }
        let mut busy: Vec<Busy> = self.busy.into_iter().map(|(busy, _)| busy).collect();
        busy.sort_unstable_by(|a, b| {
            let days = |busy: &Busy| (busy.check_in, busy.check_out);
            days(a).cmp(&days(b)).then_with(|| a.uid.cmp(&b.uid)).then(a.recurrence_id.cmp(&b.recurrence_id))
        });
        self.personal.sort_by_key(|one| (one.busy.check_in, one.busy.check_out));
        Feed {
            product,
            name: Some(self.calendar).filter(|name| !name.is_empty()),
            busy,
            unreadable: self.unreadable,
            personal: self.personal,
            passed_over: self.passed_over,
            notes: self.notes.finish(),
        }
    }
}

/// One note for all of them: the pages of Google and Apple mark every whole day so.
fn note_marked_free(events: &[RawEvent], leave_out: &LeaveOut, notes: &mut Notes) {
    let marked = |event: &&RawEvent| event.is_marked_free() && !event.superseded && !event.is_cancelled();
    let count = events.iter().filter(marked).count();
    if let Some(first) = events.iter().find(marked)
        && !leave_out.has(PersonalKind::MarkedFree)
    {
        notes.add(
            first.line,
            format!(
                "whole days that are marked as free time (TRANSP:TRANSPARENT) block all the same: {count}"
            ),
        );
    }
}

/// Times without a zone are the property's, as RFC 5545 has it; that the calendar's owner lives by another clock is told.
fn note_floating(events: &[RawEvent], zone_name: Option<&str>, zone: &TimeZone, notes: &mut Notes) {
    let floats = |event: &&RawEvent| matches!(event.start, Some(Moment::At(_, ZoneRef::PROPERTY)));
    let Some(zone_name) = zone_name.filter(|name| !is_called(zone, name)) else { return };
    if let Some(event) = events.iter().find(floats) {
        let shown = text_escapes::cut(zone_name, 60);
        notes.add(
            event.line,
            format!("times without a zone are read in the property's, not in \"{shown}\" (X-WR-TIMEZONE)"),
        );
    }
}

/// What is sure of an event of which not everything can be read goes by a name of its own, so that it is not taken for
/// the whole event with fewer nights.
fn name_of(uid: String, is_whole: bool) -> String {
    if is_whole { uid } else { format!("{uid}/part") }
}

/// By UID, what other events of the feed say of its occurrences.
fn replaced_occurrences(events: &[RawEvent], zones: &Zones) -> HashMap<String, Replaced> {
    let mut replaced: HashMap<String, Replaced> = HashMap::new();
    for event in events.iter().filter(|event| !event.superseded) {
        let (Some(uid), Some(moment)) = (&event.uid, event.replaces) else { continue };
        let of_uid = replaced.entry(uid.clone()).or_default();
        of_uid.moments.push(moment);
        let is_sure = event.replaces_later && !event.blocks_nothing() && !event.end_is_unreadable;
        if let Some((shape, _)) = EventSpan::of(event, zones).filter(|_| is_sure) {
            of_uid.later.push(Later { from: moment, shape });
        }
    }
    replaced
}
