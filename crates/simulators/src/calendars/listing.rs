//! A listing, its stays and its closed nights.

use std::collections::VecDeque;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    Nights, Platform,
    feed_fault::{Fetch, PlannedFeedFault},
    listing_import::Import,
};

/// One accommodation, or one calendar, at one platform.
#[derive(Clone, Debug, Serialize)]
pub struct Listing {
    /// In the address at Airbnb and Google, and on the control side everywhere.
    pub id: String,
    /// Whose calendar it is.
    pub platform: Platform,
    /// The secret in the address.
    pub token: String,
    /// Where others read it.
    pub url: String,
    /// What can be changed.
    pub settings: ListingSettings,
    /// What was booked here, oldest first; gone when cancelled, except at Google.
    pub stays: Vec<Stay>,
    /// What the host closed by hand.
    pub blocks: Vec<Block>,
    /// The calendars that it reads.
    pub imports: Vec<Import>,
    /// When a stay or a block last changed, or an import brought something else.
    pub changed_at: Timestamp,
    #[serde(skip)]
    pub(crate) faults: VecDeque<PlannedFeedFault>,
    #[serde(skip)]
    pub(crate) fetches: VecDeque<Fetch>,
}

/// What of a listing can be changed at any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListingSettings {
    /// For people.
    pub name: String,
    /// What the reader of a feed can compare.
    pub validators: Validators,
    /// Airbnb: so many days from today on cannot be booked any more; the block slides each day.
    pub advance_notice_days: u16,
    /// Airbnb: nobody can book further ahead than this; the block behind it slides each day. None: a year.
    pub booking_window_days: Option<u16>,
    /// Booking.com: the host has set prices up to this day. All after it is closed, up to a day that slides. None:
    /// nothing is closed.
    pub open_until: Option<Date>,
    /// Vrbo: the language of what it says.
    pub language: Language,
}

/// What the reader of a feed can compare, to be answered 304. DTSTAMP does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validators {
    /// The whole calendar each time.
    None,
    /// `ETag`.
    Etag,
    /// `Last-Modified`.
    LastModified,
    /// Either.
    Both,
}

/// The languages of which Vrbo's words are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// `Reserved - Ana`, `Blocked`.
    En,
    /// `Réservée - Ana`, `Indisponible`, `Provisoire - Ana`.
    Fr,
}

/// Somebody's nights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stay {
    /// For the control side.
    pub id: String,
    /// In the feed. Kept when the dates change, except at Booking.com, whose feed knows no stays.
    pub uid: String,
    /// When.
    #[serde(flatten)]
    pub nights: Nights,
    /// First name, where the platform shows it.
    pub guest: String,
    /// Whole days, or from an hour to an hour.
    pub shown_as: ShownAs,
    /// Where it stands.
    pub state: StayState,
    /// How often it was changed.
    pub sequence: u32,
    /// When it was booked.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// How a stay stands in a calendar of notes (Google, iCloud). Platforms that let rooms show whole days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownAs {
    /// `VALUE=DATE`.
    #[default]
    Days,
    /// From 15:00 to 11:00 in Buenos Aires: in UTC at Google, with a TZID at iCloud.
    Hours,
}

/// Where a stay stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StayState {
    /// Booked.
    #[default]
    Reserved,
    /// Vrbo: requested and not yet accepted.
    Tentative,
    /// Google: still in the feed, with `STATUS:CANCELLED`.
    Cancelled,
}

/// Nights that the host closed by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
    /// For the control side.
    pub id: String,
    /// When.
    #[serde(flatten)]
    pub nights: Nights,
}

impl Listing {
    /// The nights of those who are coming or have come.
    pub(crate) fn stayed(&self) -> Vec<Nights> {
        let live = self.stays.iter().filter(|stay| stay.state != StayState::Cancelled);
        live.map(|stay| stay.nights).collect()
    }

    /// The nights that are closed for a reason other than a stay of its own: by hand, or by another calendar.
    pub(crate) fn closed(&self) -> Vec<Nights> {
        let by_hand = self.blocks.iter().map(|block| block.nights);
        by_hand.chain(self.imports.iter().flat_map(|import| import.nights.iter().copied())).collect()
    }

    /// Whether a stay could be booked for these nights, other than the one with this id.
    pub(crate) fn is_free(&self, nights: Nights, but_for: Option<&str>) -> bool {
        let stays = self.stays.iter().filter(|stay| stay.state != StayState::Cancelled);
        let others = stays.filter(|stay| Some(stay.id.as_str()) != but_for).map(|stay| stay.nights);
        !self.platform.lets_rooms() || !others.chain(self.closed()).any(|taken| taken.overlaps(nights))
    }
}
