"""Trains the reader of meaning and writes its two tables."""

import argparse
import json
import multiprocessing
import os
import pathlib
import sys

import augment
import corpus
import network
import numpy as np
import sentences
import words

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "crates/dialog/corpus"
MODEL = ROOT / "crates/dialog/model"
SETTINGS = {
    # Trained apart; together they err less.
    "networks": 2,
    "filters": 144,
    "units": 256,
    "rounds": 20,
    "rate": 4e-3,
    "decay": 1e-2,
    "doubt": 0.01,
    "words left out": 0.06,
    "answers left out": 0.3,
    "grammar left out": 0.15,
    "batch": 64,
    # Of all lines: how many are joined to others, so that several wishes are heard in one message.
    "joined": 0.5,
    # And how many are greeted, called upon, thanked, misspelt.
    "greeted": 0.12,
    "called": 0.03,
    "thanked": 0.08,
    "misspelt": 0.3,
    # So many numbers of the encoder's for whole sentences are learned beside the labels, and what they count for.
    "meanings": 64,
    "weight meanings": 0.2,
    # How long the vectors of pieces of words are learned.
    "rounds of pieces": 40,
    # How often a word is read by its pieces, as a misspelt one is.
    "pieces": 0.06,
    # Lines about no stay are many in the corpus and few at a desk.
    "weight elsewhere": 0.6,
    "weight availability": 1.5,
}
# What is enough to see whether a way of saying something has been taught.
QUICK = {
    "networks": 1, "filters": 96, "units": 96, "rounds": 16, "meanings": 0, "rounds of pieces": 2,
    "joined": 0, "greeted": 0, "called": 0, "thanked": 0, "misspelt": 0,
}  # fmt: skip
FOLDS = 3
ENOUGH = 2
# The task of `beside_each_other`.
running = None


def features(line):
    """As `grammar_features.rs` has them."""
    grammar = np.array(line.grammar, np.float32)
    counts = [
        min(line.words.count("?"), 1),
        min(len(line.words), 40) / 20,
        min(line.words.count("<number>"), 6) / 3,
        line.stay > 0,
        line.stay < 0,
        *line.told,
    ]
    return np.concatenate([np.clip(grammar, -4, 6) / 3, grammar >= ENOUGH, counts]).astype(np.float32)


class Lines:
    """Lines of the corpus as numbers."""

    def __init__(self, lines, vectors, labels, settings):
        self.lines = lines
        found = [[vectors.of(word) for word in line.words[:60]] for line in lines]
        self.vectors = [np.array([one for one, _ in of_line], np.float32) * vectors.scale for of_line in found]
        self.rarities = [np.array([rarity for _, rarity in of_line], np.float32) / 255 for of_line in found]
        self.vectors_of_pieces = [
            np.array([vectors.of_pieces(word) if word.isalpha() else known for word, (known, _) in zip(line.words, of_line)])
            * vectors.scale
            for line, of_line in zip(lines, found)
        ]
        self.features = np.array([features(line) for line in lines])
        self.targets = np.array([[label in line.labels for label in labels] for line in lines], np.float32)
        elsewhere, availability = labels.index("elsewhere"), labels.index("availability")
        self.weights = np.ones(len(lines), np.float32)
        self.weights[self.targets[:, elsewhere] > 0] = settings["weight elsewhere"]
        self.weights[self.targets[:, availability] > 0] = settings["weight availability"]

        self.meanings = np.zeros((len(lines), settings["meanings"]), np.float32)
        self.have_meanings = np.zeros(len(lines), np.float32)

    def learn_meanings(self, meanings):
        """The first lines have them."""
        self.meanings[: len(meanings)] = meanings
        self.have_meanings[: len(meanings)] = 1

    def batch(self, rows):
        return network.Batch(
            [self.vectors[row] for row in rows],
            [self.rarities[row] for row in rows],
            self.features[rows],
        )

    def batches(self, rows, settings):
        """Gives the batches of one round: sentences of about one length together."""
        lengths = np.array([len(self.lines[row].words) for row in rows])

        def of_round(random):
            order = np.argsort(lengths + random.random(len(rows)) * 4, kind="stable")
            parts = [rows[order[at : at + settings["batch"]]] for at in range(0, len(rows), settings["batch"])]
            for part in random.permutation(len(parts)):
                chosen = parts[part]
                misspelt = [random.random(len(self.vectors[row])) < settings["pieces"] for row in chosen]
                vectors = [
                    np.where(wrong[:, None], self.vectors_of_pieces[row], self.vectors[row])
                    for row, wrong in zip(chosen, misspelt)
                ]
                rarities = [np.where(wrong, 1, self.rarities[row]) for row, wrong in zip(chosen, misspelt)]
                batch = network.Batch(vectors, rarities, self.features[chosen])
                wanted = (self.targets, self.weights, self.meanings, self.have_meanings)
                yield batch, *(of_all[chosen] for of_all in wanted)

        return of_round

    def fit(self, rows, settings):
        share = np.average(self.targets[rows], axis=0, weights=self.weights[rows])
        size, count, labels = self.vectors[0].shape[1], self.features.shape[1], self.targets.shape[1]
        batches = self.batches(rows, settings)
        seeds = range(1, settings["networks"] + 1)
        return network.Networks(
            beside_each_other(lambda seed: network.fit(batches, size, count, labels, share, settings, seed), seeds)
        )

    def scores(self, trained, rows):
        parts = [trained.scores(self.batch(rows[at : at + 128])) for at in range(0, len(rows), 128)]
        return np.concatenate(parts)


