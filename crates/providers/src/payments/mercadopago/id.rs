//! Mercado Pago's ids, checked before they stand in a path.

use crate::{http::CallError, payments::id};

/// Longer than any id of theirs: payments have 11 digits or so, preferences about 46 characters.
const MAX_LENGTH: usize = 64;

pub fn is_sound(id: &str) -> bool {
    id::is_sound(id, MAX_LENGTH)
}

pub fn sound(id: &str) -> Result<&str, CallError> {
    id::sound(id, MAX_LENGTH)
}
