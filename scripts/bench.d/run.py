"""Measures what scripts/bench asks for and prints or writes the table."""

import argparse
import os
import sys

import availability
import beside
import calendars
import feeds
import footprint
import holds
import lite
import reading
import report
import webhooks
from processes import Failed
from servers import Postgres

SECTIONS = {
    "holds": ("holds on PostgreSQL", holds.measure),
    "sqlite": ("holds on SQLite", lite.measure),
    "race": ("64 clients, one night", holds.race),
    "webhooks": ("webhooks on PostgreSQL", webhooks.measure),
    "payments": ("payment webhooks on PostgreSQL", webhooks.measure_payments),
    "availability": ("availability with 50,000 and 500,000 stays", availability.measure),
    "calendars": ("calendars of others polled, ours served", calendars.measure),
    "feeds": ("reading calendars", feeds.measure),
    "reading": ("reading what guests write", reading.measure),
    "footprint": ("size, memory, start", footprint.measure),
    "beside": ("beside an older program", beside.measure),
}


class Bench:
    """What every section needs."""

    here = os.path.dirname(os.path.abspath(__file__))

    def __init__(self, options):
        self.binary, self.folder = os.path.abspath(options.binary), options.folder
        self.beside = options.beside and os.path.abspath(options.beside)
        self.postgres = Postgres(options.postgres_bin, options.postgres_port, options.postgres_pid)
        self.quick = options.quick
        self.with_build = options.with_build
        # Rounds alternate between the limit and the desk: the machine is never the same for long.
        self.rounds, self.seconds = (2, 2) if options.quick else (3, 5)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--postgres-bin", required=True)
    parser.add_argument("--postgres-port", type=int, required=True)
    parser.add_argument("--postgres-pid", type=int, required=True)
    parser.add_argument("--only", choices=SECTIONS)
    parser.add_argument("--beside", help="an older program, measured in the same run")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--with-build", action="store_true")
    parser.add_argument("--page", help="the page in which the table is replaced; without it the table is printed")
    options = parser.parse_args()
    bench = Bench(options)
    found = report.Report()
    head = report.head(bench.postgres.version(), "release build", bench.quick)
    for name in [options.only] if options.only else SECTIONS:
        title, measure = SECTIONS[name]
        report.say(f"\n==> {title}")
        measure(bench, found)
    text = found.markdown(head)
    if options.page:
        report.write_between_marks(options.page, text)
        report.say(f"\n==> the table stands in {options.page}")
    else:
        print(text)


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"scripts/bench: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
