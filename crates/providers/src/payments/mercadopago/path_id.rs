//! Mercado Pago's ids, checked before they stand in a path.

use crate::{http::CallError, payments::path_id};

/// Longer than any id of theirs: payments have 11 digits or so, preferences about 46 characters.
const MAX_LENGTH: usize = 64;

pub fn is_sound(id: &str) -> bool {
    path_id::is_sound(id, MAX_LENGTH)
}

pub fn sound(id: &str) -> Result<&str, CallError> {
    path_id::sound(id, MAX_LENGTH)
}
