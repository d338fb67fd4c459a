//! Splits a content line into name, parameters and value.

/// One logical line in its three parts, all trimmed of white space; values may be any bytes.
#[derive(Clone, Copy)]
pub(crate) struct Property<'a> {
    pub(crate) name: &'a [u8],
    /// Between the first `;` and the `:` of the value; empty when there are none.
    params: &'a [u8],
    pub(crate) value: &'a [u8],
}

impl<'a> Property<'a> {
    /// `None` when the line has no `:`, so that it is no property at all.
    pub(crate) fn parse(line: &'a [u8]) -> Option<Property<'a>> {
        let name_end = line.iter().position(|byte| matches!(byte, b':' | b';'))?;
        let name = line[..name_end].trim_ascii();
        let rest = &line[name_end + 1..];
        if line[name_end] == b':' {
            return Some(Property { name, params: &[], value: rest.trim_ascii() });
        }
        // A quote that is never closed would swallow the value; then any colon will do.
        let colon = unquoted(rest, b':').or_else(|| rest.iter().position(|byte| *byte == b':'))?;
        Some(Property { name, params: &rest[..colon], value: rest[colon + 1..].trim_ascii() })
    }

    /// The value of a parameter, without its quotes. Of a list, everything.
    pub(crate) fn param(&self, name: &str) -> Option<&'a [u8]> {
        let mut rest = self.params;
        while !rest.is_empty() {
            let end = unquoted(rest, b';').unwrap_or(rest.len());
            let one = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            let Some(equals) = one.iter().position(|byte| *byte == b'=') else { continue };
            if one[..equals].trim_ascii().eq_ignore_ascii_case(name.as_bytes()) {
                let value = one[equals + 1..].trim_ascii();
                let inner = value.strip_prefix(b"\"").unwrap_or(value);
                return Some(inner.strip_suffix(b"\"").unwrap_or(inner).trim_ascii());
            }
        }
        None
    }
}

/// The name in the first physical line of a property, if it is all there.
pub(crate) fn name_of(first: &[u8]) -> Option<&[u8]> {
    let end = first.iter().position(|byte| matches!(byte, b':' | b';'))?;
    Some(first[..end].trim_ascii())
}

fn unquoted(bytes: &[u8], wanted: u8) -> Option<usize> {
    let mut quoted = false;
    bytes.iter().position(|byte| {
        quoted ^= *byte == b'"';
        !quoted && *byte == wanted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, name: &str, param: (&str, Option<&str>), value: &str) {
        let property = Property::parse(line.as_bytes()).expect(line);
        assert_eq!(property.name, name.as_bytes(), "{line}");
        assert_eq!(property.param(param.0), param.1.map(str::as_bytes), "{line}");
        assert_eq!(property.value, value.as_bytes(), "{line}");
    }

    #[test]
    fn names_params_and_values() {
        check("UID:a:b;c", "UID", ("X", None), "a:b;c");
        check("DTSTART;VALUE=DATE:20260901", "DTSTART", ("value", Some("DATE")), "20260901");
        check("DTSTART ; VALUE = DATE : 20260901 ", "DTSTART", ("VALUE", Some("DATE")), "20260901");
        check("X;A=\";B=hidden:\";B=shown:v", "X", ("B", Some("shown")), "v");
        check(
            "DTSTART;TZID=\"(UTC+01:00) Roma\":2026",
            "DTSTART",
            ("TZID", Some("(UTC+01:00) Roma")),
            "2026",
        );
        check("DTSTART;TZID=\"open:2026", "DTSTART", ("TZID", Some("open")), "2026");
        check("DTSTART;TZID=:2026", "DTSTART", ("TZID", Some("")), "2026");
        check("A;B;C=d:", "A", ("C", Some("d")), "");
        assert!(Property::parse(b"no colon").is_none());
        assert!(Property::parse(b"A;B=c").is_none());
    }
}