def beside_each_other(task, arguments):
    """The task's answers, each made by a process of its own, as many at a time as there are cores."""
    global running
    running = task
    with multiprocessing.get_context("fork").Pool(min(len(arguments), os.cpu_count() or 1)) as pool:
        return pool.map(run, arguments, chunksize=1)


def run(argument):
    """What a process does: the task has come to it with the memory of its parent."""
    return running(argument)


def folds_of(lines):
    """Lines that stand near to each other say alike things: they are held out together."""
    return np.array([(line.number // 12) % FOLDS for line in lines])


def report(scores, targets, labels):
    for at, label in enumerate(labels):
        said, wanted = scores[:, at] > 0, targets[:, at] > 0
        found = (said & wanted).sum()
        print(f"  {label:16} found {found:5} of {wanted.sum():5}, claimed where not said {(said & ~wanted).sum():5}")
    intents = [at for at, label in enumerate(labels) if at < labels.index("refund_terms")]
    exact = ((scores[:, intents] > 0) == (targets[:, intents] > 0)).all(1).mean()
    print(f"  all intents of a line right, of lines like none seen: {100 * exact:.1f} %")


def label_input(every, trained, vectors, labels, evidence):
    """Labels Spanish sentences of the standard input, a JSON line each."""
    file = CORPUS / "es/asked.txt"
    asked = [corpus.Line(file, 0, set(), text.strip()) for text in sys.stdin if text.strip()]
    numbers = Lines(corpus.add_evidence(asked, evidence), vectors, labels, SETTINGS)
    for line, scores in zip(asked, numbers.scores(trained, np.arange(len(asked)))):
        # As the program does, what comes nearest stands where nothing is clear.
        said = [label for label, score in zip(labels, scores) if score > 0] or [labels[scores.argmax()]]
        print(json.dumps({"text": line.text, "labels": said}, ensure_ascii=False))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--evidence", required=True)
    arguments.add_argument("--cache", required=True)
    arguments.add_argument("--try", dest="only_try", action="store_true")
    arguments.add_argument("--output", default=str(MODEL))
    arguments.add_argument("--corpus", default=str(CORPUS))
    arguments.add_argument("--quick", action="store_true", help="fewer rounds; labels the lines of the input, writes nothing")
    given = arguments.parse_args()
    settings = SETTINGS | QUICK if given.quick else SETTINGS

    names = corpus.names(given.evidence)
    labels = names["labels"]
    lines = corpus.add_evidence(corpus.read(given.corpus, labels), given.evidence)
    more = corpus.add_evidence(augment.more(lines, settings), given.evidence)
    for line in lines + more:
        # What commands the desk is cut out and labelled by rule.
        if line.attempt and len(line.labels) > 1:
            line.labels = line.labels - {"other"}
    known = [line for line in lines if line.words]
    print(f"{len(lines)} lines, {len(more)} more made from them", file=sys.stderr)
    vectors = words.Vectors({word for line in known for word in line.words}, given.cache, settings["rounds of pieces"])
    every = Lines(known + [line for line in more if line.words], vectors, labels, settings)
    own = np.arange(len(known))
    if given.quick:
        trained = every.fit(np.arange(len(every.lines)), settings)
        label_input(every, trained, vectors, labels, given.evidence)
        return
    every.learn_meanings(sentences.targets(known, settings["meanings"], given.cache))
    if given.only_try:
        folds, held_out = folds_of(known), np.zeros((len(known), len(labels)), np.float32)
        for fold in range(FOLDS):
            rows = own[folds == fold]
            held_out[rows] = every.scores(every.fit(own[folds != fold], settings), rows)
        report(held_out, every.targets[own], labels)
        return
    trained = every.fit(np.arange(len(every.lines)), settings)
    made_from = words.key(b"".join(file.read_bytes() for file in corpus.files(given.corpus)))
    output = pathlib.Path(given.output)
    output.mkdir(exist_ok=True)
    for name, data in (
        ("words.bin", vectors.bytes()),
        ("weights.bin", network.as_bytes(trained, vectors.scale, every.features.shape[1], made_from)),
    ):
        (output / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes, {words.digest(data)}")


if __name__ == "__main__":
    main()
