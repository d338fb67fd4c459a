"""The corpus: `labels: sentence` lines, and what the grammar finds in them."""

import json
import pathlib
import subprocess
import sys

LOCALES = {"es": "es-AR", "pt": "pt-BR", "en": "en"}


class Line:
    """A sentence of the corpus with its labels and, once asked for, its evidence."""

    def __init__(self, file, number, labels, text):
        self.file, self.number, self.labels, self.text = file, number, labels, text
        self.words, self.grammar, self.stay, self.told, self.attempt = [], [], 0, [], False

    @property
    def language(self):
        return self.file.parent.name


def names(evidence):
    """The labels and the grammar's tables, in the order in which the program has them."""
    said = subprocess.run([evidence, "--names"], capture_output=True, text=True, check=True).stdout
    return json.loads(said)


def files(folder):
    return sorted(pathlib.Path(folder).glob("*/*.txt"))


def read(folder, labels):
    """All lines; a line that is not `labels: sentence` ends the training, named by file and number."""
    lines, wrong = [], []
    for file in files(folder):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            said, colon, text = line.partition(": ")
            unknown = [label for label in said.split("+") if label not in labels]
            if unknown or not colon or not text.strip():
                wrong.append(f"{file}:{number}: not `labels: sentence` ({' '.join(unknown)})")
                continue
            lines.append(Line(file, number, set(said.split("+")), text.strip().replace("\\n", "\n")))
    if wrong:
        sys.exit("\n".join(wrong))
    return lines


def add_evidence(lines, evidence):
    """Asks the program for the words and the grammar's findings of every line."""
    said = "".join(
        json.dumps({"locale": LOCALES[line.language], "text": line.text}, ensure_ascii=False) + "\n" for line in lines
    )
    found = subprocess.run([evidence], input=said, capture_output=True, text=True, check=True).stdout
    for line, found in zip(lines, found.splitlines(), strict=True):
        found = json.loads(found)
        line.words, line.grammar = found["words"], found["grammar"]
        line.stay, line.told, line.attempt = found["stay"], found["told"], found["attempt"]
    return lines
