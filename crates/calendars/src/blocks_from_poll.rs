//! One poll of one feed, carried out: what is ours is left out, the waiting rules decide, blocks follow, nights that
//! were sold twice are told.

use std::collections::{HashMap, HashSet};

use dialog::IncidentFacts;
use domain::{
    accommodation::Accommodation,
    block::{Block, BlockKind},
    period::Period,
};
use ical::{BusyKind, Followed, Known, Loss, NightSet, Poll, Provider, Terms, WaitingRules};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{
    block::{self, Stored},
    db::{DbError, Session},
    feed::Feed,
};

use crate::{
    conflicts,
    own_events_coming_back::{self, LoopbackEvent, Ours},
};
use crate::{
    incident_kind::{self, Kind},
    last_shown_to_readers::shown_to,
    own_uids::own_uids,
    read_for_accommodation::About,
    reading_counts::ReadingCounts,
    room,
};
use kernel::{App, Tx};

/// What is remembered of a feed between two polls.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) followed: Followed,
    /// Nights of the last reading that were ours come back.
    #[serde(rename = "echoes")]
    pub(crate) loopbacks: Vec<LoopbackEvent>,
    /// What the last good reading consisted of.
    #[serde(default)]
    pub(crate) counts: ReadingCounts,
}

/// What one poll saw.
pub(crate) enum Observed {
    Read(ical::Feed),
    /// The same as the last good reading.
    Unchanged,
    Failed,
}

/// What followed from one poll.
#[derive(Debug, Default)]
pub(crate) struct Followup {
    pub(crate) state: State,
    pub(crate) created: usize,
    pub(crate) updated: usize,
    pub(crate) removed: usize,
    /// Nights that stay blocked though the feed does not have them.
    pub(crate) held_back: i64,
    pub(crate) conflicts: usize,
}

/// How soon nights that are gone from a reading may be sold again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    /// Fetched from a provider, which may have a bad minute.
    Wait,
    /// A person handed this text in. What would free much of the calendar waits all the same.
    UnlessMuch,
    /// A person handed this text in and said that it is meant so.
    None,
}

/// The state of a feed as it was kept; of one that an older version of this program read, from its blocks.
pub(crate) async fn state_of(session: &mut Session, feed: &Feed) -> Result<State, DbError> {
    if let Some(state) = &feed.state {
        let state = serde_json::from_value(state.clone());
        return state.map_err(|_| DbError::Corrupt("the state of a feed"));
    }
    let blocks = block::list_of_feed(session, &feed.id).await?;
    let known = |stored: Stored| Known {
        key: stored.block.uid,
        check_in: stored.block.period.check_in(),
        check_out: stored.block.period.check_out(),
        kind: match stored.block.kind {
            BlockKind::Stay => BusyKind::Stay,
            BlockKind::Closed => BusyKind::Block,
        },
    };
    let events = blocks.into_iter().map(known).collect();
    let followed = Followed { events, last_good_at: feed.last_good_at, ..Followed::default() };
    Ok(State { followed, ..State::default() })
}

