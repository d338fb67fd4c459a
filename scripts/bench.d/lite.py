"""SQLite: a bare loop of `begin immediate; insert; commit`, and the desk, on the same file system."""

import contextlib
import os
import sqlite3
import time

from holds import complain
from loads import FIRST_NIGHT, NIGHTS, wrk
from processes import Failed
from report import each, median, rate, say
from servers import ACCOMMODATIONS, Desk, seed_sqlite

STRIDE = 611953
LEAN = """create table bench_hold (
  id integer primary key, accommodation_id text not null, check_in text not null, check_out text not null,
  status text not null, expires_at integer not null)"""
INTO_LEAN = "insert into bench_hold (accommodation_id, check_in, check_out, status, expires_at) values (?, ?, ?, ?, ?)"
INTO_STAY = """insert into stay (id, code, token, accommodation_id, check_in, check_out, guests, channel, contact_name,
  contact_phone, contact_key, currency, total_minor, deposit_minor, status, expires_at, extended, created_at, version)
  values (?, ?, ?, ?, ?, ?, 2, 'web', 'Ana Bench', ?, ?, 'ARS', 1500000, 450000, 'held', ?, 0, ?, 1)"""


def measure(bench, report):
    ours, alone, lean = [], [], []
    for turn in range(bench.rounds):
        say(f"  round {turn + 1} of {bench.rounds}")
        # Each run begins with a new file; the bare loop and the desk have one each, in the same folder.
        with fresh(bench, "bare.db") as path:
            alone.append(bare_loop(path, bench.seconds, INTO_STAY, stay))
        with fresh(bench, "desk.db") as path, Desk(bench.binary, bench.folder, f"sqlite://{path}") as desk:
            wrk("hold.lua", desk, 1, accommodations=1)
            with contextlib.closing(opened(path)) as connection:
                connection.executescript("delete from stay; delete from audit; delete from job; vacuum;")
            ours.append(wrk("hold.lua", desk, bench.seconds))
            check_written(path, ours[-1])
        complain(report, desk)
        with fresh(bench, "bare.db") as path:
            lean.append(bare_loop(path, bench.seconds, INTO_LEAN, lean_hold))
    rates = [load.rate for load in ours]
    report.row("SQLite, bare loop into the desk's table", rate(median(alone)), runs=each(alone, rate))
    report.row("SQLite, bare loop into a table with a key only", rate(median(lean)), runs=each(lean, rate))
    report.row("SQLite, holds over HTTP", rate(median(rates)), runs=each(rates, rate))
    report.ratio("SQLite, HTTP to the bare loop", [a / b for a, b in zip(rates, alone)], 0.5)
    report.ratio("SQLite, HTTP to the bare loop with a key only", [a / b for a, b in zip(rates, lean)], 0.5)
    report.zero("SQLite, errors", sum(load.errors for load in ours))
    report.at_most("SQLite, holds, p99", [load.p99_ms for load in ours], 25, "ms")
    report.shares("one hold over HTTP on SQLite", ours)


@contextlib.contextmanager
def fresh(bench, name):
    """A database that the desk has migrated and that has accommodations."""
    path = os.path.join(bench.folder, name)
    try:
        with Desk(bench.binary, bench.folder, f"sqlite://{path}") as desk:
            with contextlib.closing(opened(path)) as connection:
                seed_sqlite(connection, desk)
                connection.execute(LEAN)
        yield path
    finally:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(path + suffix)


def opened(path):
    """With the pragmas of the desk."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
        connection.execute(f"pragma {pragma}")
    return connection


def bare_loop(path, seconds, insert, row):
    """One connection, one row a transaction: what the file system allows without sharing commits."""
    with contextlib.closing(opened(path)) as connection:
        execute, done = connection.execute, 0
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < seconds:
            values = row(done)
            execute("begin immediate")
            execute(insert, values)
            execute("commit")
            done += 1
        return done / passed


def night(number):
    slot = number * STRIDE % (ACCOMMODATIONS * NIGHTS)
    day = FIRST_NIGHT + slot // ACCOMMODATIONS
    return f"a{slot % ACCOMMODATIONS}", DATES[day], DATES[day + 1]


def dates(days):
    return {day: time.strftime("%Y-%m-%d", time.gmtime(86400 * day)) for day in days}


DATES = dates(range(FIRST_NIGHT, FIRST_NIGHT + NIGHTS + 1))
NOW_MICROS = int(time.time() * 1e6)
HALF_AN_HOUR = 1_800_000_000


def stay(number):
    ids = (f"bench-{number}", f"B{number}", f"{number:032}")
    return (*ids, *night(number), f"+549351{number}", f"549351{number}", NOW_MICROS + HALF_AN_HOUR, NOW_MICROS)


def lean_hold(number):
    return (*night(number), "held", NOW_MICROS + HALF_AN_HOUR)


def check_written(path, load):
    with contextlib.closing(opened(path)) as connection:
        stays, jobs = connection.execute("select (select count(*) from stay), (select count(*) from job)").fetchone()
    answered = load.rest["requests"] - load.errors
    if not answered <= stays <= answered + 64 or jobs != stays:
        raise Failed(f"{answered} holds were answered, {stays} stays and {jobs} jobs are in the database")
