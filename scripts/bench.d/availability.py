"""What is free over 500 accommodations and a year, with 50,000 and with 500,000 stays; the hold rate at both."""

import time

from holds import complain
from loads import wrk
from report import each, median, rate, say
from servers import ACCOMMODATIONS, Desk, seed_postgres

# Confirmed in the coming year, per accommodation: about half of its nights.
LIVE = 60
SIZES = {"50,000": 40, "500,000": 940}
FEW, MANY = 2, 16


def measure(bench, report):
    postgres = bench.postgres
    few, many, held = ({size: [] for size in SIZES} for _ in range(3))
    first = int(time.time() // 86400) + 2
    try:
        desks = {}
        for size, ended in SIZES.items():
            name = f"stays_{size.replace(',', '')}"
            say(f"  seeding {size} stays")
            desks[size] = (name, Desk(bench.binary, bench.folder, postgres.create(name)))
            with desks[size][1] as desk:
                seed_postgres(postgres, name, desk)
            with open(f"{bench.here}/seed_stays.sql") as text:
                values = f"\\set first {first}\n\\set live {LIVE}\n\\set ended {ended}\n"
                postgres.sql(name, values + text.read())
            postgres.sql(name, "vacuum analyze")
            (count,) = postgres.sql(name, "select count(*) from stay")[0]
            if int(count) != ACCOMMODATIONS * (LIVE + ended):
                raise AssertionError(f"{count} stays were seeded")
        for turn in range(bench.rounds):
            say(f"  round {turn + 1} of {bench.rounds}")
            for size, (name, desk) in desks.items():
                pids = {"postgres": postgres.pid}
                with desk:
                    wrk("availability.lua", desk, 1, FEW, first_day=first)
                    few[size].append(wrk("availability.lua", desk, bench.seconds, FEW, pids, first))
                    many[size].append(wrk("availability.lua", desk, bench.seconds, MANY, pids, first))
                    wrk("hold.lua", desk, 1)
                    forget_holds(postgres, name)
                    held[size].append(wrk("hold.lua", desk, bench.seconds, pids=pids))
                    forget_holds(postgres, name)
                complain(report, desk)
    finally:
        for size in SIZES:
            postgres.drop(f"stays_{size.replace(',', '')}")
    tell(report, few, many, held)


def forget_holds(postgres, name):
    postgres.settle(name)
    postgres.sql(name, "truncate job, audit; delete from stay where id not like 'seed-%'; vacuum stay; checkpoint")


def tell(report, few, many, held):
    small, large = SIZES
    for size in SIZES:
        loads = few[size]
        report.at_most(f"availability with {size} stays, {FEW} clients, p99", [a.p99_ms for a in loads], 10, "ms")
        answer_kb = median([a.rest["bytes"] / a.rest["requests"] / 1e3 for a in loads])
        rates = [a.rate for a in many[size]]
        p99 = median([a.p99_ms for a in many[size]])
        report.row(
            f"availability with {size} stays, {MANY} clients",
            f"{rate(median(rates))}, p99 {p99:.1f} ms",
            runs=each(rates, rate),
        )
        report.note(f"an answer about availability with {size} stays has {answer_kb:.0f} kB")
        report.shares(f"one answer about availability with {size} stays, {FEW} clients", loads)
    pairs = list(zip(few[small], few[large]))
    report.at_most("availability, p99 with 500,000 to p99 with 50,000", [b.p99_ms / a.p99_ms for a, b in pairs], 1.3, "")
    report.at_most("availability, p50 with 500,000 to p50 with 50,000", [b.p50_ms / a.p50_ms for a, b in pairs], 1.3, "")
    for size in SIZES:
        rates = [a.rate for a in held[size]]
        report.row(f"holds over HTTP with {size} stays", rate(median(rates)), runs=each(rates, rate))
    pairs = list(zip(held[small], held[large]))
    report.at_most("holds, rate with 50,000 to rate with 500,000", [a.rate / b.rate for a, b in pairs], 1.3, "")
    everything = [load for loads in (few, many, held) for size in SIZES for load in loads[size]]
    report.zero("availability and holds, errors", sum(load.errors for load in everything))
