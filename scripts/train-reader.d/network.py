"""The classifier: filters over three neighbouring words, their strongest answers, the mean of the words, the grammar's
findings; a layer of units that see all of these together; and a weight of each input and unit for every label. Written in
numpy; the same seed gives the same numbers."""

import struct

import numpy as np

WINDOW = 3


def sigmoid(values):
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))


class Batch:
    """Sentences as rows of vectors, padded with nothing."""

    def __init__(self, vectors, rarities, features):
        longest = max(1, max(len(sentence) for sentence in vectors))
        size = vectors[0].shape[1]
        self.vectors = np.zeros((len(vectors), longest, size), np.float32)
        self.rarities = np.zeros((len(vectors), longest), np.float32)
        self.here = np.zeros((len(vectors), longest), np.float32)
        for row, (sentence, rarity) in enumerate(zip(vectors, rarities)):
            self.vectors[row, : len(sentence)] = sentence
            self.rarities[row, : len(sentence)] = rarity
            self.here[row, : len(sentence)] = 1
        self.features = features

    def without(self, kept):
        """The same with only the words of `kept`."""
        batch = object.__new__(Batch)
        batch.vectors, batch.rarities = self.vectors * kept[..., None], self.rarities * kept
        batch.here, batch.features = self.here, self.features
        return batch


class Network:
    def __init__(self, size, filters, features, units, labels, random):
        self.size, self.filters = size, filters
        inputs = filters + size + features
        scale = np.sqrt(2 / (WINDOW * size))
        self.parts = {
            "filters": (random.standard_normal((WINDOW * size, filters)) * scale).astype(np.float32),
            "added": np.zeros(filters, np.float32),
            "units": (random.standard_normal((inputs, units)) * np.sqrt(1 / inputs)).astype(np.float32),
            "units added": np.zeros(units, np.float32),
            "outputs": np.zeros((inputs + units, labels), np.float32),
            "start": np.zeros(labels, np.float32),
        }

    def look(self, batch):
        """The answers of the filters and the mean, with what the way back needs."""
        rows, longest, size = batch.vectors.shape
        nothing = np.zeros((rows, 1, size), np.float32)
        windows = np.concatenate(
            [
                np.concatenate([nothing, batch.vectors[:, :-1]], 1),
                batch.vectors,
                np.concatenate([batch.vectors[:, 1:], nothing], 1),
            ],
            2,
        ).reshape(rows * longest, -1)
        answers = (windows @ self.parts["filters"]).reshape(rows, longest, -1) + self.parts["added"]
        answers = np.where(batch.here[..., None] > 0, answers, -1e9)
        strongest = answers.argmax(1)
        seen = np.maximum(np.take_along_axis(answers, strongest[:, None], 1)[:, 0], 0)
        length = np.sqrt((batch.rarities**2).sum(1, keepdims=True) + 1e-6)
        mean = (batch.vectors * batch.rarities[..., None]).sum(1) / length
        return windows, strongest, seen, mean

    def scores(self, batch):
        _, _, seen, mean = self.look(batch)
        inputs = np.concatenate([seen, mean, batch.features], 1)
        units = np.maximum(inputs @ self.parts["units"] + self.parts["units added"], 0)
        return np.concatenate([inputs, units], 1) @ self.parts["outputs"] + self.parts["start"]


def fit(batches, size, features, labels, share, settings, seed):
    """Trains on `batches()`, which gives (batch, targets, weights, meanings, which have a meaning) for a round. The last
    outputs, which say the meanings, are left out of what it returns."""
    random = np.random.default_rng(seed)
    outputs = labels + settings["meanings"]
    network = Network(size, settings["filters"], features, settings["units"], outputs, random)
    parts = network.parts
    parts["start"][:labels] += np.log((share + 2e-3) / (1 - share + 2e-3)).astype(np.float32)
    first = {name: np.zeros_like(part) for name, part in parts.items()}
    second = {name: np.zeros_like(part) for name, part in parts.items()}
    step, total = 0, None
    for _ in range(settings["rounds"]):
        round_ = list(batches(random))
        total = total or len(round_) * settings["rounds"]
        for batch, *wanted in round_:
            step += 1
            slopes = back(network, batch, wanted, settings, random)
            rate = settings["rate"] * min(1, step / 100) * (0.05 + 0.475 * (1 + np.cos(np.pi * step / total)))
            for name, part in parts.items():
                first[name] = 0.9 * first[name] + 0.1 * slopes[name]
                second[name] = 0.999 * second[name] + 0.001 * slopes[name] ** 2
                part -= rate * (first[name] / (1 - 0.9**step)) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
                if name in ("filters", "units", "outputs"):
                    part -= rate * settings["decay"] * part
    parts["outputs"], parts["start"] = parts["outputs"][:, :labels], parts["start"][:labels]
    return network


