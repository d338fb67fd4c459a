//! Ids, codes and tokens: chance, passed in.

use std::sync::{Arc, Mutex};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::ids::StayCode;
use jiff::Timestamp;
use rand::{Rng as _, RngExt as _, SeedableRng as _, rngs::StdRng};

/// Seeded from the system, or from a test's number so that a failing run replays.
#[derive(Clone, Debug)]
pub struct Rng(Arc<Mutex<StdRng>>);

impl Rng {
    /// `seed` comes from the operating system: the program takes it, and nobody else.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(Arc::new(Mutex::new(StdRng::from_seed(seed))))
    }

    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// A UUID of version 7: later ids sort after earlier ones.
    pub fn id(&self, now: Timestamp) -> String {
        let mut random = [0_u8; 10];
        self.fill(&mut random);
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string()
    }

    pub fn stay_code(&self) -> StayCode {
        let mut random = [0_u8; 8];
        self.fill(&mut random);
        StayCode::from_random(u64::from_le_bytes(random))
    }

    /// 192 random bits, safe in a URL.
    pub fn token(&self) -> String {
        let mut random = [0_u8; 24];
        self.fill(&mut random);
        BASE64_URL_SAFE_NO_PAD.encode(random)
    }

    /// 128 random bits that name a person or a key.
    pub fn staff_id(&self) -> domain::staff::Id {
        let mut random = [0_u8; 16];
        self.fill(&mut random);
        domain::staff::Id::from_random(u128::from_le_bytes(random))
    }

    /// A number in `0..below`, for jitter.
    pub fn below(&self, below: i64) -> i64 {
        if below <= 0 { 0 } else { self.lock().random_range(0..below) }
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.lock().fill_bytes(bytes);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, StdRng> {
        // A generator is never left half-changed: a poisoned lock is as good as a sound one.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
