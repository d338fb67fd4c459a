//! Where the bytes come from: a file, standard input, an address; gzip or not.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read as _},
    path::Path,
};

use anyhow::Context as _;
use flate2::bufread::MultiGzDecoder;

/// Enough for the largest body that is read, with every byte of it escaped.
const LONGEST_LINE: u64 = 40 * 1024 * 1024;

/// A file, or standard input for `-`; unpacked when it begins as gzip does.
pub(super) fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    let shown = || format!("{} cannot be read", path.display());
    let mut bytes: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path).with_context(shown)?))
    };
    let packed = bytes.fill_buf().with_context(shown)?.starts_with(&[0x1f, 0x8b]);
    Ok(if packed { Box::new(BufReader::new(MultiGzDecoder::new(bytes))) } else { bytes })
}

/// At most one byte more than `most`, so that the caller sees that there is more.
pub(super) fn bytes(path: &Path, most: usize) -> anyhow::Result<Vec<u8>> {
    let mut all = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    open(path)?
        .take(most)
        .read_to_end(&mut all)
        .with_context(|| format!("{} cannot be read to its end", path.display()))?;
    Ok(all)
}

/// The next line without its break, `None` at the end.
pub(super) fn next_line(from: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if from.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() as u64 == LONGEST_LINE {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a line is longer than any poll"));
    }
    Ok(Some(line))
}
