"""The program beside an older one, in one run: holds, webhooks and availability, round by round, each in its own database.
Who begins a round alternates."""

import time

from availability import FEW
from holds import complain
from loads import wrk
from report import each, median, rate, say
from servers import Desk, seed_postgres
from webhooks import STRIPE_SECRET, Webhooks, prepare, prepare_payments

ROUNDS = 7
# As much slower as two runs of one program come out on a machine that others use too.
NOISE = 0.95
# Confirmed and ended stays of each accommodation: 50,000 in all.
LIVE, ENDED = 60, 40


def measure(bench, report):
    if not bench.beside:
        report.note("no older program was named with --beside, so none was measured")
        return
    binaries = {"new": bench.binary, "old": bench.beside}
    stripe = {"STRIPE_SECRET_KEY": "sk_test_bench", "STRIPE_WEBHOOK_SECRET": STRIPE_SECRET}
    settings = stripe | {"STRIPE_BASE_URL": "http://127.0.0.1:9"}
    names = {which: f"beside_{which}" for which in binaries}
    desks = {
        which: Desk(binary, bench.folder, bench.postgres.create(names[which]), **settings)
        for which, binary in binaries.items()
    }
    try:
        for which, desk in desks.items():
            with desk:
                seed_postgres(bench.postgres, names[which], desk)
        for what, load in (("holds", holds), ("webhooks", whatsapp), ("payment webhooks", payments)):
            compare(bench, report, what, names, desks, load(bench))
        for name in names.values():
            seed_stays(bench, name)
        compare(bench, report, "availability with 50,000 stays", names, desks, availability(bench))
    finally:
        for name in names.values():
            bench.postgres.drop(name)


def compare(bench, report, what, names, desks, load):
    rounds = 2 if bench.quick else ROUNDS
    loads = {which: [] for which in desks}
    for turn in range(rounds):
        say(f"  {what}, round {turn + 1} of {rounds}")
        order = list(desks) if turn % 2 == 0 else list(reversed(desks))
        for which in order:
            with desks[which] as desk:
                done = load(desk, names[which])
            complain(report, desk)
            loads[which].append(done)
    for which, done in loads.items():
        rates = [load.rate for load in done]
        shown = f"{rate(median(rates))}, p99 {median([load.p99_ms for load in done]):.1f} ms"
        report.row(f"{what}, the {which} program", shown, runs=each(rates, rate))
    pairs = list(zip(loads["new"], loads["old"]))
    report.ratio(f"{what}, new to old", [new.rate / old.rate for new, old in pairs], NOISE)
    # Steadier than the rate where others use the machine too: the old one's processor time for one of them to the new one's.
    report.ratio(f"{what}, processor time, old to new", [micros(old) / micros(new) for new, old in pairs], NOISE)
    for which, done in loads.items():
        report.shares(f"one of {what}, the {which} program", done)
    report.zero(f"{what} beside, errors", sum(load.errors for done in loads.values() for load in done))


def micros(load):
    return load.cpu_micros("desk") + load.cpu_micros("postgres")


def holds(bench):
    def load(desk, name):
        bench.postgres.empty(name)
        wrk("hold.lua", desk, 1)
        bench.postgres.empty(name)
        return wrk("hold.lua", desk, bench.seconds, pids=pids(bench))

    return load


def whatsapp(bench):
    return of_webhooks(bench, "webhooks", "/api/v1/whatsapp/webhook", "X-Hub-Signature-256", prepare)


def payments(bench):
    return of_webhooks(bench, "payment webhooks", "/api/v1/stripe/webhook", "Stripe-Signature", prepare_payments)


def of_webhooks(bench, *what):
    # Signatures of payments are good for five minutes, and all rounds take longer.
    *named, sign = what

    def load(desk, name):
        webhooks = Webhooks(bench, *named, sign)
        bench.postgres.empty(name)
        return wrk("webhook.lua", desk, bench.seconds, pids=pids(bench), webhooks=webhooks)

    return load


def availability(bench):
    first = int(time.time() // 86400) + 2

    def load(desk, _):
        wrk("availability.lua", desk, 1, FEW, first_day=first)
        return wrk("availability.lua", desk, bench.seconds, FEW, pids=pids(bench), first_day=first)

    return load


def pids(bench):
    return {"postgres": bench.postgres.pid}


def seed_stays(bench, name):
    bench.postgres.empty(name)
    first = int(time.time() // 86400) + 2
    with open(f"{bench.here}/seed_stays.sql") as text:
        values = f"\\set first {first}\n\\set live {LIVE}\n\\set ended {ENDED}\n"
        bench.postgres.sql(name, values + text.read())
    bench.postgres.sql(name, "vacuum analyze")
