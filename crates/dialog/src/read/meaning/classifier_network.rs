//! The classifier: filters over three neighbouring words, the strongest answer of each, the mean of the words, and what
//! the grammar found; units that see all of these together; and all of it added up for every label. Several such parts
//! answer together. Their numbers are made by `scripts/train-reader`.

use std::sync::LazyLock;

use wide::{i16x8, i32x4};

use super::{classifier_label::LABELS, grammar_features::FEATURES, word_vectors::number};

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
    /// Trained apart; the scores are the sum of what they say.
    parts: Vec<Part>,
    /// The key of the corpus that it was trained from.
    pub corpus: usize,
}

struct Part {
    /// The filters one after another, each as long as three vectors.
    filters: Vec<i16>,
    /// For each filter: what its sum is multiplied by, and what is added.
    scales: Vec<(f32, f32)>,
    /// For each input (filters, mean, features): what it adds to every unit, as many whole numbers as there are units, and
    /// what these are multiplied by.
    units: Vec<i8>,
    measures: Vec<f32>,
    units_start: Vec<f32>,
    /// For each input, and then for each unit: what it adds to every label.
    outputs: Vec<Scores>,
    start: Scores,
}

pub(super) static NETWORK: LazyLock<Network> =
    LazyLock::new(|| Network::cut(WEIGHTS).unwrap_or_else(Network::untrained));

const MAGIC: &[u8] = b"CJM3";
/// How many neighbouring words a filter looks at.
pub(super) const WINDOW: usize = 3;

/// How many there are of everything in a part.
struct Sizes {
    vector: usize,
    filters: usize,
    units: usize,
}

impl Network {
    /// Knows nothing: no label is meant.
    fn untrained() -> Self {
        Self { size: 0, parts: Vec::new(), corpus: 0 }
    }

    fn cut(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (corpus, rest) = number(rest)?;
        let (vector, rest) = number(rest)?;
        let (count, rest) = number(rest)?;
        let (filters, rest) = number(rest)?;
        let (features, rest) = number(rest)?;
        let (units, rest) = number(rest)?;
        let (labels, mut rest) = number(rest)?;
        if features != FEATURES || labels != LABELS.len() {
            return None;
        }
        let sizes = Sizes { vector, filters, units };
        let mut parts = Vec::with_capacity(count);
        for _ in 0..count {
            let (part, after) = Part::cut(rest, &sizes)?;
            parts.push(part);
            rest = after;
        }
        rest.is_empty().then_some(Self { size: vector, parts, corpus })
    }

    pub fn score(&self, stretch: &Stretch) -> Scores {
        let mut scores = [if self.parts.is_empty() { -1.0 } else { 0.0 }; LABELS.len()];
        let mean = mean(stretch, self.size);
        for part in &self.parts {
            part.add_scores(stretch, &mean, &mut scores);
        }
        scores
    }
}

impl Part {
    fn cut<'bytes>(bytes: &'bytes [u8], sizes: &Sizes) -> Option<(Self, &'bytes [u8])> {
        let inputs = sizes.filters + sizes.vector + FEATURES;
        let (weights, rest) = bytes.split_at_checked(sizes.filters * WINDOW * sizes.vector * 2)?;
        let (units, rest) = rest.split_at_checked(inputs * sizes.units)?;
        let (scales, rest) = floats(rest, sizes.filters * 2)?;
        let (measures, rest) = floats(rest, inputs)?;
        let (units_start, rest) = floats(rest, sizes.units)?;
        let (outputs, rest) = floats(rest, (inputs + sizes.units) * LABELS.len())?;
        let (start, rest) = floats(rest, LABELS.len())?;
        let weights = weights.as_chunks::<2>().0.iter();
        let part = Self {
            filters: weights.map(|weight| i16::from_le_bytes(*weight)).collect(),
            scales: scales.as_chunks::<2>().0.iter().map(|[scale, added]| (*scale, *added)).collect(),
            units: units.iter().map(|weight| weight.cast_signed()).collect(),
            measures,
            units_start,
            outputs: outputs.as_chunks().0.to_vec(),
            start: start.as_slice().try_into().ok()?,
        };
        Some((part, rest))
    }

    fn add_scores(&self, stretch: &Stretch, mean: &[f32], scores: &mut Scores) {
        add(scores, 1.0, &self.start);
        let mut units = self.units_start.clone();
        let inputs = self.strongest(stretch, mean.len()).chain(mean.iter().copied()).chain(stretch.features);
        let of_units = self.measures.iter().zip(self.units.chunks_exact(units.len().max(1)));
        let mut outputs = self.outputs.iter();
        for ((input, (measure, of_units)), output) in inputs.zip(of_units).zip(outputs.by_ref()) {
            // Most filters do not answer.
            if input != 0.0 {
                add(&mut units, input * measure, of_units);
                add(scores, input, output);
            }
        }
        for (unit, output) in units.iter().zip(outputs) {
            if *unit > 0.0 {
                add(scores, *unit, output);
            }
        }
    }

    /// The strongest answer of each filter, nothing where all are below zero.
    fn strongest(&self, stretch: &Stretch, size: usize) -> impl Iterator<Item = f32> {
        let filters = self.filters.chunks_exact((WINDOW * size).max(1));
        filters.zip(&self.scales).map(move |(filter, (scale, added))| {
            let windows = stretch.vectors.windows(filter.len()).step_by(size.max(1));
            let best = windows.map(|window| product(window, filter)).max().unwrap_or_default();
            (best as f32 * scale + added).max(0.0)
        })
    }
}

fn add<Weight: Copy + Into<f32>>(sums: &mut [f32], value: f32, weights: &[Weight]) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += value * (*weight).into();
    }
}

/// Eight at a time: this is where most of a reading's time goes.
fn product(one: &[i16], other: &[i16]) -> i32 {
    let (one, one_rest) = one.as_chunks::<8>();
    let (other, other_rest) = other.as_chunks::<8>();
    let eights = one.iter().zip(other);
    let sums = eights.fold(i32x4::ZERO, |sums, (one, other)| sums + i16x8::new(*one).dot(i16x8::new(*other)));
    let rest = one_rest.iter().zip(other_rest).map(|(one, other)| i32::from(*one) * i32::from(*other));
    sums.reduce_add() + rest.sum::<i32>()
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

/// So many numbers from the beginning of the bytes, and what follows them.
fn floats(bytes: &[u8], count: usize) -> Option<(Vec<f32>, &[u8])> {
    let (numbers, rest) = bytes.split_at_checked(count * 4)?;
    Some((numbers.as_chunks::<4>().0.iter().map(|number| f32::from_le_bytes(*number)).collect(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classifier_is_whole() {
        let network = &*NETWORK;
        assert!(network.size > 0);
        assert!(!network.parts.is_empty());
        for part in &network.parts {
            let inputs = part.scales.len() + network.size + FEATURES;
            let units = part.units_start.len();
            assert_eq!(part.units.len(), inputs * units);
            assert_eq!(part.outputs.len(), inputs + units);
            assert_eq!(part.filters.len(), part.scales.len() * WINDOW * network.size);
        }
    }
}
