//! JSON as Meta writes it: ASCII only.

use std::fmt::Write;

use serde_json::Value;

/// The value as Meta writes it: non-ASCII as `\uXXXX` with lower-case digits and `/` as `\/`.
///
/// Source: Meta's webhook page ("an escaped unicode version of the payload, with lowercase hex digits"). Whoever parses
/// and writes the body again before checking the signature gets other bytes.
pub(crate) fn write(value: &Value) -> Vec<u8> {
    let plain = value.to_string();
    let mut escaped = String::with_capacity(plain.len() + plain.len() / 8);
    let mut units = [0u16; 2];
    for character in plain.chars() {
        match character {
            // Outside strings JSON has neither a slash nor anything beyond ASCII, so no parser is needed here.
            '/' => escaped.push_str("\\/"),
            character if character.is_ascii() => escaped.push(character),
            character => {
                for unit in character.encode_utf16(&mut units) {
                    // Writing to a String cannot fail.
                    let _infallible = write!(escaped, "\\u{unit:04x}");
                }
            }
        }
    }
    escaped.into_bytes()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn only_ascii_leaves() {
        let bytes = super::write(&json!({"text":{"body":"¡Hola 😀 a/b"}}));
        assert_eq!(bytes, br#"{"text":{"body":"\u00a1Hola \ud83d\ude00 a\/b"}}"#);
    }
}
