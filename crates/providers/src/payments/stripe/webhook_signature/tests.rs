//! A known signature of Stripe, and changed ones.

use super::*;

const SECRET: &str = "whsec_test_secret";
const BODY: &[u8] = br#"{"id":"evt_test_webhook","object":"event"}"#;
const HASH: &str = "d95c6b7477fbd7e9f90b1b0ef5f9c7ac25abca5382460e0d988c2b2a5b71b990";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn check(header: &str) -> Result<(), SignatureError> {
    verify(&[SECRET], Some(header), BODY, at(1_700_000_100))
}

/// Computed with another implementation of HMAC.
#[test]
fn a_known_signature() {
    assert_eq!(sign(SECRET, BODY, at(1_700_000_000)), format!("t=1700000000,v1={HASH}"));
    let other = "e2bff083fec7577d1157ff09cbdb4504baf653937eef5e4dad80ea63dbcf65e3";
    for header in [
        format!("t=1700000000,v1={HASH}"),
        format!("t=1700000000,v1={other},v1={HASH},v0={other}"),
        format!("v1={HASH}, t=1700000000, v2=x"),
    ] {
        assert_eq!(check(&header), Ok(()), "{header}");
    }
    assert_eq!(verify(&["whsec_old", SECRET], Some(&sign(SECRET, BODY, at(5))), BODY, at(6)), Ok(()));
}

#[test]
fn other_headers_are_refused() {
    for (header, error) in [
        (format!("t=1700000000,v0={HASH}"), SignatureError::Malformed),
        (format!("t=1700000000,v1={}", HASH.to_uppercase()), SignatureError::Mismatch),
        (format!("v1={HASH}"), SignatureError::Malformed),
        (format!("t=,v1={HASH}"), SignatureError::Malformed),
        (format!("t=-1700000000,v1={HASH}"), SignatureError::Malformed),
        (format!("t=1700000000,t=1700000000,v1={HASH}"), SignatureError::Malformed),
        (format!("t=01700000000,v1={HASH}"), SignatureError::Mismatch),
        ("t=1700000000,v1=".to_owned(), SignatureError::Mismatch),
        ("nonsense".to_owned(), SignatureError::Malformed),
        (" ".to_owned(), SignatureError::Missing),
    ] {
        assert_eq!(check(&header), Err(error), "{header}");
    }
    assert_eq!(verify(&[SECRET], None, BODY, at(1)), Err(SignatureError::Missing));
    for none in [&[][..], &["", " "]] {
        assert_eq!(verify(none, Some(&sign("", BODY, at(1))), BODY, at(1)), Err(SignatureError::NoSecret));
    }
}

#[test]
fn five_minutes_either_way() {
    let header = sign(SECRET, BODY, at(1_700_000_000));
    for (now, expected) in [
        (1_700_000_300, Ok(())),
        (1_699_999_700, Ok(())),
        (1_700_000_301, Err(SignatureError::OutOfTolerance)),
        (1_699_999_699, Err(SignatureError::OutOfTolerance)),
    ] {
        assert_eq!(verify(&[SECRET], Some(&header), BODY, at(now)), expected, "{now}");
    }
    let far = sign(SECRET, BODY, at(1)).replace("t=1,", "t=99999999999999999999,");
    assert_eq!(check(&far), Err(SignatureError::Mismatch));
}

#[test]
fn any_changed_byte_is_refused() {
    let header = format!("t=1700000000,v1={HASH}");
    for at in 0..header.len() {
        let mut changed = header.clone().into_bytes();
        changed[at] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert!(check(&changed).is_err(), "{changed}");
    }
    for place in 0..BODY.len() {
        let mut changed = BODY.to_vec();
        changed[place] ^= 1;
        assert_eq!(
            verify(&[SECRET], Some(&header), &changed, at(1_700_000_100)),
            Err(SignatureError::Mismatch)
        );
    }
}
