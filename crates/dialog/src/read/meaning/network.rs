//! The classifier: filters over three neighbouring words, the strongest answer of each, the mean of the words, and what
//! the grammar found; units that see all of these together; and all of it added up for every label. Its numbers are made
//! by `scripts/train-reader`.

use std::sync::LazyLock;

use super::{features::FEATURES, label::LABELS, vectors::number};

static WEIGHTS: &[u8] = include_bytes!("../../../model/weights.bin");

/// What speaks for each label; above zero it is meant.
pub(super) type Scores = [f32; LABELS.len()];

/// Words of a stretch of text, ready for the filters.
pub(super) struct Stretch {
    /// The vectors one after another, with an empty one before the first and after the last.
    pub vectors: Vec<i16>,
    pub rarities: Vec<u8>,
    pub features: [f32; FEATURES],
}

pub(super) struct Network {
    size: usize,
    /// The filters one after another, each as long as three vectors.
    filters: Vec<i16>,
    /// For each filter: what its sum is multiplied by, and what is added.
    scales: Vec<(f32, f32)>,
    /// For each input (filters, mean, features): what it adds to every unit, as many numbers as there are units.
    units: Vec<f32>,
    units_start: Vec<f32>,
    /// For each input, and then for each unit: what it adds to every label.
    outputs: Vec<Scores>,
    start: Scores,
    /// The key of the corpus that it was trained from.
    pub corpus: usize,
}

pub(super) static NETWORK: LazyLock<Network> =
    LazyLock::new(|| Network::cut(WEIGHTS).unwrap_or_else(Network::untrained));

const MAGIC: &[u8] = b"CJM1";
/// How many neighbouring words a filter looks at.
pub(super) const WINDOW: usize = 3;

impl Network {
    /// Knows nothing: no label is meant.
    fn untrained() -> Self {
        Self {
            size: 0,
            filters: Vec::new(),
            scales: Vec::new(),
            units: Vec::new(),
            units_start: Vec::new(),
            outputs: Vec::new(),
            start: [-1.0; LABELS.len()],
            corpus: 0,
        }
    }

    fn cut(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (corpus, rest) = number(rest)?;
        let (size, rest) = number(rest)?;
        let (filters, rest) = number(rest)?;
        let (features, rest) = number(rest)?;
        let (units, rest) = number(rest)?;
        let (labels, rest) = number(rest)?;
        if features != FEATURES || labels != LABELS.len() {
            return None;
        }
        let (weights, rest) = rest.split_at_checked(filters * WINDOW * size * 2)?;
        let inputs = filters + size + features;
        let (scales, rest) = rest.split_at_checked(filters * 8)?;
        let (of_units, rest) = rest.split_at_checked(inputs * units * 4)?;
        let (units_start, rest) = rest.split_at_checked(units * 4)?;
        let (outputs, start) = rest.split_at_checked((inputs + units) * labels * 4)?;
        let weights = weights.as_chunks::<2>().0.iter();
        let scales = floats(scales);
        Some(Self {
            size,
            filters: weights.map(|weight| i16::from_le_bytes(*weight)).collect(),
            scales: scales.as_chunks::<2>().0.iter().map(|[scale, added]| (*scale, *added)).collect(),
            units: floats(of_units),
            units_start: floats(units_start),
            outputs: floats(outputs).as_chunks().0.to_vec(),
            start: floats(start).as_slice().try_into().ok()?,
            corpus,
        })
    }

    pub fn score(&self, stretch: &Stretch) -> Scores {
        let mut scores = self.start;
        let mut units = self.units_start.clone();
        let mean = mean(stretch, self.size);
        let inputs = self.strongest(stretch).chain(mean).chain(stretch.features);
        let of_units = self.units.chunks_exact(units.len().max(1));
        let mut outputs = self.outputs.iter();
        for ((input, of_units), output) in inputs.zip(of_units).zip(outputs.by_ref()) {
            // Most filters do not answer.
            if input != 0.0 {
                add(&mut units, input, of_units);
                add(&mut scores, input, output);
            }
        }
        for (unit, output) in units.iter().zip(outputs) {
            if *unit > 0.0 {
                add(&mut scores, *unit, output);
            }
        }
        scores
    }

    /// The strongest answer of each filter, nothing where all are below zero.
    fn strongest(&self, stretch: &Stretch) -> impl Iterator<Item = f32> {
        let filters = self.filters.chunks_exact((WINDOW * self.size).max(1));
        filters.zip(&self.scales).map(|(filter, (scale, added))| {
            let windows = stretch.vectors.windows(filter.len()).step_by(self.size);
            let best = windows.map(|window| product(window, filter)).max().unwrap_or_default();
            (best as f32 * scale + added).max(0.0)
        })
    }
}

fn add(sums: &mut [f32], value: f32, weights: &[f32]) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += value * weight;
    }
}

fn product(one: &[i16], other: &[i16]) -> i32 {
    one.iter().zip(other).map(|(one, other)| i32::from(*one) * i32::from(*other)).sum()
}

/// The mean of the vectors by rarity; common words count little.
fn mean(stretch: &Stretch, size: usize) -> Vec<f32> {
    let mut mean = vec![0.0_f32; size];
    let mut squares = 0.0_f32;
    let words = stretch.vectors.chunks_exact(size.max(1)).skip(1);
    for (vector, rarity) in words.zip(&stretch.rarities) {
        let weight = f32::from(*rarity) / 255.0;
        squares += weight * weight;
        for (sum, value) in mean.iter_mut().zip(vector) {
            *sum += weight * f32::from(*value);
        }
    }
    let length = (squares + 1e-6).sqrt();
    for sum in &mut mean {
        *sum /= length;
    }
    mean
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|number| f32::from_le_bytes(*number)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classifier_is_whole() {
        let network = &*NETWORK;
        assert!(network.size > 0);
        let inputs = network.scales.len() + network.size + FEATURES;
        let units = network.units_start.len();
        assert_eq!(network.units.len(), inputs * units);
        assert_eq!(network.outputs.len(), inputs + units);
        assert_eq!(network.filters.len(), network.scales.len() * WINDOW * network.size);
    }
}
