/// Whole readings of our own sentences.
mod golden;
/// Laws of every reading.
mod laws;
/// The measures over the collected sentences.
mod measure;
