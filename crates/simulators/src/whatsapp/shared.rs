//! What all of the handlers share.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};

use super::{
    WhatsAppFaults, WhatsAppSettings,
    guest::{Entry, Guest},
    media::MediaFile,
};
use crate::{control::Simulated, courier::Retry, sync::lock, works::Works};

/// One simulated number, as its handlers see it.
pub struct Shared {
    pub(crate) phone_number_id: String,
    pub(crate) display_phone_number: String,
    pub(crate) access_token: String,
    pub(crate) works: Works,
    book: Mutex<Book>,
}

/// What changes.
pub(crate) struct Book {
    pub(crate) settings: WhatsAppSettings,
    /// By phone.
    pub(crate) guests: BTreeMap<String, Guest>,
    /// By media id.
    pub(crate) media: HashMap<String, MediaFile>,
    pub(crate) faults: WhatsAppFaults,
}

impl Shared {
    pub(super) fn new(
        phone_number_id: String,
        display_phone_number: String,
        access_token: String,
        settings: WhatsAppSettings,
        works: Works,
    ) -> Self {
        let book = Mutex::new(Book {
            settings,
            faults: WhatsAppFaults::default(),
            guests: BTreeMap::new(),
            media: HashMap::new(),
        });
        Self { phone_number_id, display_phone_number, access_token, works, book }
    }

    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.book)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.works.now()
    }

    /// A message id in Meta's shape: `wamid.` and base64 over the guest's number, the direction and a random part.
    pub(crate) fn wamid(&self, phone: &str, from_guest: bool) -> String {
        let (direction, length) = if from_guest { (0x12, 20) } else { (0x11, 18) };
        let phone = &phone.as_bytes()[..phone.len().min(20)];
        let mut bytes = vec![0x1c, 0x18, u8::try_from(phone.len()).unwrap_or(0)];
        bytes.extend_from_slice(phone);
        bytes.extend_from_slice(&[0x15, 0x02, 0x00, direction, 0x18, length]);
        bytes.extend_from_slice(self.works.ids.hex(usize::from(length)).as_bytes());
        bytes.push(0);
        format!("wamid.{}", STANDARD.encode(bytes))
    }
}

impl Simulated for Shared {
    type Settings = WhatsAppSettings;
    type Faults = WhatsAppFaults;

    fn works(&self) -> &Works {
        &self.works
    }

    fn steer<T>(&self, change: impl FnOnce(&mut WhatsAppSettings, &mut WhatsAppFaults) -> T) -> T {
        let mut book = self.book();
        let Book { settings, faults, .. } = &mut *book;
        change(settings, faults)
    }

    fn retry(settings: &WhatsAppSettings) -> Retry {
        settings.retry.clone()
    }
}

impl Book {
    pub(crate) fn guest(&mut self, phone: &str) -> &mut Guest {
        self.guests.entry(phone.to_owned()).or_insert_with(|| Guest::new(phone))
    }

    pub(crate) fn find_by_user_id(&mut self, user_id: &str) -> Option<&mut Guest> {
        self.guests.values_mut().find(|guest| guest.user_id == user_id)
    }

    pub(crate) fn find_entry(&mut self, wamid: &str) -> Option<&mut Entry> {
        self.guests.values_mut().find_map(|guest| guest.find_entry(wamid))
    }

    /// Seconds for a webhook: a string on the wire, moved by the configured skew.
    pub(crate) fn wire_seconds(&self, at: Timestamp) -> String {
        let skew = SignedDuration::from_secs(self.settings.clock_skew_seconds);
        at.saturating_add(skew).map_or_else(|_| at.as_second(), |moved| moved.as_second()).to_string()
    }
}

/// The digits of a phone number written any way.
pub(crate) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}
