"""A newcomer's way, tried from end to end: some sentences added to one file, one command, and the way of saying
something is understood in sentences that were not added."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "crates/dialog/corpus"
# An invented verb, so that nobody knows it before.
ADDED = """\
book: enchapuzame la cabaña grande
book: me la enchapuzás?
book: dale, enchapuzala a mi nombre
book: quiero que me enchapuces esa
book: enchapuzanos la del fondo porfa
book: la podés enchapuzar ya?
book: bueno, enchapuzámela nomás
book: te pido que la enchapuces para nosotros
book: nos enchapuzás esa cabaña?
book: quiero enchapuzar la de dos ambientes
book: si está libre enchapuzala ya mismo
book: cómo hago para enchapuzarla?
"""
ASKED = {"me enchapuzas la de arriba?": "book", "enchapuzala por favor": "book", "no funciona la ducha": "complaint"}


def labels(arguments, more):
    command = [sys.executable, str(HERE / "train.py"), *arguments, "--quick", *more]
    said = subprocess.run(command, capture_output=True, text=True, check=True, input="\n".join(ASKED)).stdout
    return {answer["text"]: answer["labels"] for answer in map(json.loads, said.splitlines())}


def main():
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "corpus"
        shutil.copytree(CORPUS, copy)
        place = ["--corpus", str(copy)]
        before = labels(sys.argv[1:], place)
        with (copy / "es/book.txt").open("a", encoding="utf-8") as file:
            file.write(ADDED)
        after = labels(sys.argv[1:], place)
    for text, label in ASKED.items():
        print(f"{text!r}: before {before[text]}, after {after[text]}")
    if not all(label in after[text] for text, label in ASKED.items()):
        sys.exit("added sentences have taught nothing")
    if all(label in before[text] for text, label in ASKED.items()):
        sys.exit("the invented word was known before: this test shows nothing")


if __name__ == "__main__":
    main()
