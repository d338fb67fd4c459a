//! Ids as they may stand in a path.

/// Longer than any id of theirs: payments have 11 digits or so, preferences about 46 characters.
const MAX_LENGTH: usize = 64;

/// Whether `id` is made of ASCII letters, digits, `-` and `_`: nothing that could change the path of a call.
pub fn is_sound(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=MAX_LENGTH).contains(&id.len()) && id.bytes().all(plain)
}