/// Carries one poll out, in the caller's transaction, which has locked the accommodation.
pub(crate) async fn follow(
    tx: &mut Tx<'_>,
    about: &About<'_>,
    observed: Observed,
    patience: Patience,
) -> Result<Followup, DbError> {
    let About { accommodation, feed, provider } = *about;
    let before = state_of(&mut tx.session, feed).await?;
    let today = accommodation.zone.today(tx.now);
    let mut counts = before.counts;
    let reading = match observed {
        Observed::Read(reading) => {
            counts = ReadingCounts::of(&reading);
            Some(reading)
        }
        Observed::Unchanged => {
            Some(own_events_coming_back::again(&before.followed, &before.loopbacks, today))
        }
        Observed::Failed => None,
    };
    let zone = accommodation.zone.time_zone();
    let Some(reading) = reading else {
        let terms = Terms { provider, zone, rules: &room(tx.app).waiting };
        let step = ical::follow(&before.followed, Poll::Failed, tx.now, &terms);
        return Ok(Followup {
            held_back: step.state.held_back_nights().len(),
            state: State { followed: step.state, loopbacks: before.loopbacks, counts },
            ..Followup::default()
        });
    };
    let summaries: HashMap<String, String> =
        reading.busy.iter().map(|busy| (provider.key(busy), busy.summary.clone())).collect();
    let shown = shown_to(&mut tx.session, &accommodation.id, &feed.source, tx.now).await?;
    let ours = Ours {
        came_back: if shown.is_some() { Vec::new() } else { before.loopbacks.clone() },
        shown: shown.unwrap_or_default(),
        uids: own_uids(tx.app, &mut tx.session, &accommodation.id, &reading).await?,
    };
    let genuine = own_events_coming_back::genuine(&before.followed, provider);
    let (reading, loopbacks) = own_events_coming_back::split(reading, provider, &ours, &genuine);

    let rules = rules_for(tx.app, &before.followed, &reading, about, patience, tx.now);
    let terms = Terms { provider, zone, rules: &rules };
    let mut step = ical::follow(&before.followed, Poll::Read(&reading), tx.now, &terms);
    step.state.release(&newly_left_out(&before.followed, &reading, provider));
    tracing::debug!(feed = feed.id, freed = step.freed_nights().len(), "a feed was read");

    let mut followup = Followup { held_back: step.state.held_back_nights().len(), ..Followup::default() };
    let has_freed = !step.freed.is_empty();
    if has_freed {
        tracing::info!(feed = feed.id, source = feed.source, freed = ?step.freed, "nights of a feed are free again");
    }
    let wanted = rows(accommodation, feed, &step.state, &summaries);
    followup.state = State { followed: step.state, loopbacks, counts };
    reconcile(&mut tx.session, feed, wanted, &mut followup, tx.now).await?;
    if followup.created + followup.updated > 0 || has_freed {
        followup.conflicts = conflicts::note(tx, about).await?;
    }
    tell_of_unreadable(tx, about, followup.state.followed.unreadable).await?;
    tell_of_shrink(tx, about, &followup.state.followed).await?;
    room(tx.app).metrics.events_imported.inc_by(followup.created as u64);
    Ok(followup)
}

/// Nights that only days had which the host has left out since: they are not missing, for the calendar still has them.
/// What anything else has, or had and lost, waits as ever.
fn newly_left_out(before: &Followed, reading: &ical::Feed, provider: Provider) -> NightSet {
    let left_out = reading.personal.iter().filter(|one| one.left_out);
    let keys: HashSet<String> = left_out.map(|one| provider.key(&one.busy)).collect();
    let (left_out, others): (Vec<&Known>, Vec<&Known>) =
        before.events.iter().partition(|known| keys.contains(&known.key));
    let nights = |events: &[&Known]| NightSet::of(events.iter().map(|one| (one.check_in, one.check_out)));
    nights(&left_out).without(&nights(&others)).without(&before.held_back_nights())
}

/// A text that a person hands in counts at once, unless it would free a quarter of what is known, or more.
fn rules_for(
    app: &App,
    before: &Followed,
    reading: &ical::Feed,
    about: &About<'_>,
    patience: Patience,
    now: Timestamp,
) -> WaitingRules {
    let (provider, zone) = (about.provider, about.accommodation.zone.time_zone());
    let waits = match patience {
        Patience::Wait => true,
        Patience::None => false,
        Patience::UnlessMuch => {
            let terms = Terms { provider, zone, rules: &room(app).waiting };
            let step = ical::follow(before, Poll::Read(reading), now, &terms);
            step.state.held_back.iter().any(|one| one.loss >= Loss::Quarter)
        }
    };
    if waits { room(app).waiting.clone() } else { WaitingRules::at_once() }
}

/// The rows that block what a feed blocks: its events, and what is held back of it.
pub(crate) fn rows(
    accommodation: &Accommodation,
    feed: &Feed,
    state: &Followed,
    summaries: &HashMap<String, String>,
) -> Vec<Stored> {
    let row = |uid: &str, check_in, check_out, kind, missing_since| {
        let period = Period::new(check_in, check_out).ok()?;
        let block = Block {
            accommodation_id: accommodation.id.clone(),
            feed: feed.id.clone(),
            uid: uid.to_owned(),
            period,
            summary: summaries.get(uid.trim_start_matches('=')).cloned().unwrap_or_default(),
            kind,
        };
        Some(Stored { block, missing_since })
    };
    let events = state.events.iter().filter_map(|known| {
        let kind = match known.kind {
            BusyKind::Stay => BlockKind::Stay,
            BusyKind::Block => BlockKind::Closed,
        };
        row(&block_uid(&known.key), known.check_in, known.check_out, kind, None)
    });
    let held = state.held_back.iter().filter_map(|one| {
        let uid = format!("held:{}", one.check_in);
        row(&uid, one.check_in, one.check_out, BlockKind::Closed, Some(one.missing_since))
    });
    events.chain(held).collect()
}

