//! What feeds answered, as it is kept: its digest, and its bytes with gzip.

use std::io::{Read as _, Write as _};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use sha2::{Digest, Sha256};

/// Platforms write the moment of the reading into each event: that alone is no news.
pub(crate) fn digest(body: &[u8]) -> String {
    let mut hasher = Sha256::new();
    for line in body.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.starts_with(b"DTSTAMP")) {
        hasher.update(line);
    }
    hex::encode(hasher.finalize())
}

/// With gzip, as `conserje calendar replay` takes it.
pub(crate) fn packed(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("writing into memory does not fail")
}

/// None for what [`packed`] has not made.
pub(crate) fn unpacked(body: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    GzDecoder::new(body).read_to_end(&mut text).ok()?;
    Some(text)
}
