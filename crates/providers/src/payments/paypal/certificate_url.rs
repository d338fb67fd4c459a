//! Which addresses a signing certificate may be fetched from.
//!
//! The address comes in a header that anybody can send, so it is compared as text: no port, user, query, escape or
//! other spelling gets past, because none is looked for.

use super::Environment;
use crate::payments::path_id;

const PATH: &str = "/v1/notifications/certs/";
const MAX_NAME_LENGTH: usize = 128;

/// Whether `url` is `https://<one of their hosts>/v1/notifications/certs/<name>`. `extra_base_url` is one more place,
/// for a simulator.
pub fn is_allowed(url: &str, environment: Environment, extra_base_url: Option<&str>) -> bool {
    let extra = extra_base_url.map(|base| base.trim_end_matches('/')).filter(|base| !base.is_empty());
    let places = environment.certificate_hosts().into_iter().chain(extra);
    places
        .filter_map(|place| url.strip_prefix(place)?.strip_prefix(PATH))
        .any(|name| path_id::is_sound(name, MAX_NAME_LENGTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn their_four_hosts_by_environment() {
        for (host, live, sandbox) in [
            ("api.paypal.com", true, false),
            ("api-m.paypal.com", true, false),
            ("api.sandbox.paypal.com", false, true),
            ("api-m.sandbox.paypal.com", false, true),
            ("www.paypal.com", false, false),
        ] {
            let url = format!("https://{host}/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77");
            assert_eq!(is_allowed(&url, Environment::Live, None), live, "{url}");
            assert_eq!(is_allowed(&url, Environment::Sandbox, None), sandbox, "{url}");
        }
    }

    #[test]
    fn nothing_else() {
        for url in [
            "http://api.paypal.com/v1/notifications/certs/CERT-1",
            "https://api.paypal.com:443/v1/notifications/certs/CERT-1",
            "https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
            "https://user@api.paypal.com/v1/notifications/certs/CERT-1",
            "https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1",
            "https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1",
            "https://evil.example/https://api.paypal.com/v1/notifications/certs/CERT-1",
            "https://api.paypal.com/v1/notifications/certs/",
            "https://api.paypal.com/v1/notifications/certs/../../x",
            "https://api.paypal.com/v1/notifications/certs/a/b",
            "https://api.paypal.com/v1/notifications/certs/CERT-1?x=1",
            "https://api.paypal.com/v1/notifications/certs/CERT-1#x",
            "https://api.paypal.com/v1/notifications/certs/%2e%2e",
            "https://api.paypal.com/v2/notifications/certs/CERT-1",
            "https://api.paypal.com\\v1/notifications/certs/CERT-1",
            " https://api.paypal.com/v1/notifications/certs/CERT-1",
            "/v1/notifications/certs/CERT-1",
            "",
        ] {
            assert!(!is_allowed(url, Environment::Live, None), "{url}");
            assert!(!is_allowed(url, Environment::Live, Some("")), "{url}");
        }
    }

    #[test]
    fn a_simulator_is_one_more_place() {
        let url = "http://127.0.0.1:9000/v1/notifications/certs/CERT-1";
        assert!(is_allowed(url, Environment::Sandbox, Some("http://127.0.0.1:9000/")));
        assert!(!is_allowed(url, Environment::Sandbox, Some("http://127.0.0.1:900")));
        assert!(!is_allowed(url, Environment::Sandbox, None));
    }
}