/// The names of what is held back are ours: no event may take one.
fn block_uid(key: &str) -> String {
    if key.starts_with("held:") || key.starts_with('=') { format!("={key}") } else { key.to_owned() }
}

/// Writes what differs and nothing else: an export shows when a block last changed.
pub(crate) async fn reconcile(
    session: &mut Session,
    feed: &Feed,
    wanted: Vec<Stored>,
    followup: &mut Followup,
    now: Timestamp,
) -> Result<(), DbError> {
    let known: HashMap<String, Stored> = block::list_of_feed(session, &feed.id)
        .await?
        .into_iter()
        .map(|stored| (stored.block.uid.clone(), stored))
        .collect();
    let names: HashSet<String> = wanted.iter().map(|stored| stored.block.uid.clone()).collect();
    let gone = |night| {
        let gone = |one: &&Stored| one.block.period.contains(night) && !names.contains(&one.block.uid);
        known.values().find(gone).map(|one| one.block.summary.clone())
    };
    let mut kept = HashSet::with_capacity(wanted.len());
    for mut stored in wanted {
        if !kept.insert(stored.block.uid.clone()) {
            continue;
        }
        let before = known.get(&stored.block.uid);
        if let Some(before) = before
            && stored.block.summary.is_empty()
        {
            stored.block.summary.clone_from(&before.block.summary);
        }
        if before.is_none() && stored.missing_since.is_some() {
            // What is held back keeps the words of what is gone.
            stored.block.summary = gone(stored.block.period.check_in()).unwrap_or_default();
        }
        if before == Some(&stored) {
            continue;
        }
        block::put(session, &stored, now).await?;
        match before {
            None if stored.missing_since.is_none() => followup.created += 1,
            // Nights that were only closed and are booked now may be sold twice.
            Some(before)
                if before.block.period != stored.block.period || before.block.kind != stored.block.kind =>
            {
                followup.updated += 1;
            }
            _ => {}
        }
    }
    for (uid, gone) in known.iter().filter(|(uid, _)| !kept.contains(*uid)) {
        block::delete(session, &feed.id, uid).await?;
        if gone.missing_since.is_none() {
            followup.removed += 1;
        }
    }
    Ok(())
}

/// An event whose days cannot be read may be a stay that blocks nothing.
async fn tell_of_unreadable(tx: &mut Tx<'_>, about: &About<'_>, events: u32) -> Result<(), DbError> {
    let About { accommodation, feed, .. } = *about;
    let subject = format!("feed:{}", feed.id);
    if events == 0 {
        return incident_kind::close(tx, Kind::Unreadable, &subject).await;
    }
    let (name, source) = (accommodation.name.clone(), feed.source.clone());
    incident_kind::open(tx, &IncidentFacts::CalendarUnreadable { name, source, events }, &subject).await
}

/// Nights held back for more than a cancellation are told once, and once when it is over, one way or the other.
pub(crate) async fn tell_of_shrink(
    tx: &mut Tx<'_>,
    about: &About<'_>,
    state: &Followed,
) -> Result<(), DbError> {
    let About { accommodation, feed, .. } = *about;
    let is_mass = |one: &&ical::HeldBack| {
        let many = one.together_nights >= i64::from(room(tx.app).waiting.mass_nights);
        one.loss == Loss::Everything || (one.loss != Loss::OneStay && many)
    };
    let suspicious =
        NightSet::of(state.held_back.iter().filter(is_mass).map(|one| (one.check_in, one.check_out)));
    // That everything is gone is told though less was told before.
    let is_all = state.held_back.iter().filter(is_mass).any(|one| one.loss == Loss::Everything);
    let [subject, all] = [format!("feed:{}", feed.id), format!("feed:{}/everything", feed.id)];
    if !is_all {
        incident_kind::close(tx, Kind::Shrunk, &all).await?;
    }
    if suspicious.is_empty() {
        return incident_kind::close(tx, Kind::Shrunk, &subject).await;
    }
    let subject = if is_all { all } else { subject };
    let shrunk = IncidentFacts::CalendarShrunk {
        name: accommodation.name.clone(),
        source: feed.source.clone(),
        nights: u16::try_from(suspicious.len()).unwrap_or(u16::MAX),
    };
    incident_kind::open(tx, &shrunk, &subject).await
}
