"""The loads: wrk over HTTP, pgbench straight into PostgreSQL."""

import json
import os
import re
import time

from processes import Failed, Meter, run

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENTS, THREADS = 16, 2
# Holds go where no seeded stay lies; the walk through them never comes to its end within a run.
FIRST_NIGHT = int(time.time() // 86400) + 400
NIGHTS = 1500


class Load:
    """What one run of one load gave."""

    def __init__(self, rate, shares, seconds, p50_ms=None, p99_ms=None, max_ms=None, errors=0, **rest):
        self.rate, self.shares, self.seconds = rate, shares, seconds
        self.p50_ms, self.p99_ms, self.max_ms, self.errors = p50_ms, p99_ms, max_ms, errors
        self.rest = rest

    def cpu_micros(self, name):
        """Processor time of one party for one piece of work."""
        done = self.rate * self.seconds
        return 1e6 * self.shares.get(name, 0.0) / done if done else 0.0


def wrk(script, desk, seconds, clients=CLIENTS, pids=None, first_day=FIRST_NIGHT, accommodations=500, webhooks=None, more=None):
    """`errors` counts answers above 399 and broken connections; `more` is what else the script reads."""
    threads = min(THREADS, clients)
    environment = os.environ | {
        "BENCH_D": HERE,
        "BENCH_THREADS": str(threads),
        "BENCH_ACCOMMODATIONS": str(accommodations),
        "BENCH_FIRST_DAY": str(first_day),
        "BENCH_DAYS": str(NIGHTS),
        "BENCH_WEBHOOKS": webhooks.file if webhooks else "",
        "BENCH_WEBHOOK_PATH": webhooks.path if webhooks else "",
        "BENCH_WEBHOOK_HEADER": webhooks.header if webhooks else "",
    } | (more or {})
    command = ["wrk", f"-t{threads}", f"-c{clients}", f"-d{seconds}s", "--timeout", "10s", "--latency"]
    command += ["-s", f"{HERE}/{script}", f"http://127.0.0.1:{desk.port}"]
    with Meter({"desk": desk.process.pid} | (pids or {})) as meter:
        printed = run(command, environment)
    line = re.search(r"^BENCH (.*)$", printed, re.M)
    if not line:
        raise Failed(f"wrk printed no result:\n{printed[-2000:]}")
    found = json.loads(line[1])
    if found["exhausted"]:
        raise Failed("the prepared requests did not last for the run; prepare more of them")
    return Load(
        rate=(found["requests"] - found["refused"]) / found["seconds"],
        shares=meter.shares,
        seconds=found["seconds"],
        p50_ms=found["p50_ms"],
        p99_ms=found["p99_ms"],
        max_ms=found["max_ms"],
        errors=found["refused"] + found["socket_errors"],
        requests=found["requests"],
        bytes=found["bytes"],
        created=found["created"],
        conflicts=found["conflicts"],
    )


def pgbench(script, postgres, database, seconds, clients=CLIENTS):
    """Prepared statements, as many clients and threads as wrk has, the same walk through the nights."""
    command = [f"{postgres.bin_dir}/pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", str(THREADS)]
    command += ["-T", str(seconds), "-f", f"{HERE}/{script}"]
    values = {"n": 0, "clients": clients, "accommodations": 500, "days": NIGHTS, "first_day": FIRST_NIGHT}
    for name, value in values.items():
        command += ["-D", f"{name}={value}"]
    command += ["-h", "127.0.0.1", "-p", str(postgres.port), "-U", "conserje", database]
    with Meter({"postgres": postgres.pid}) as meter:
        printed = run(command)
    rate = re.search(r"^tps = ([0-9.]+)", printed, re.M)
    failed = re.search(r"^number of failed transactions: (\d+)", printed, re.M)
    if not rate:
        raise Failed(f"pgbench printed no rate:\n{printed[-2000:]}")
    return Load(
        rate=float(rate[1]), shares=meter.shares, seconds=seconds, errors=int(failed[1]) if failed else 0
    )
