"""Holds: pgbench's equivalent and the desk, one after the other, round by round. Then 64 guests on one night."""

import json
import selectors
import socket
import time

from loads import FIRST_NIGHT, pgbench, wrk
from processes import Failed
from report import each, median, rate, say
from servers import Desk, seed_postgres
from stub import Stub

RACERS, RACES = 64, 20


def measure(bench, report):
    postgres = bench.postgres
    url = postgres.create("holds")
    pids = {"postgres": postgres.pid}
    try:
        with Desk(bench.binary, bench.folder, url) as desk:
            seed_postgres(postgres, "holds", desk)
            with open(f"{bench.here}/lean_tables.sql") as tables:
                postgres.sql("holds", tables.read())
            wrk("hold.lua", desk, 1)
            alone, lean, ours = [], [], []
            for turn in range(bench.rounds):
                say(f"  round {turn + 1} of {bench.rounds}")
                postgres.empty("holds")
                alone.append(pgbench("hold.sql", postgres, "holds", bench.seconds))
                postgres.empty("holds")
                ours.append(wrk("hold.lua", desk, bench.seconds, pids=pids))
                check_written(postgres, ours[-1])
                postgres.sql("holds", "truncate bench_hold, bench_outbox restart identity; checkpoint")
                lean.append(pgbench("hold_lean.sql", postgres, "holds", bench.seconds))
            postgres.empty("holds")
        complain(report, desk)
        tell(report, alone, lean, ours)
        everything(bench, report, url, alone)
    finally:
        postgres.drop("holds")


def check_written(postgres, load):
    """What was answered 201 stands in the table, with its job; at most one more per connection."""
    postgres.settle("holds")
    stays, jobs = map(int, postgres.sql("holds", "select (select count(*) from stay), (select count(*) from job)")[0])
    answered = load.rest["requests"] - load.errors
    if not answered <= stays <= answered + 64 or jobs != stays:
        raise Failed(f"{answered} holds were answered, {stays} stays and {jobs} jobs are in the database")


def complain(report, desk):
    if desk.complaints:
        report.note("the desk complained: " + " / ".join(desk.complaints))


def tell(report, alone, lean, ours):
    ours_rates, alone_rates = [load.rate for load in ours], [load.rate for load in alone]
    lean_rates = [load.rate for load in lean]
    report.row("holds, pgbench in the desk's tables", rate(median(alone_rates)), runs=each(alone_rates, rate))
    report.row("holds, pgbench in the smallest tables", rate(median(lean_rates)), runs=each(lean_rates, rate))
    report.row("holds over HTTP", rate(median(ours_rates)), runs=each(ours_rates, rate))
    report.ratio("holds, HTTP to pgbench", [a / b for a, b in zip(ours_rates, alone_rates)], 0.5, "1.0")
    report.ratio(
        "holds, HTTP to pgbench in the smallest tables", [a / b for a, b in zip(ours_rates, lean_rates)], 0.5
    )
    report.by_processor("holds, pgbench's processor time to HTTP's", ours, alone)
    report.zero("holds, errors", sum(load.errors for load in [*ours, *alone]))
    report.at_most("holds, p99", [load.p99_ms for load in ours], 25, "ms")
    report.shares("one hold over HTTP", ours)
    report.shares("one hold by pgbench", alone)


def everything(bench, report, url, alone):
    """The worker beside the web server, opening a checkout page for each hold."""
    bench.postgres.empty("holds")
    with Stub() as stub, Desk(
        bench.binary, bench.folder, url, role="all", MERCADOPAGO_BASE_URL=f"http://127.0.0.1:{stub.port}"
    ) as desk:
        load = wrk("hold.lua", desk, bench.seconds, pids={"postgres": bench.postgres.pid})
        opened = bench.postgres.sql("holds", "select count(*) from checkout where url is not null")[0][0]
    bench.postgres.empty("holds")
    complain(report, desk)
    report.row("holds over HTTP, web and worker in one process", rate(load.rate))
    report.row("the same to pgbench", f"{load.rate / median([a.rate for a in alone]):.2f}")
    report.note(f"web and worker in one process: {opened} checkout pages opened during {load.seconds:.0f} s")
    report.zero("holds, errors with the worker", load.errors)


def race(bench, report):
    postgres = bench.postgres
    url = postgres.create("race")
    try:
        with Desk(bench.binary, bench.folder, url) as desk:
            seed_postgres(postgres, "race", desk)
            ask = burst(desk)
            winners = [ask(FIRST_NIGHT + 10 + turn) for turn in range(RACES)]
            stored = postgres.sql("race", "select count(*) from stay group by check_in")
            fair = all(won == (1, RACERS - 1) for won in winners) and stored == [["1"]] * RACES
            report.row(
                f"{RACERS} clients at once on one night, {RACES} nights",
                "one winner each" if fair else f"winners and refusals: {sorted(set(winners))}",
                "one winner",
                fair,
            )
            rates = []
            for turn in range(bench.rounds):
                load = wrk(
                    "race.lua", desk, min(2, bench.seconds), RACERS, {"postgres": postgres.pid}, FIRST_NIGHT + turn
                )
                attempts = load.rest["created"] + load.rest["conflicts"]
                if load.rest["created"] != 1 or attempts != load.rest["requests"]:
                    raise Failed(f"one night was given {load.rest['created']} times, {load.rest}")
                rates.append(attempts / load.seconds)
            stored = postgres.sql("race", f"select count(*) from stay where check_in < date '1970-01-01' + {FIRST_NIGHT + 10}")
            if stored != [[str(bench.rounds)]]:
                raise Failed(f"{stored} stays stand where {bench.rounds} should")
            report.row(f"{RACERS} clients on one night, attempts", rate(median(rates)), runs=each(rates, rate))
        complain(report, desk)
    finally:
        postgres.drop("race")


def burst(desk):
    """All connections open, then all requests sent, then all answers read: as simultaneous as one thread can be."""

    def ask(day):
        arrival, departure = (time.strftime("%Y-%m-%d", time.gmtime(86400 * d)) for d in (day, day + 1))
        sockets = [socket.create_connection(("127.0.0.1", desk.port)) for _ in range(RACERS)]
        statuses = []
        with selectors.DefaultSelector() as waiting:
            for number, connection in enumerate(sockets):
                body = json.dumps({
                    "accommodation_id": "a0", "check_in": arrival, "check_out": departure, "guests": 2,
                    "channel": "web", "contact_name": "Ana Bench", "contact_phone": f"+549353{day}{number:03}",
                })
                connection.sendall(
                    f"POST /api/v1/reservations/pre-reserve HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
                )
                waiting.register(connection, selectors.EVENT_READ)
            while waiting.get_map():
                ready = waiting.select(timeout=10)
                if not ready:
                    raise Failed("an attempt to hold was never answered")
                for key, _ in ready:
                    statuses.append(key.fileobj.recv(65536).split(b" ", 2)[1])
                    waiting.unregister(key.fileobj)
        for connection in sockets:
            connection.close()
        return statuses.count(b"201"), statuses.count(b"409")

    return ask
