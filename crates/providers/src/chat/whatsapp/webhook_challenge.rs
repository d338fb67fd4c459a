//! The GET by which Meta checks our webhook address.
//!
//! Source: developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests. The names have
//! dots: `hub.mode`, `hub.challenge`, `hub.verify_token`.

use crate::hmac_sha256;

/// The bare text to answer with status 200, or `None` for a 403.
///
/// `None` when the mode is not `subscribe`, a parameter is missing, the token is wrong, or ours is not set. The
/// challenge is a number today; other text of up to 256 plain characters is repeated too, and nothing that a
/// browser could take for a page.
pub fn challenge<'a>(
    mode: Option<&str>,
    challenge: Option<&'a str>,
    given_token: Option<&str>,
    our_token: &str,
) -> Option<&'a str> {
    let challenge = challenge?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.=".contains(&byte);
    let trusted = !our_token.is_empty() && hmac_sha256::same(given_token?, our_token);
    let sound = (1..=256).contains(&challenge.len()) && challenge.bytes().all(plain);
    (mode? == "subscribe" && trusted && sound).then_some(challenge)
}

#[cfg(test)]
mod tests {
    use super::challenge;

    #[test]
    fn only_the_right_token_gets_the_challenge_back() {
        assert_eq!(
            challenge(Some("subscribe"), Some("1158201444"), Some("ours"), "ours"),
            Some("1158201444")
        );
        for (mode, text, token, ours) in [
            (Some("subscribe"), Some("1"), Some("wrong"), "ours"),
            (Some("unsubscribe"), Some("1"), Some("ours"), "ours"),
            (Some("subscribe"), None, Some("ours"), "ours"),
            (Some("subscribe"), Some("1"), None, "ours"),
            (None, Some("1"), Some("ours"), "ours"),
            (Some("subscribe"), Some("1"), Some(""), ""),
            (Some("subscribe"), Some("<script>"), Some("ours"), "ours"),
            (Some("subscribe"), Some(""), Some("ours"), "ours"),
        ] {
            assert_eq!(challenge(mode, text, token, ours), None);
        }
    }
}
