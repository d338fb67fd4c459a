"""Calendars of others, polled, compared and stored; and our own, served."""

import json
import re
import time

from calendar_server import EVENTS, HOSTS, ONE_IN, CalendarServer, body
from holds import complain
from loads import wrk
from processes import Failed, Meter, peak_memory_mb
from report import each, median, rate, say
from servers import ACCOMMODATIONS, Desk, seed_postgres

FEEDS, QUICK_FEEDS = 10_000, 1_000
AT_ONCE = 32
# Without a reading for so long it will not come to its end.
PATIENCE_SECONDS = 60
STAYS, LINKS = 30, 50


def measure(bench, report):
    poll(bench, report, QUICK_FEEDS if bench.quick else FEEDS)
    export(bench, report)


def poll(bench, report, feeds):
    postgres, name = bench.postgres, "calendars"
    url = postgres.create(name)
    settings = {"ICAL_ALLOW_PRIVATE_NETWORKS": "true", "JOB_CONCURRENCY": str(AT_ONCE)}
    try:
        with CalendarServer() as server:
            with Desk(bench.binary, bench.folder, url) as desk:
                # Two feeds a house.
                seed_postgres(postgres, name, desk, feeds // 2)
            register(postgres, name, server, feeds)
            pids = {"postgres": postgres.pid, "calendars": server.process.pid}
            begun = time.time()
            with Desk(bench.binary, bench.folder, url, role="worker", **settings) as desk:
                with Meter({"desk": desk.process.pid} | pids) as meter:
                    first = wait_for_all(postgres, name, feeds, begun)
                tell(report, desk, meter, feeds, "first poll", first)
                check(postgres, name, server, feeds, sent=feeds, blocks=feeds * EVENTS)
                server.change()
                begun = time.time()
                with Meter({"desk": desk.process.pid} | pids) as meter:
                    make_due(postgres, name)
                    again = wait_for_all(postgres, name, feeds, begun)
                tell(report, desk, meter, feeds, f"one in {ONE_IN} changed", again)
                peak = f"{peak_memory_mb(desk.process.pid):.1f} MB"
                report.row(f"{feeds:,} feeds polled twice, peak memory of the worker", peak)
                check(postgres, name, server, feeds, sent=feeds // ONE_IN, blocks=feeds * EVENTS + feeds // ONE_IN)
            complain(report, desk)
    finally:
        postgres.drop(name)
    report.note(f"a calendar has {len(body(0, 0)):,} bytes; {len(HOSTS)} hosts, {AT_ONCE} feeds at once, 2 per house")


def register(postgres, name, server, feeds):
    hosts = ", ".join(f"'{host}'" for host in HOSTS)
    postgres.sql(
        name,
        "insert into feed (id, accommodation_id, source, url, interval_seconds, created_at)"
        " select 'f' || lpad(n::text, 6, '0'), 'a' || n / 2, 'source-' || n % 2,"
        f" 'http://' || (array[{hosts}])[1 + n % {len(HOSTS)}] || ':{server.port}/' || n || '.ics', 86400, now()"
        f" from generate_series(0, {feeds - 1}) n;"
        # The worker begins with what is due: the feeds, whoever looked before.
        "delete from schedule;"
        "analyze",
    )


def make_due(postgres, name):
    postgres.sql(
        name,
        "update feed set next_fetch_at = null;"
        "update schedule set next_run_at = now() where name = 'fetch_feeds'",
    )


def wait_for_all(postgres, name, feeds, begun):
    """Seconds from `begun` to the last good reading."""
    counted, counted_at = -1, time.time()
    while True:
        wanted = "select count(*), extract(epoch from max(last_good_at)) from feed"
        count, latest = postgres.sql(name, f"{wanted} where last_good_at >= to_timestamp({begun})")[0]
        if int(count) == feeds:
            return float(latest) - begun
        now = time.time()
        if int(count) > counted:
            counted, counted_at = int(count), now
        elif now - counted_at > PATIENCE_SECONDS:
            errors = postgres.sql(name, "select last_error, count(*) from feed group by 1 order by 2 desc limit 3")
            raise Failed(f"{count} of {feeds} calendars were read, then no more: {errors}")
        time.sleep(0.5)


def check(postgres, name, server, feeds, sent, blocks):
    """Each feed was asked once, and what was sent is stored."""
    stored = int(postgres.sql(name, "select count(*) from block")[0][0])
    bodies, unchanged = server.take_counts()
    if stored != blocks or bodies != sent or bodies + unchanged != feeds:
        answers = f"{bodies} calendars of {sent} and {unchanged} times 304 were sent for {feeds} feeds"
        raise Failed(f"{answers}; {stored} blocks are stored, not {blocks}")


def tell(report, desk, meter, feeds, what, seconds):
    title = f"{feeds:,} feeds polled, compared and stored, {what}"
    report.row(title, rate(feeds / seconds), runs=f"{seconds:.1f} s")
    parts = [f"{name} {1e6 * meter.shares[name] / feeds:,.0f} µs" for name in ("desk", "postgres", "calendars")]
    report.note(f"one feed, {what}: " + ", ".join(parts))


def export(bench, report):
    postgres, name = bench.postgres, "export"
    url = postgres.create(name)
    loads = {"full": [], "If-None-Match": []}
    try:
        with Desk(bench.binary, bench.folder, url) as desk:
            seed_postgres(postgres, name, desk)
            with open(f"{bench.here}/seed_stays.sql") as text:
                values = f"\\set first {int(time.time() // 86400) + 2}\n\\set live {STAYS}\n\\set ended 0\n"
                postgres.sql(name, values + text.read())
            postgres.sql(name, "vacuum analyze")
            file = f"{bench.folder}/calendar-links"
            size = make_links(desk, file)
            for turn in range(bench.rounds):
                say(f"  round {turn + 1} of {bench.rounds}")
                for how, done in loads.items():
                    more = {"BENCH_LINKS": file, "BENCH_CONDITIONAL": "yes" if how != "full" else "no"}
                    wrk("export.lua", desk, 1, more=more)
                    done.append(wrk("export.lua", desk, bench.seconds, pids={"postgres": postgres.pid}, more=more))
        complain(report, desk)
    finally:
        postgres.drop(name)
    for how, done in loads.items():
        rates = [load.rate for load in done]
        p50, p99 = (median([getattr(load, name) for load in done]) for name in ("p50_ms", "p99_ms"))
        title = f"our calendar with {STAYS} stays served, {how}"
        report.row(title, f"{rate(median(rates))}, p50 {p50:.1f} ms, p99 {p99:.1f} ms", runs=each(rates, rate))
        report.shares(f"one calendar served, {how}", done)
        answer = median([load.rest["bytes"] / load.rest["requests"] for load in done])
        if (answer < size) != (how != "full"):
            raise Failed(f"{how}: an answer has {answer:.0f} bytes, a calendar {size}")
    # A round is one load after the other: what else the machine does weighs on both.
    ratios = [known.rate / full.rate for known, full in zip(loads["If-None-Match"], loads["full"])]
    report.ratio("our calendar served, If-None-Match to full", ratios, 1.0)
    report.note(f"our calendar with {STAYS} stays has {size:,} bytes; {LINKS} addresses")
    report.zero("our calendar served, errors", sum(load.errors for done in loads.values() for load in done))


def make_links(desk, file):
    """Addresses made by the API, each with the ETag of its calendar. Returns the bytes of a calendar."""
    with open(file, "w") as lines:
        for number in range(0, ACCOMMODATIONS, ACCOMMODATIONS // LINKS):
            status, text = desk.ask("POST", f"/api/v1/accommodations/a{number}/calendar-links", {"reader": "airbnb"})
            if status != 201:
                raise Failed(f"the address was refused: {status} {text[:500]!r}")
            path = re.sub("^https?://[^/]*", "", json.loads(text)["url"])
            status, calendar, headers = desk.ask_with_headers("GET", path)
            if status != 200 or calendar.count(b"BEGIN:VEVENT") < STAYS:
                raise Failed(f"the calendar was not served: {status} {calendar[:500]!r}")
            lines.write(f"{path}\t{headers['ETag']}\n")
    return len(calendar)
