//! Whose calendar stands under an address, and on which host, as far as the address says.

use ical::Provider;
use providers::http::fetch_feed;

/// Feeds of one host are read one after another.
pub(crate) fn host_of(url: &str) -> Option<String> {
    reqwest::Url::parse(&fetch_feed::tidy(url)).ok()?.host_str().map(str::to_owned)
}

/// Whose calendar stands under this address, as far as the address says.
pub(crate) fn provider_at(url: &str) -> Option<Provider> {
    let host = host_of(url)?;
    let is_of = |name: &str| host.split('.').any(|part| part == name);
    match () {
        () if is_of("airbnb") => Some(Provider::Airbnb),
        () if is_of("booking") => Some(Provider::Booking),
        () if is_of("vrbo") || is_of("homeaway") || is_of("abritel") => Some(Provider::Vrbo),
        () if is_of("google") => Some(Provider::Google),
        () => None,
    }
}
