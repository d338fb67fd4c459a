//! Finds a time zone by the names that people and programs write.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use super::windows_names;
use crate::read::date_time_values::offset_seconds;

/// What a zone name led to.
pub(crate) enum Found {
    Known(TimeZone),
    /// Only a UTC offset stands in the name.
    OffsetOnly(TimeZone),
    Nothing,
}

/// A zone by any name that is not defined in the feed itself.
pub(crate) fn find(name: &str) -> Found {
    let name = name.trim();
    if let Some(zone) = iana(name).or_else(|| windows_names::iana_name(name).and_then(iana)) {
        return Found::Known(zone);
    }
    let Some(offset) = offset_in(name) else { return Found::Nothing };
    match by_place(name, offset) {
        Some(zone) => Found::Known(zone),
        None => Found::OffsetOnly(TimeZone::fixed(offset)),
    }
}

/// An IANA name, also at the end of a path (`/mozilla.org/20050126_1/America/Bogota`, `tzone://Microsoft/Utc`).
pub(super) fn iana(name: &str) -> Option<TimeZone> {
    let table = TimeZoneDatabase::bundled();
    let mut rest = name.trim_start_matches('/');
    for _ in 0..6 {
        // "Unknown" is a zone of jiff that behaves as UTC.
        if !rest.is_empty()
            && !rest.eq_ignore_ascii_case("Etc/Unknown")
            && let Ok(zone) = table.get(rest)
        {
            return Some(zone);
        }
        rest = rest.split_once('/')?.1;
    }
    None
}

/// The first `+HH:MM` in a display name such as `(UTC-03:00) Buenos Aires`.
fn offset_in(name: &str) -> Option<Offset> {
    let bytes = name.as_bytes();
    let sign =
        bytes.windows(2).position(|pair| matches!(pair[0], b'+' | b'-') && pair[1].is_ascii_digit())?;
    let digits = bytes[sign + 1..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b':').count();
    Offset::from_seconds(offset_seconds(&bytes[sign..=sign + digits])?).ok()
}

/// A city that a display name lists, or one of Outlook's names of regions, if the zone there has that offset.
fn by_place(name: &str, offset: Offset) -> Option<TimeZone> {
    let places =
        name.rsplit_once(')').filter(|(_, rest)| !rest.trim().is_empty()).map_or(name, |(_, rest)| rest);
    // "(UTC-05:00) Eastern Time (US & Canada)" ends with a bracket of its own.
    let places = if places == name { name.split_once(')').map_or(name, |(_, rest)| rest) } else { places };
    let places = without_accents(places);
    let region = windows_names::region(&places).into_iter().filter_map(iana);
    let cities = places.split([',', ';', '/']).filter_map(city);
    region.chain(cities).find(|zone| has_offset(zone, offset))
}

fn city(name: &str) -> Option<TimeZone> {
    let name = name.trim();
    let name = name.strip_prefix("City of ").or_else(|| name.strip_prefix("Ciudad de ")).unwrap_or(name);
    let name = name.replace(' ', "_");
    if name.len() < 3 {
        return None;
    }
    let table = TimeZoneDatabase::bundled();
    let found = table.available().find(|zone| {
        let last = zone.as_str().rsplit_once('/').map(|(_, city)| city);
        last.is_some_and(|city| city.eq_ignore_ascii_case(&name))
    })?;
    table.get(found.as_str()).ok()
}

/// Whether the zone keeps this offset in winter or summer (of 2026, for want of a clock).
fn has_offset(zone: &TimeZone, offset: Offset) -> bool {
    [1_768_478_400, 1_784_116_800]
        .into_iter()
        .filter_map(|second| Timestamp::from_second(second).ok())
        .any(|at| zone.to_offset(at) == offset)
}

fn without_accents(text: &str) -> String {
    text.chars()
        .map(|char| match char {
            'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        let said = match find(name) {
            Found::Known(zone) => zone.iana_name().unwrap_or("UTC").to_string(),
            Found::OffsetOnly(zone) => zone.to_fixed_offset().unwrap().to_string(),
            Found::Nothing => "nothing".to_string(),
        };
        assert_eq!(said, expected, "{name}");
    }

    #[test]
    fn zone_names() {
        check("America/Argentina/Cordoba", "America/Argentina/Cordoba");
        check("america/merida", "America/Merida");
        check("/mozilla.org/20050126_1/America/Bogota", "America/Bogota");
        check("/freeassociation.sourceforge.net/Europe/Madrid", "Europe/Madrid");
        check("tzone://Microsoft/Utc", "UTC");
        check("UTC", "UTC");
        check("Argentina Standard Time", "America/Argentina/Buenos_Aires");
        check("romance standard time", "Europe/Paris");
        check("Central Standard Time (Mexico)", "America/Mexico_City");
        check("(UTC-03:00) City of Buenos Aires", "America/Argentina/Buenos_Aires");
        check("(UTC-03:00) Brasília", "America/Sao_Paulo");
        check("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York");
        check("(GMT-05:00) Bogota, Lima, Quito", "America/Bogota");
        check("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam");
        check("(UTC-06:00) Guadalajara, Mexico City, Monterrey", "America/Mexico_City");
        check("(GMT+10:00) Canberra, Melbourne, Sydney", "Australia/Canberra");
        check("(UTC+01:00) Bruselas, Copenhague, Madrid, París", "Europe/Madrid");
        // A city of that name exists, but elsewhere.
        check("(UTC+09:00) Kingston", "+09");
        check("GMT +0100 (Standard) / GMT +0200 (Daylight)", "+01");
        check("Customized Time Zone", "nothing");
        check("tzone://Microsoft/Custom", "nothing");
        check("", "nothing");
        check("Unknown", "nothing");
        check("/////////", "nothing");
    }
}
