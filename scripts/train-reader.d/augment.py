"""Lines made from those of the corpus: joined to one message, greeted, thanked, and with slips of the keyboard. The same
corpus gives the same lines."""

import corpus
import numpy as np

JOINTS = (". ", " ", ", ", "\n", " y ", "! ")
# "Nothing that the desk knows" stands alone; so do answers.
ANSWERS = {"greeting", "thanks", "yes", "no", "other", "elsewhere"}
# What is said before and after a wish.
GREETINGS = {
    "es": ("hola! ", "buenas, ", "holaa ", "buen día, ", "hola cómo están? "),
    "pt": ("oi! ", "bom dia, ", "olá, tudo bem? ", "boa tarde "),
    "en": ("hi! ", "hello, ", "good morning, ", "hey "),
}
THANKS = {
    "es": (" gracias", " muchas gracias!", " mil gracias"),
    "pt": (" obrigada", " obrigado!", " valeu"),
    "en": (" thanks", " thank you!", " cheers"),
}
CALLS = {"es": ("disculpe, ", "che, ", "oiga, "), "pt": ("moça, ", "então, "), "en": ("excuse me, ", "so ")}


def more(lines, settings):
    """All made lines; `settings` say how many of each kind for each line of the corpus."""
    return [
        *joined(lines, settings["joined"]),
        *polite(lines, settings["greeted"], GREETINGS, "greeting", before=True),
        *polite(lines, settings["called"], CALLS, None, before=True),
        *polite(lines, settings["thanked"], THANKS, "thanks", before=False),
        *misspelt(lines, settings["misspelt"]),
    ]


def joined(lines, share):
    """Lines joined to one message, with the labels of both."""
    random = np.random.default_rng(7)
    by_language = {}
    for line in lines:
        if not line.attempt and len(line.words) < 20:
            by_language.setdefault(line.language, []).append(line)
    made = []
    for _ in range(int(share * len(lines))):
        of_language = by_language[list(by_language)[random.integers(len(by_language))]]
        chosen = [of_language[at] for at in random.integers(len(of_language), size=2 + (random.random() < 0.3))]
        if len({"elsewhere" in line.labels for line in chosen}) > 1:
            continue
        said = set().union(*(line.labels for line in chosen))
        # An answer is one only at the beginning.
        said -= {"yes", "no"} - chosen[0].labels
        if said - ANSWERS:
            said.discard("other")
        text = "".join(line.text + JOINTS[random.integers(len(JOINTS))] for line in chosen)
        made.append(corpus.Line(chosen[0].file, 0, said, text.strip()))
    return made


def some(lines, share, random):
    for at in random.permutation(len(lines))[: int(share * len(lines))]:
        if not lines[at].attempt:
            yield lines[at]


def polite(lines, share, words, label, before):
    """Lines with a word of manners before or after them."""
    random = np.random.default_rng(11)
    made = []
    for line in some(lines, share, random):
        if label in line.labels:
            continue
        said = words[line.language][random.integers(len(words[line.language]))]
        text = said + line.text if before else line.text + said
        made.append(corpus.Line(line.file, 0, line.labels | ({label} if label else set()), text))
    return made


def misspelt(lines, share):
    """Lines with one to three slips: letters swapped, dropped, doubled, the end of a word cut."""
    random = np.random.default_rng(13)
    made = []
    for line in some(lines, share, random):
        words = line.text.split(" ")
        long = [at for at, word in enumerate(words) if len(word) > 3 and word.isalpha()]
        if not long:
            continue
        for at in random.permutation(long)[: 1 + (random.random() < 0.4) + (random.random() < 0.3)]:
            words[at] = slip(words[at], random)
        made.append(corpus.Line(line.file, 0, line.labels, " ".join(words)))
    return made


def slip(word, random):
    at = random.integers(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    dropped = word[:at] + word[at + 1 :]
    doubled = word[:at] + word[at] + word[at:]
    return (swapped, dropped, doubled, word[:-1])[random.integers(4)]
