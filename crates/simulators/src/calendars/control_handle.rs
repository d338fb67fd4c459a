//! What the tests and the demo steer: listings, stays, blocks, and the calendars that a listing reads.

use std::{collections::VecDeque, sync::Arc};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Nights, Platform,
    all_listings::Sim,
    feed::{self, Requested, day_of},
    feed_fault::{Fetch, PlannedFeedFault},
    listing::{Block, Language, Listing, ListingSettings, ShownAs, Stay, StayState},
    listing_import::{self, Import, Poll},
    night_range::later,
};
use crate::core::patch;

/// Steers a running simulator: plays guests and hosts of all platforms, plans faults, makes platforms read calendars.
/// An error says in a sentence why something cannot be done.
#[derive(Clone)]
pub struct CalendarsControl {
    pub(super) sim: Arc<Sim>,
}

/// A listing to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewListing {
    /// Whose calendar it is.
    pub platform: Platform,
    /// For people; the platform's name unless given.
    #[serde(default)]
    pub name: Option<String>,
    /// A number of its own unless given.
    #[serde(default)]
    pub id: Option<String>,
}

/// A stay to book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewStay {
    /// The first night.
    pub check_in: Date,
    /// The day after the last night.
    pub check_out: Date,
    /// First name; Ana unless given.
    #[serde(default = "ana")]
    pub guest: String,
    /// A number of its own unless given.
    #[serde(default)]
    pub id: Option<String>,
    /// Vrbo: `tentative` for what is only requested.
    #[serde(default)]
    pub state: StayState,
    /// Google, iCloud: `hours` for a stay from an hour to an hour.
    #[serde(default)]
    pub shown_as: ShownAs,
}

/// A calendar that a listing is to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewImport {
    /// Where.
    pub url: String,
    /// The platform's usual time unless given.
    #[serde(default)]
    pub every_minutes: Option<u32>,
}

impl CalendarsControl {
    /// Makes a listing. Refused when there is one with its id.
    pub fn add_listing(&self, new: NewListing) -> Result<Listing, String> {
        let (ids, now) = (&self.sim.core.ids, self.sim.now());
        let mut model = self.sim.model();
        let id = new.id.unwrap_or_else(|| ids.number().to_string());
        if model.find(&id).is_ok() {
            return Err("there is a listing with this id".to_owned());
        }
        let platform = new.platform;
        let year = later(day_of(now), 365);
        let mut listing = Listing {
            id,
            platform,
            token: platform.token(ids),
            url: String::new(),
            settings: ListingSettings {
                name: new.name.unwrap_or_else(|| platform.name().to_owned()),
                validators: platform.validators(),
                advance_notice_days: 1,
                booking_window_days: Some(270),
                open_until: Some(year),
                language: Language::En,
            },
            stays: Vec::new(),
            blocks: Vec::new(),
            imports: Vec::new(),
            changed_at: now,
            faults: VecDeque::new(),
            fetches: VecDeque::new(),
        };
        listing.url = format!("{}{}", self.sim.public_base_url, platform.address(&listing));
        model.listings.push(listing.clone());
        Ok(listing)
    }

    /// All listings, oldest first.
    pub fn listings(&self) -> Vec<Listing> {
        self.sim.model().listings.clone()
    }

    /// A listing with all that is in it.
    pub fn listing(&self, id: &str) -> Result<Listing, String> {
        self.sim.model().find(id).map(|listing| listing.clone())
    }

    /// Changes the settings of a listing.
    pub fn change_settings(&self, id: &str, change: impl FnOnce(&mut ListingSettings)) -> Result<(), String> {
        self.with(id, |listing, now| {
            change(&mut listing.settings);
            listing.changed_at = now;
            Ok(())
        })
    }

    /// Changes the settings that a JSON object names.
    pub fn patch_settings(&self, id: &str, changes: &Value) -> Result<ListingSettings, String> {
        let patched = patch(&self.listing(id)?.settings, changes)?;
        self.change_settings(id, |settings| settings.clone_from(&patched))?;
        Ok(patched)
    }

    /// A guest books. Refused when a night is taken, unless the platform is a calendar of notes.
    pub fn book(&self, listing: &str, new: NewStay) -> Result<Stay, String> {
        let ids = &self.sim.core.ids;
        self.with(listing, |listing, now| {
            let nights = free(listing, new.check_in, new.check_out, None)?;
            let id = new.id.unwrap_or_else(|| ids.number().to_string());
            if listing.stays.iter().any(|stay| stay.id == id) {
                return Err("there is a stay with this id".to_owned());
            }
            let stay = Stay {
                id,
                uid: listing.platform.stay_uid(ids),
                nights,
                guest: new.guest,
                shown_as: new.shown_as,
                state: new.state,
                sequence: 0,
                created_at: now,
                updated_at: now,
            };
            listing.stays.push(stay.clone());
            listing.changed_at = now;
            Ok(stay)
        })
    }

    /// Changes the dates of a stay, which keeps its UID.
    pub fn move_stay(
        &self,
        listing: &str,
        id: &str,
        check_in: Date,
        check_out: Date,
    ) -> Result<Stay, String> {
        self.with(listing, |listing, now| {
            let nights = free(listing, check_in, check_out, Some(id))?;
            let stay = listing.stays.iter_mut().find(|stay| stay.id == id).ok_or_else(no_stay)?;
            (stay.nights, stay.updated_at) = (nights, now);
            stay.sequence += 1;
            listing.changed_at = now;
            Ok(stay.clone())
        })
    }