def back(network, batch, wanted, settings, random):
    """How the loss changes with each number of the network, words and answers left out by chance."""
    parts, filters, size = network.parts, network.filters, network.size
    rows = len(batch.features)
    kept_words = (random.random(batch.here.shape) > settings["words left out"]).astype(np.float32)
    batch = batch.without(kept_words)
    windows, strongest, seen, mean = network.look(batch)
    kept = (random.random((rows, filters + size)) > settings["answers left out"]) / (1 - settings["answers left out"])
    hidden = (np.concatenate([seen, mean], 1) * kept).astype(np.float32)
    features = batch.features * (random.random((rows, 1)) > settings["grammar left out"])
    inputs = np.concatenate([hidden, features.astype(np.float32)], 1)
    units = np.maximum(inputs @ parts["units"] + parts["units added"], 0)
    left = settings["answers left out"]
    kept_units = ((random.random(units.shape) > left) / (1 - left)).astype(np.float32)
    all_inputs = np.concatenate([inputs, units * kept_units], 1)
    error = wrong(all_inputs @ parts["outputs"] + parts["start"], wanted, settings) / np.float32(rows)
    of_units = (error @ parts["outputs"][inputs.shape[1] :].T) * kept_units * (units > 0)
    inner = (error @ parts["outputs"][: filters + size].T + of_units @ parts["units"][: filters + size].T) * kept
    inner = inner[:, :filters] * (seen > 0)
    spread = np.zeros((rows, batch.here.shape[1], filters), np.float32)
    np.put_along_axis(spread, strongest[:, None], inner[:, None].astype(np.float32), 1)
    spread = spread.reshape(len(windows), -1)
    return {
        "filters": windows.T @ spread,
        "added": inner.sum(0).astype(np.float32),
        "units": inputs.T @ of_units,
        "units added": of_units.sum(0),
        "outputs": all_inputs.T @ error,
        "start": error.sum(0),
    }


def wrong(said, wanted, settings):
    """How far each output is from what was wanted of it."""
    targets, weights, meanings, have = wanted
    labels = targets.shape[1]
    soft = targets * (1 - 2 * settings["doubt"]) + settings["doubt"]
    of_labels = (sigmoid(said[:, :labels]) - soft) * weights[:, None]
    of_meanings = settings["weight meanings"] * (said[:, labels:] - meanings) * have[:, None]
    return np.concatenate([of_labels, of_meanings], 1).astype(np.float32)


class Networks:
    """Several networks that answer with their mean: apart they err apart."""

    def __init__(self, networks):
        self.networks = networks

    def scores(self, batch):
        return np.mean([network.scores(batch) for network in self.networks], 0)


def as_bytes(trained, scale, features, corpus):
    """The networks for vectors of whole numbers: `scale` is taken into the weights, the mean into the outputs."""
    first = trained.networks[0]
    units, labels = first.parts["units"].shape[1], first.parts["start"].shape[0]
    count = len(trained.networks)
    head = struct.pack("<IIIIIII", corpus, first.size, count, first.filters, features, units, labels)
    return b"CJM3" + head + b"".join(one_as_bytes(network, scale, count) for network in trained.networks)


def one_as_bytes(network, scale, count):
    size, filters = network.size, network.filters
    weights, of_filters = whole(network.parts["filters"] * np.tile(scale, WINDOW)[:, None], 2047)
    outputs, units = network.parts["outputs"] / count, network.parts["units"].copy()
    for of_inputs in (outputs, units):
        of_inputs[filters : filters + size] *= scale[:, None]
    # What an input adds to the units is small or large as the input is: each has its own measure.
    of_inputs, measures = whole(units.T, 127)
    floats = [
        np.stack([of_filters, network.parts["added"]], 1),
        measures,
        network.parts["units added"],
        outputs,
        network.parts["start"] / count,
    ]
    numbers = weights.T.astype("<i2").tobytes() + of_inputs.T.astype("i1").tobytes()
    return numbers + b"".join(part.astype("<f4").tobytes() for part in floats)


def whole(weights, most):
    """Each column as whole numbers up to `most`, and what they are multiplied by."""
    measures = np.abs(weights).max(0) / most + 1e-12
    return np.rint(weights / measures), measures
