//! The `Retry-After` header (RFC 9110, section 10.2.3).

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// No service means longer than this; a wilder value is a mistake and would park our queue for ever.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How long the server asks us to wait: seconds, or a date, which is compared with the server's own `Date`.
/// `None` when the header is missing or unreadable. Never more than a day.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = header(headers, RETRY_AFTER)?;
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds).min(LONGEST));
    }
    let wait = instant(value)?.duration_since(instant(header(headers, DATE)?)?);
    Some(Duration::try_from(wait).unwrap_or_default().min(LONGEST))
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn instant(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &'static str, expected_seconds: Option<u64>) {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().unwrap());
        headers.insert(DATE, "Wed, 21 Oct 2026 07:28:00 GMT".parse().unwrap());
        assert_eq!(retry_after(&headers), expected_seconds.map(Duration::from_secs), "{value}");
    }

    #[test]
    fn seconds_and_dates_are_read() {
        check("120", Some(120));
        check(" 7 ", Some(7));
        check("Wed, 21 Oct 2026 07:28:30 GMT", Some(30));
        check("Wed, 21 Oct 2026 07:00:00 GMT", Some(0));
        check("99999999999", Some(24 * 60 * 60));
        check("soon", None);
        check("-5", None);
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
