//! What must hold for any bytes whatever. The fuzz targets under `fuzz/` call these and nothing else; the ordinary
//! tests call them with the inputs that fuzzing kept.

/// Any body.
mod any_body;
/// Any polls of any feed.
mod any_polls;
/// Any stays, written and read.
mod written_stays;

pub use any_body::read;
pub use any_polls::follow;
pub use written_stays::write_read;

/// Takes small numbers from bytes; nought when there are none left.
struct Numbers<'a>(std::slice::Iter<'a, u8>);

impl<'a> Numbers<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Numbers(bytes.iter())
    }

    fn is_over(&self) -> bool {
        self.0.as_slice().is_empty()
    }

    fn next(&mut self) -> i64 {
        i64::from(self.0.next().copied().unwrap_or_default())
    }

    fn below(&mut self, most: i64) -> i64 {
        self.next() % most
    }

    fn bytes(&mut self, count: i64) -> Vec<u8> {
        self.0.by_ref().take(count as usize).copied().collect()
    }
}
