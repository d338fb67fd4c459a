//! Escapes of TEXT values, in both directions.

use std::borrow::Cow;

/// RFC 5545 3.3.11 read leniently: `\n \N \, \; \\`; any other backslash stays (Booking.com writes some).
/// Bytes that are not UTF-8 become U+FFFD.
pub(crate) fn unescape(value: &[u8]) -> Cow<'_, str> {
    if !value.contains(&b'\\') {
        return String::from_utf8_lossy(value);
    }
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        let plain = match (byte, rest.peek()) {
            (b'\\', Some(b'n' | b'N')) => b'\n',
            (b'\\', Some(next @ (b',' | b';' | b'\\'))) => *next,
            _ => {
                out.push(byte);
                continue;
            }
        };
        rest.next();
        out.push(plain);
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

/// RFC 5545 3.3.11. Line breaks of any kind become `\n`; other control characters have no form and are left out.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut after_cr = false;
    for char in text.chars() {
        match char {
            '\n' if after_cr => {}
            '\n' | '\r' => out.push_str("\\n"),
            ',' | ';' | '\\' => out.extend(['\\', char]),
            '\t' => out.push(' '),
            _ if char.is_control() => {}
            _ => out.push(char),
        }
        after_cr = char == '\r';
    }
    out
}

/// At most `max` bytes, cut between characters.
pub(crate) fn cut(text: &str, max: usize) -> &str {
    if text.len() <= max { text } else { &text[..text.floor_char_boundary(max)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_both_ways() {
        for (plain, written) in
            [("a, b; c\\d\ne", "a\\, b\\; c\\\\d\\ne"), ("", ""), ("Réservé", "Réservé"), ("\\n", "\\\\n")]
        {
            assert_eq!(escape(plain), written);
            assert_eq!(unescape(written.as_bytes()), plain);
        }
        assert_eq!(escape("a\r\nb\rc\u{7}\u{0}\td"), "a\\nb\\nc d");
        assert_eq!(unescape(b"Booking\\\\\\, b.v. \\x \\"), "Booking\\, b.v. \\x \\");
        assert_eq!(unescape(b"\xff\\n"), "\u{fffd}\n");
        assert_eq!(cut("aé", 2), "a");
    }
}
