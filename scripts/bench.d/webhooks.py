"""Webhooks: signed WhatsApp texts and signed payment events, each stored before it is answered; pgbench's bare insert
beside them."""

import hmac
import json
import time

from holds import complain
from loads import pgbench, wrk
from processes import Failed
from report import each, median, rate, say
from servers import WHATSAPP_SECRET, Desk

STRIPE_SECRET = "whsec_bench"
# More than any machine of the day takes in one run.
PER_SECOND = 25_000


class Webhooks:
    """Signed webhooks in a file, and where they go."""

    def __init__(self, bench, name, path, header, prepare):
        self.name, self.path, self.header = name, path, header
        self.file = f"{bench.folder}/{name.replace(' ', '-')}"
        prepare(self.file, PER_SECOND * bench.seconds)


def measure(bench, report):
    run(bench, report, Webhooks(bench, "webhooks", "/api/v1/whatsapp/webhook", "X-Hub-Signature-256", prepare))


def measure_payments(bench, report):
    name, path = "payment webhooks", "/api/v1/stripe/webhook"
    run(bench, report, Webhooks(bench, name, path, "Stripe-Signature", prepare_payments))


def run(bench, report, webhooks):
    postgres, name = bench.postgres, webhooks.name
    url = postgres.create("webhooks")
    stripe = {"STRIPE_SECRET_KEY": "sk_test_bench", "STRIPE_WEBHOOK_SECRET": STRIPE_SECRET}
    try:
        with Desk(bench.binary, bench.folder, url, STRIPE_BASE_URL="http://127.0.0.1:9", **stripe) as desk:
            wrk("webhook.lua", desk, 1, webhooks=webhooks)
            alone, ours = [], []
            for turn in range(bench.rounds):
                say(f"  round {turn + 1} of {bench.rounds}")
                postgres.empty("webhooks")
                alone.append(pgbench("webhook.sql", postgres, "webhooks", bench.seconds))
                postgres.empty("webhooks")
                pids = {"postgres": postgres.pid}
                ours.append(wrk("webhook.lua", desk, bench.seconds, pids=pids, webhooks=webhooks))
                check_written(postgres, ours[-1])
        complain(report, desk)
    finally:
        postgres.drop("webhooks")
    ours_rates, alone_rates = [load.rate for load in ours], [load.rate for load in alone]
    report.row(f"{name}, pgbench's insert and commit", rate(median(alone_rates)), runs=each(alone_rates, rate))
    report.row(f"{name} over HTTP", rate(median(ours_rates)), runs=each(ours_rates, rate))
    report.ratio(f"{name}, HTTP to pgbench", [a / b for a, b in zip(ours_rates, alone_rates)], 0.5)
    report.by_processor(f"{name}, pgbench's processor time to HTTP's", ours, alone)
    report.zero(f"{name}, errors", sum(load.errors for load in [*ours, *alone]))
    p99 = [load.p99_ms for load in ours]
    report.row(f"{name}, p99", f"{median(p99):.1f} ms", runs=each(p99, "{:.1f}".format))
    report.shares(f"one of the {name} over HTTP", ours)
    report.shares("one insert by pgbench", alone)


def check_written(postgres, load):
    postgres.settle("webhooks")
    events, jobs = map(int, postgres.sql("webhooks", "select (select count(*) from inbox), (select count(*) from job)")[0])
    answered = load.rest["requests"] - load.errors
    if not answered <= events <= answered + 64 or jobs != events:
        raise Failed(f"{answered} webhooks were answered, {events} events and {jobs} jobs are in the database")


def prepare(file, count):
    say(f"  signing {count} webhooks")
    account = "106540352242922"
    # Ten thousand guests write; the marks are replaced by numbers below.
    body = json.dumps({
        "object": "whatsapp_business_account",
        "entry": [{
            "id": "102290129340398",
            "changes": [{
                "field": "messages",
                "value": {
                    "messaging_product": "whatsapp",
                    "metadata": {"display_phone_number": "15550783881", "phone_number_id": account},
                    "contacts": [{"profile": {"name": "Ana Bench"}, "wa_id": "@GUEST@"}],
                    "messages": [{
                        "from": "@GUEST@",
                        "id": "wamid.@NUMBER@",
                        "timestamp": "1767225600",
                        "type": "text",
                        "text": {"body": "Hola, tienen lugar para dos personas el fin de semana?"},
                    }],
                },
            }],
        }],
    }, separators=(",", ":"))
    secret = WHATSAPP_SECRET.encode()
    with open(file, "w") as lines:
        for number in range(count):
            text = body.replace("@GUEST@", f"549351{number % 10_000:07}").replace("@NUMBER@", f"bench{number:010}")
            signature = hmac.digest(secret, text.encode(), "sha256").hex()
            lines.write(f"sha256={signature}\t{text}\n")


def prepare_payments(file, count):
    say(f"  signing {count} payment webhooks")
    # Stripe's signatures are good for five minutes: longer than the rounds take.
    now = int(time.time())
    secret = STRIPE_SECRET.encode()
    with open(file, "w") as lines:
        for number in range(count):
            payment = {"id": f"pi_{number:010}", "object": "payment_intent", "status": "succeeded", "amount": 9_000}
            event = {"id": f"evt_{number:010}", "object": "event", "type": "payment_intent.succeeded", "created": now}
            event |= {"livemode": False, "data": {"object": payment}}
            text = json.dumps(event, separators=(",", ":"))
            signature = hmac.digest(secret, f"{now}.{text}".encode(), "sha256").hex()
            lines.write(f"t={now},v1={signature}\t{text}\n")
