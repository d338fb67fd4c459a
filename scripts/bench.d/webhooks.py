"""Webhooks: signed WhatsApp texts, each stored before it is answered; pgbench's bare insert beside it."""

import hmac
import json

from holds import complain
from loads import pgbench, wrk
from processes import Failed
from report import each, median, rate, say
from servers import WHATSAPP_SECRET, Desk

# More than any machine of the day takes in one run.
PER_SECOND = 25_000


def measure(bench, report):
    postgres = bench.postgres
    file = f"{bench.folder}/webhooks"
    prepare(file, PER_SECOND * bench.seconds)
    url = postgres.create("webhooks")
    try:
        with Desk(bench.binary, bench.folder, url) as desk:
            wrk("webhook.lua", desk, 1, webhooks=file)
            alone, ours = [], []
            for turn in range(bench.rounds):
                say(f"  round {turn + 1} of {bench.rounds}")
                postgres.empty("webhooks")
                alone.append(pgbench("webhook.sql", postgres, "webhooks", bench.seconds))
                postgres.empty("webhooks")
                ours.append(
                    wrk("webhook.lua", desk, bench.seconds, pids={"postgres": postgres.pid}, webhooks=file)
                )
                check_written(postgres, ours[-1])
        complain(report, desk)
    finally:
        postgres.drop("webhooks")
    ours_rates, alone_rates = [load.rate for load in ours], [load.rate for load in alone]
    report.row("webhooks, pgbench's insert and commit", rate(median(alone_rates)), runs=each(alone_rates, rate))
    report.row("webhooks over HTTP", rate(median(ours_rates)), runs=each(ours_rates, rate))
    report.ratio("webhooks, HTTP to pgbench", [a / b for a, b in zip(ours_rates, alone_rates)], 0.5)
    report.by_processor("webhooks, pgbench's processor time to HTTP's", ours, alone)
    report.zero("webhooks, errors", sum(load.errors for load in [*ours, *alone]))
    p99 = [load.p99_ms for load in ours]
    report.row("webhooks, p99", f"{median(p99):.1f} ms", runs=each(p99, "{:.1f}".format))
    report.shares("one webhook over HTTP", ours)
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
            lines.write(f"{signature} {text}\n")
