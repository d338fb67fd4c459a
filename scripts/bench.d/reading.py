"""Reading what guests write: how long one message takes, and how long the longest."""

import glob
import json
import os
import re
import subprocess
import tempfile

from processes import Failed
from report import each, median

LONGEST = 4096


def measure(bench, report):
    root = os.path.dirname(os.path.dirname(bench.here))
    messages = []
    for name in sorted(glob.glob(f"{root}/crates/dialog/exams/*.jsonl")):
        with open(name) as lines:
            messages += [json.loads(line) for line in lines if line.strip()]
    program = built(root)
    everyday = [micros(program, messages) for _ in range(bench.rounds)]
    report.at_most(f"reading one of {len(messages)} messages, median", [one[0] for one in everyday], 100, "µs")
    report.row("reading one of them, 99 of 100", f"{median([one[1] for one in everyday]):.0f} µs")
    long = [micros(program, list(longest(messages))) for _ in range(bench.rounds)]
    report.at_most(f"reading {LONGEST} characters, median", [one[0] / 1e3 for one in long], 2, "ms")
    worst = [one[2] / 1e3 for one in long]
    report.at_most(f"reading {LONGEST} characters, worst", worst, 2, "ms")
    report.note(f"worst of each round: {each(worst, '{:.2f} ms'.format)}")


def longest(messages):
    """Messages of one language joined until they are as long as a message may be."""
    by_locale = {}
    for message in messages:
        by_locale.setdefault(message["locale"], []).append(message)
    for locale, said in by_locale.items():
        text = " ".join(message["text"] for message in said)
        for start in range(0, max(1, len(text) - LONGEST), LONGEST):
            yield {"today": said[0]["today"], "locale": locale, "text": text[start : start + LONGEST]}


def built(root):
    """The program that reads; the first call builds it."""
    command = ["cargo", "build", "--release", "--locked", "-q", "-p", "dialog", "--example", "read"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"the reader could not be built:\n{done.stderr[-2000:]}")
    target = os.environ.get("CARGO_TARGET_DIR", f"{root}/target")
    return os.path.join(root, target, "release/examples/read")


def micros(program, messages):
    """Microseconds: median, 99 of 100, worst. Of each message the best of several readings counts."""
    with tempfile.TemporaryFile("w+") as lines:
        lines.writelines(json.dumps(message) + "\n" for message in messages)
        lines.seek(0)
        done = subprocess.run([program, "--time"], stdin=lines, capture_output=True, text=True)
    found = [int(number) for number in re.findall(r"Some\((\d+)\)", done.stdout)]
    if done.returncode != 0 or len(found) != 3:
        raise Failed(f"the reading could not be timed:\n{done.stdout}{done.stderr[-2000:]}")
    return found
