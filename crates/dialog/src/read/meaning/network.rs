//! The classifier: filters over three neighbouring words, the strongest answer of each, the mean of the words, and what
//! the grammar found, added up for every label. Its numbers are made by `scripts/train-reader`.

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
    /// For each input (filters, mean, features): what it adds to every label.
    outputs: Vec<Scores>,
    start: Scores,
}

pub(super) static NETWORK: LazyLock<Network> = LazyLock::new(|| Network::cut(WEIGHTS).unwrap_or_default());

const MAGIC: &[u8] = b"CJM1";
/// How many neighbouring words a filter looks at.
pub(super) const WINDOW: usize = 3;

impl Default for Network {
    /// Knows nothing: no label is meant.
    fn default() -> Self {
        let start = [-1.0; LABELS.len()];
        Self { size: 0, filters: Vec::new(), scales: Vec::new(), outputs: Vec::new(), start }
    }
}

impl Network {
    fn cut(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (size, rest) = number(rest)?;
        let (filters, rest) = number(rest)?;
        let (features, rest) = number(rest)?;
        let (labels, rest) = number(rest)?;
        if features != FEATURES || labels != LABELS.len() {
            return None;
        }
        let (weights, rest) = rest.split_at_checked(filters * WINDOW * size * 2)?;
        let (scales, rest) = rest.split_at_checked(filters * 8)?;
        let (outputs, start) = rest.split_at_checked((filters + size + features) * labels * 4)?;
        let weights = weights.as_chunks::<2>().0.iter();
        let scales = floats(scales);
        Some(Self {
            size,
            filters: weights.map(|weight| i16::from_le_bytes(*weight)).collect(),
            scales: scales.as_chunks::<2>().0.iter().map(|[scale, added]| (*scale, *added)).collect(),
            outputs: floats(outputs).as_chunks().0.to_vec(),
            start: floats(start).as_slice().try_into().ok()?,
        })
    }

    pub fn score(&self, stretch: &Stretch) -> Scores {
        let mut scores = self.start;
        let mut outputs = self.outputs.iter();
        let mut add = |value: f32| {
            let Some(weights) = outputs.next() else { return };
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += value * weight;
            }
        };
        self.strongest(stretch).for_each(&mut add);
        mean(stretch, self.size).into_iter().for_each(&mut add);
        stretch.features.into_iter().for_each(&mut add);
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

    /// What each input of `score` adds to `label`, by its number.
    pub fn feature_weight(&self, feature: usize, label: usize) -> f32 {
        let place = self.scales.len() + self.size + feature;
        self.outputs.get(place).map_or(0.0, |weights| weights[label])
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
        assert_eq!(network.outputs.len(), network.scales.len() + network.size + FEATURES);
        assert_eq!(network.filters.len(), network.scales.len() * WINDOW * network.size);
    }
}
