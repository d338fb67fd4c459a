//! A provider's ids, checked before they stand in a path.

use crate::http::CallError;

/// Whether `id` is made of ASCII letters, digits, `-` and `_`: nothing that could change the path of a call.
pub fn is_sound(id: &str, max_length: usize) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=max_length).contains(&id.len()) && id.bytes().all(plain)
}

/// The id, fit for a path.
///
/// # Errors
/// `Refused` without asking anybody: what is no id of theirs cannot be found there.
pub fn sound(id: &str, max_length: usize) -> Result<&str, CallError> {
    if is_sound(id, max_length) {
        return Ok(id);
    }
    Err(CallError::Refused { status: 0, code: None, detail: "this is no id of theirs".to_owned() })
}
