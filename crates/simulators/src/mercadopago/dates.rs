//! Instants as Mercado Pago writes and wants them.

use jiff::{Timestamp, tz};

/// Milliseconds and the offset that Mercado Pago's answers carry: `2026-09-01T10:00:00.000-04:00`.
pub(crate) fn write(at: Timestamp) -> String {
    let local = at.to_zoned(tz::TimeZone::fixed(tz::offset(-4)));
    local.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

/// An instant with milliseconds and an offset (or `Z`); anything shorter is refused, as Mercado Pago does.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let (shape, offset) = text.split_at_checked("2026-09-01T10:00:00.000".len())?;
    let digits_and_marks = shape.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        10 => byte == b'T',
        13 | 16 => byte == b':',
        19 => byte == b'.',
        _ => byte.is_ascii_digit(),
    });
    let has_offset =
        offset == "Z" || (offset.len() == 6 && offset.starts_with(['+', '-']) && &offset[3..4] == ":");
    if digits_and_marks && has_offset { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_full_form_is_taken() {
        let at = super::parse("2026-09-01T10:00:00.000-03:00").unwrap();
        assert_eq!(at.to_string(), "2026-09-01T13:00:00Z");
        assert_eq!(super::write(at), "2026-09-01T09:00:00.000-04:00");
        assert!(super::parse("2026-09-01T10:00:00.000Z").is_some());
        for short in [
            "2026-09-01T10:00:00-03:00",
            "2026-09-01T10:00:00.000",
            "2026-09-01",
            "2026-09-01T10:00:00.000-0300",
        ] {
            assert_eq!(super::parse(short), None, "{short}");
        }
    }
}
