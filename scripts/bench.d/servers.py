"""The servers under measurement: PostgreSQL, as scripts/bench started it, and the desk."""

import http.client
import json
import os
import subprocess
import time

from processes import Failed, free_port, memory_mb, run, stop

API_TOKEN = "bench-token-of-the-staff-0123456789abcdef"
WHATSAPP_SECRET = "bench-secret-of-the-whatsapp-app"
ACCOMMODATIONS = 500
# What the measurements write. Accommodations stay.
WRITTEN = "stay, audit, job, conflict, charge, checkout, payment, inbox, attention"


class Postgres:
    """One private server; a database per purpose."""

    def __init__(self, bin_dir, port, pid):
        self.bin_dir, self.port, self.pid = bin_dir, port, pid

    def url(self, database):
        return f"postgres://conserje@127.0.0.1:{self.port}/{database}"

    def sql(self, database, text):
        """Runs a script and returns the rows as lists of texts."""
        command = [f"{self.bin_dir}/psql", "-qXAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", self.url(database)]
        printed = run(command, feed=text)
        return [line.split("\t") for line in printed.splitlines() if line]

    def version(self):
        return self.sql("postgres", "show server_version")[0][0]

    def create(self, database):
        self.sql("postgres", f"create database {database}")
        return self.url(database)

    def drop(self, database):
        self.sql("postgres", f"drop database if exists {database} with (force)")

    def settle(self, database):
        """Waits for what was still under way when the load was cut off."""
        busy = (
            f"select 1 from pg_stat_activity where datname = '{database}' and backend_type = 'client backend'"
            " and state <> 'idle' and pid <> pg_backend_pid()"
        )
        for _ in range(100):
            time.sleep(0.1)
            if not self.sql(database, busy):
                return
        raise Failed("the desk is still writing ten seconds after the last request")

    def empty(self, database):
        """Back to accommodations only, with nothing left to write out."""
        self.settle(database)
        self.sql(database, f"truncate {WRITTEN} restart identity cascade")
        self.sql(database, "checkpoint")


class Desk:
    """`conserje serve` in a folder of its own, so that no conserje.toml is read."""

    def __init__(self, binary, folder, database_url, role="web", **settings):
        self.port = free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE_URL": database_url,
            "DB_POOL_SIZE": "10",
            "API_TOKEN": API_TOKEN,
            "RATE_LIMIT_ENABLED": "false",
            "LOG_LEVEL": "warn",
            "WHATSAPP_APP_SECRET": WHATSAPP_SECRET,
            # With a payment provider each hold also writes the job that opens its checkout page.
            "MERCADOPAGO_ACCESS_TOKEN": "bench",
            "MERCADOPAGO_BASE_URL": "http://127.0.0.1:9",
        } | settings
        self.folder = folder
        self.command = [binary, "serve", "--role", role, "--log-format", "text"]

    def __enter__(self):
        begun = time.monotonic()
        self.log = open(os.path.join(self.folder, "desk.log"), "a+")
        self.process = subprocess.Popen(
            self.command, env=self.environment, cwd=self.folder, stdout=self.log, stderr=self.log
        )
        self.wait_for_answer()
        self.start_seconds = time.monotonic() - begun
        return self

    def __exit__(self, *_):
        stop(self.process)
        self.log.seek(0)
        # The log is at "warn": whatever stands there belongs into the report of the run.
        self.complaints = [line.rstrip() for line in self.log][-5:]
        self.log.close()

    def wait_for_answer(self, patience_seconds=30):
        deadline = time.monotonic() + patience_seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                self.log.seek(0)
                raise Failed(f"the desk did not start:\n{self.log.read()[-2000:]}")
            try:
                if self.ask("GET", "/api/v1/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.001)
        raise Failed("the desk does not answer")

    def ask(self, method, path, body=None):
        status, text, _ = self.ask_with_headers(method, path, body)
        return status, text

    def ask_with_headers(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Authorization": f"Bearer {API_TOKEN}", "Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, text, answer.headers

    def create_accommodation(self):
        """The one from which the others are copied: the API knows how it is stored."""
        wanted = {
            "name": "Cabaña",
            "kind": "cabin",
            "description": "Two rooms by the river, with a fireplace and a garden.",
            "capacity": 4,
            "base_price": "15000.00",
            "currency": "ARS",
            "timezone": "America/Argentina/Cordoba",
            "horizon_days": 4000,
            "min_nights": 1,
            "max_nights": 90,
        }
        status, text = self.ask("POST", "/api/v1/accommodations", wanted)
        if status != 201:
            raise Failed(f"the accommodation was refused: {status} {text[:500]!r}")
        return json.loads(text)["id"]

    def memory_mb(self):
        return memory_mb(self.process.pid)


COPIED = (
    "kind, description, photos, capacity, pricing, min_nights, max_nights, horizon_days, timezone, "
    "check_in_time, check_out_time, active, created_at, updated_at"
)


def seed_postgres(postgres, database, desk, count=ACCOMMODATIONS):
    """Accommodations a0 to a499, or as many as are wanted."""
    first = desk.create_accommodation()
    postgres.sql(
        database,
        f"insert into accommodation (id, name, {COPIED})"
        f" select 'a' || n, 'Cabaña ' || n, {COPIED} from accommodation, generate_series(0, {count - 1}) n"
        f" where id = '{first}';"
        f"delete from accommodation where id = '{first}';"
        "analyze",
    )


def seed_sqlite(connection, desk):
    first = desk.create_accommodation()
    connection.execute(
        f"with recursive number (n) as (select 0 union all select n + 1 from number where n < {ACCOMMODATIONS - 1})"
        f" insert into accommodation (id, name, {COPIED})"
        f" select 'a' || n, 'Cabaña ' || n, {COPIED} from accommodation, number where id = ?",
        (first,),
    )
    connection.execute("delete from accommodation where id = ?", (first,))
