//! The test vectors of Standard Webhooks, where the folder with them exists.

use jiff::Timestamp;
use providers::{
    Secret,
    standard_webhooks::{Headers, Key, sign, verify},
};

use crate::recordings_folder::{files, json};

#[test]
fn standard_webhooks_vectors() {
    for (name, bytes) in files("standard_webhooks") {
        for vector in json(&bytes)["vectors"].as_array().expect("a list of vectors") {
            let text = |member: &str| vector[member].as_str().expect("members are text");
            let keys = [Key::parse(&Secret::new(text("secret"))).unwrap()];
            let at = Timestamp::from_second(text("timestamp").parse().unwrap()).unwrap();
            let body = text("payload").as_bytes();
            assert_eq!(sign(&keys, text("id"), at, body).unwrap(), text("signature"), "{name}");
            let headers =
                Headers { id: text("id"), timestamp: text("timestamp"), signature: text("signature") };
            assert_eq!(verify(&keys, &headers, body, at), Ok(()));
            for place in 0..body.len() {
                let mut changed = body.to_vec();
                changed[place] ^= 1;
                assert!(verify(&keys, &headers, &changed, at).is_err(), "{name} {place}");
            }
            for place in 0..headers.signature.len() {
                let mut changed = headers.signature.as_bytes().to_vec();
                changed[place] ^= 1;
                let signature = &String::from_utf8(changed).unwrap();
                assert!(verify(&keys, &Headers { signature, ..headers }, body, at).is_err(), "{place}");
            }
        }
    }
}
