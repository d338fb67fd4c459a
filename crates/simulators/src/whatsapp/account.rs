//! One business number at WhatsApp: what is known of it from the start, and what is kept.

use std::collections::{BTreeMap, HashMap};

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;

use super::{
    guest_transcript::{Entry, Guest},
    media_download::MediaFile,
};
use crate::core::{SimState, VendorCall, VendorSim, skewed};

pub(crate) type Sim = VendorSim<Account>;
pub(crate) type AccountState = SimState<Account>;
pub(crate) type ApiCall<'a> = VendorCall<'a, Account>;

/// What is known of the number from the start.
pub struct Account {
    pub(crate) phone_number_id: String,
    pub(crate) display_phone_number: String,
    pub(crate) access_token: String,
}

/// What is kept for the number.
#[derive(Default)]
pub struct Model {
    /// By phone.
    pub(crate) guests: BTreeMap<String, Guest>,
    /// By media id.
    pub(crate) media: HashMap<String, MediaFile>,
}

impl VendorSim<Account> {
    /// A message id in Meta's shape: `wamid.` and base64 over the guest's number, the direction and a random part.
    pub(crate) fn wamid(&self, phone: &str, from_guest: bool) -> String {
        let (direction, length) = if from_guest { (0x12, 20) } else { (0x11, 18) };
        let phone = &phone.as_bytes()[..phone.len().min(20)];
        let mut bytes = vec![0x1c, 0x18, u8::try_from(phone.len()).unwrap_or(0)];
        bytes.extend_from_slice(phone);
        bytes.extend_from_slice(&[0x15, 0x02, 0x00, direction, 0x18, length]);
        bytes.extend_from_slice(self.core.ids.hex(usize::from(length)).as_bytes());
        bytes.push(0);
        format!("wamid.{}", STANDARD.encode(bytes))
    }
}

impl SimState<Account> {
    pub(crate) fn guest(&mut self, phone: &str) -> &mut Guest {
        self.model.guests.entry(phone.to_owned()).or_insert_with(|| Guest::new(phone))
    }

    pub(crate) fn find_by_user_id(&mut self, user_id: &str) -> Option<&mut Guest> {
        self.model.guests.values_mut().find(|guest| guest.user_id == user_id)
    }

    pub(crate) fn find_entry(&mut self, wamid: &str) -> Option<&mut Entry> {
        self.model.guests.values_mut().find_map(|guest| guest.find_entry(wamid))
    }

    /// Seconds for a webhook: a string on the wire, moved by the configured skew.
    pub(crate) fn wire_seconds(&self, at: Timestamp) -> String {
        skewed(at, self.settings.clock_skew_seconds).as_second().to_string()
    }
}

/// The digits of a phone number written any way.
pub(crate) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}
