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
    rates, p99 = ({which: [] for which in desks} for _ in range(2))
    errors = 0
    for turn in range(rounds):
        say(f"  {what}, round {turn + 1} of {rounds}")
        order = list(desks) if turn % 2 == 0 else list(reversed(desks))
        for which in order:
            with desks[which] as desk:
                done = load(desk, names[which])
            complain(report, desk)
            rates[which].append(done.rate)
            p99[which].append(done.p99_ms)
            errors += done.errors
    for which in desks:
        shown = f"{rate(median(rates[which]))}, p99 {median(p99[which]):.1f} ms"
        report.row(f"{what}, the {which} program", shown, runs=each(rates[which], rate))
    report.ratio(f"{what}, new to old", [new / old for new, old in zip(rates["new"], rates["old"])], NOISE)
    report.zero(f"{what} beside, errors", errors)


def holds(bench):
    def load(desk, name):
        bench.postgres.empty(name)
        wrk("hold.lua", desk, 1)
        bench.postgres.empty(name)
        return wrk("hold.lua", desk, bench.seconds)

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
        return wrk("webhook.lua", desk, bench.seconds, webhooks=webhooks)

    return load


def availability(bench):
    first = int(time.time() // 86400) + 2

    def load(desk, _):
        wrk("availability.lua", desk, 1, FEW, first_day=first)
        return wrk("availability.lua", desk, bench.seconds, FEW, first_day=first)

    return load


def seed_stays(bench, name):
    bench.postgres.empty(name)
    first = int(time.time() // 86400) + 2
    with open(f"{bench.here}/seed_stays.sql") as text:
        values = f"\\set first {first}\n\\set live {LIVE}\n\\set ended {ENDED}\n"
        bench.postgres.sql(name, values + text.read())
    bench.postgres.sql(name, "vacuum analyze")
