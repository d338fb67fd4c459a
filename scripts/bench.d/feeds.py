"""Feeds: the reader of calendars beside two other readers, in one program that runs them in turn."""

import json
import os
import subprocess

from processes import Failed
from report import each, median

# The feed that counts; the others are told.
COUNTS = "Airbnb 63 KB"


def measure(bench, report):
    rounds = [rates(bench) for _ in range(bench.rounds)]
    for body in rounds[0]:
        for reader in ("ours", "calcard", "icalendar"):
            values = [one[body][reader] for one in rounds]
            if body == COUNTS or reader == "ours":
                report.row(f"reading {body}, {reader}", f"{median(values):.0f} MB/s", runs=each(values, "{:.0f}".format))
        against = lambda reader: [one[body]["ours"] / one[body][reader] for one in rounds]
        if body == COUNTS:
            report.ratio(f"reading {body}, ours to calcard", against("calcard"), 1.0, 3)
            report.ratio(f"reading {body}, ours to icalendar", against("icalendar"), 1.0)


def rates(bench):
    """Megabytes a second by body and reader. The first call builds the program."""
    root = os.path.dirname(os.path.dirname(bench.here))
    command = ["cargo", "bench", "--locked", "-q", "-p", "ical", "--bench", "read", "--", "--json"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"the reader of calendars could not be measured:\n{done.stderr[-2000:]}")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {line["body"]: line for line in lines}