    /// Cancels a stay: it is gone from the feed, or marked at Google.
    pub fn cancel(&self, listing: &str, id: &str) -> Result<(), String> {
        self.with(listing, |listing, now| {
            let stay = listing.stays.iter_mut().find(|stay| stay.id == id).ok_or_else(no_stay)?;
            (stay.state, stay.updated_at) = (StayState::Cancelled, now);
            stay.sequence += 1;
            if listing.platform != Platform::Google {
                listing.stays.retain(|stay| stay.state != StayState::Cancelled);
            }
            listing.changed_at = now;
            Ok(())
        })
    }

    /// The host closes nights by hand. Returns the block's id.
    pub fn block(&self, listing: &str, check_in: Date, check_out: Date) -> Result<String, String> {
        let id = self.sim.core.ids.number().to_string();
        self.with(listing, |listing, now| {
            let nights = Nights::new(check_in, check_out).ok_or_else(no_nights)?;
            listing.blocks.push(Block { id: id.clone(), nights });
            listing.changed_at = now;
            Ok(id)
        })
    }

    /// The host opens nights again that were closed by hand.
    pub fn unblock(&self, listing: &str, id: &str) -> Result<(), String> {
        self.with(listing, |listing, now| {
            let count = listing.blocks.len();
            listing.blocks.retain(|block| block.id != id);
            listing.changed_at = now;
            if listing.blocks.len() < count { Ok(()) } else { Err("there is no such block".to_owned()) }
        })
    }

    /// A listing reads another calendar from now on: when told, or when its time has come. In place of what it knew of
    /// the same address.
    pub fn add_import(&self, listing: &str, new: NewImport) -> Result<(), String> {
        self.with(listing, |listing, _| {
            let every_minutes = new.every_minutes.unwrap_or_else(|| listing.platform.reads_every_minutes());
            listing.imports.retain(|import| import.url != new.url);
            let (nights, validators) = (Vec::new(), Vec::new());
            listing.imports.push(Import { url: new.url, every_minutes, nights, last: None, validators });
            Ok(())
        })
    }

    /// A listing forgets a calendar and opens its nights.
    pub fn remove_import(&self, listing: &str, url: &str) -> Result<(), String> {
        self.with(listing, |listing, now| {
            let count = listing.imports.len();
            listing.imports.retain(|import| import.url != url);
            listing.changed_at = now;
            if listing.imports.len() < count {
                Ok(())
            } else {
                Err("it does not read this address".to_owned())
            }
        })
    }

    /// A listing reads all of its calendars now, one after the other.
    pub async fn poll(&self, listing: &str) -> Result<Vec<Poll>, String> {
        let imports = self.listing(listing)?.imports;
        Ok(self.read(listing, imports).await)
    }

    /// Every listing reads those of its calendars whose time has come. Returns how many were read.
    pub async fn poll_due(&self) -> usize {
        let now = self.sim.now();
        let mut count = 0;
        for listing in self.listings() {
            let due = listing.imports.into_iter().filter(|import| import.is_due(now)).collect();
            count += self.read(&listing.id, due).await.len();
        }
        count
    }

    /// Something goes wrong with the next reading of a feed, or with all until it is switched off.
    pub fn misbehave(&self, listing: &str, fault: impl Into<PlannedFeedFault>) -> Result<(), String> {
        self.with(listing, |listing, _| {
            listing.faults.push_back(fault.into());
            Ok(())
        })
    }

    /// Nothing goes wrong any more with a feed.
    pub fn behave(&self, listing: &str) -> Result<(), String> {
        self.with(listing, |listing, _| {
            listing.faults.clear();
            Ok(())
        })
    }

    /// What is planned to go wrong with a feed, next first.
    pub fn faults(&self, listing: &str) -> Result<Vec<PlannedFeedFault>, String> {
        self.with(listing, |listing, _| Ok(listing.faults.iter().cloned().collect()))
    }

    /// Who has read a feed, oldest first; the last ten thousand.
    pub fn fetches(&self, listing: &str) -> Result<Vec<Fetch>, String> {
        self.with(listing, |listing, _| Ok(listing.fetches.iter().cloned().collect()))
    }

    /// A listing's feed as it is now, with nothing wrong and without counting as a reading.
    pub fn feed(&self, listing: &str) -> Result<String, String> {
        self.with(listing, |listing, now| Ok(feed::of(listing, now, Requested::Shown).text()))
    }

    async fn read(&self, listing: &str, imports: Vec<Import>) -> Vec<Poll> {
        let mut polls = Vec::new();
        for import in imports {
            let fetched = listing_import::fetch(&self.sim.core.client, &import.url, import.validators).await;
            let now = self.sim.now();
            let mut model = self.sim.model();
            // It may have been removed while it was read.
            let Ok(listing) = model.find(listing) else { break };
            let Some(kept) = listing.imports.iter_mut().find(|kept| kept.url == import.url) else { continue };
            if kept.apply(now, fetched) {
                listing.changed_at = now;
            }
            polls.extend(kept.last.clone());
        }
        polls
    }

    fn with<T>(
        &self,
        id: &str,
        work: impl FnOnce(&mut Listing, Timestamp) -> Result<T, String>,
    ) -> Result<T, String> {
        let now = self.sim.now();
        let mut model = self.sim.model();
        work(model.find(id)?, now)
    }
}

fn free(listing: &Listing, check_in: Date, check_out: Date, but_for: Option<&str>) -> Result<Nights, String> {
    let nights = Nights::new(check_in, check_out).ok_or_else(no_nights)?;
    if listing.is_free(nights, but_for) { Ok(nights) } else { Err("a night is taken".to_owned()) }
}

fn no_nights() -> String {
    "the departure comes after the arrival".to_owned()
}

fn no_stay() -> String {
    "there is no stay with this id".to_owned()
}

fn ana() -> String {
    "Ana".to_owned()
}
