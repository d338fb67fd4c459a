//! Bodies that are too slow or too large: byte by byte, without an end, a gzip bomb.

use std::{convert::Infallible, io::Write, time::Duration};

use axum::body::{Body, Bytes};
use flate2::{Compress, Compression, Crc, FlushCompress, Status, write::GzEncoder};
use futures_util::stream;
use tokio_util::sync::CancellationToken;

use crate::core::pause;

const HEAD: &[u8] = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//flood//EN\r\nDESCRIPTION:";
const FOOT: &[u8] = b"\r\nEND:VCALENDAR\r\n";
const CHUNK_BYTES: usize = 1 << 16;

/// The bytes with gzip.
pub(crate) fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// A byte at a time.
pub(crate) fn drip(bytes: Bytes, per_byte: Duration, stop: CancellationToken) -> Body {
    Body::from_stream(stream::unfold((bytes, stop), move |(mut bytes, stop)| async move {
        if bytes.is_empty() || stop.is_cancelled() {
            return None;
        }
        pause(per_byte, &stop).await;
        let byte = bytes.split_to(1);
        Some((Ok::<_, Infallible>(byte), (bytes, stop)))
    }))
}

/// A calendar without an end.
pub(crate) fn endless(stop: CancellationToken) -> Body {
    let letters = Bytes::from(vec![b'a'; CHUNK_BYTES]);
    let next = move |(chunk, stop): (Bytes, CancellationToken)| {
        let letters = letters.clone();
        async move { (!stop.is_cancelled()).then(|| (Ok::<_, Infallible>(chunk), (letters, stop))) }
    };
    Body::from_stream(stream::unfold((Bytes::from_static(HEAD), stop), next))
}

/// A calendar of about so many bytes, with gzip about a thousandth of that. It is one member that is written piece by
/// piece: a bomb of 1 GiB takes no more memory here than its fuse.
pub(crate) fn gzip_bomb(unpacked_bytes: u64, stop: CancellationToken) -> Body {
    let letters = vec![b'a'; CHUNK_BYTES];
    let packed = Bytes::from(deflated(&letters));
    let pieces = unpacked_bytes.div_ceil(CHUNK_BYTES as u64);
    let (mut sum, mut letters_sum, mut foot_sum) = (Crc::new(), Crc::new(), Crc::new());
    sum.update(HEAD);
    letters_sum.update(&letters);
    foot_sum.update(FOOT);
    let mut head = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    head.extend(deflated(HEAD));
    let next = move |(piece, mut sum, stop): (u64, Crc, CancellationToken)| {
        let bytes = match piece {
            0 => Some(Bytes::from(head.clone())),
            piece if piece <= pieces => {
                sum.combine(&letters_sum);
                Some(packed.clone())
            }
            piece if piece == pieces + 1 => {
                sum.combine(&foot_sum);
                Some(foot(&sum))
            }
            _ => None,
        };
        let bytes = bytes.filter(|_| !stop.is_cancelled());
        async move { bytes.map(|bytes| (Ok::<_, Infallible>(bytes), (piece + 1, sum, stop))) }
    };
    Body::from_stream(stream::unfold((0, sum, stop), next))
}

/// The end of the member: the last text, a last block that is empty, and the sums.
fn foot(sum: &Crc) -> Bytes {
    let mut bytes = deflated(FOOT);
    bytes.extend([0x03, 0x00]);
    bytes.extend(sum.sum().to_le_bytes());
    bytes.extend(sum.amount().to_le_bytes());
    Bytes::from(bytes)
}

/// Blocks of deflate that end on a byte and know nothing of what stood before, so that they can be repeated.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = Compress::new(Compression::best(), false);
    let mut packed = Vec::with_capacity(bytes.len() + 64);
    let done = packer.compress_vec(bytes, &mut packed, FlushCompress::Full);
    debug_assert!(matches!(done, Ok(Status::Ok)), "there is room for the input and the flush");
    packed
}
