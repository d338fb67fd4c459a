"""Size of the program, memory when idle, time to the first answer, time to build."""

import contextlib
import os
import shutil
import subprocess
import time

from loads import wrk
from processes import Failed
from report import say
from servers import Desk

IDLE_SECONDS = 5
STARTS = 5
# A line is added to one file of each: the lowest crate, a middle one, the highest.
CHANGED = ["domain", "store", "app", "web"]


def measure(bench, report):
    size_mb = os.path.getsize(bench.binary) / 1e6
    report.at_most("release binary", [size_mb], 40, "MB")
    idle, all_idle, first, again = [], [], [], []
    for turn in range(2 if bench.quick else STARTS):
        with database(bench, f"start{turn}.db") as url:
            with Desk(bench.binary, bench.folder, url, role="all") as desk:
                first.append(1e3 * desk.start_seconds)
            with Desk(bench.binary, bench.folder, url, role="all") as desk:
                again.append(1e3 * desk.start_seconds)
                time.sleep(1 if bench.quick else IDLE_SECONDS)
                idle.append(desk.memory_mb())
    report.at_most("start to first answer, new SQLite file", first, 300, "ms")
    report.at_most("start to first answer, existing SQLite file", again, 300, "ms")
    report.at_most("idle memory, SQLite", idle, 40, "MB")
    on_postgres(bench, report)
    if bench.with_build:
        build(bench, report)


@contextlib.contextmanager
def database(bench, name):
    path = os.path.join(bench.folder, name)
    try:
        yield f"sqlite://{path}"
    finally:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(path + suffix)


def on_postgres(bench, report):
    started, idle = [], []
    url = bench.postgres.create("footprint")
    try:
        for _ in range(2 if bench.quick else STARTS):
            with Desk(bench.binary, bench.folder, url, role="all") as desk:
                started.append(1e3 * desk.start_seconds)
                time.sleep(1 if bench.quick else IDLE_SECONDS)
                idle.append(desk.memory_mb())
                wrk("availability.lua", desk, 1)
                busy = desk.memory_mb()
    finally:
        bench.postgres.drop("footprint")
    # The first start of all brings the tables with it; the others find them.
    report.at_most("start to first answer, PostgreSQL", started, 300, "ms")
    report.at_most("idle memory, PostgreSQL", idle, 40, "MB")
    report.row("memory after a second of load, PostgreSQL", f"{busy:.1f} MB")


def build(bench, report):
    """In a copy of the working tree, so that adding a line to a file disturbs nobody."""
    root = os.path.dirname(os.path.dirname(bench.here))
    copy = os.path.join(bench.folder, "copy")
    target = os.path.join(bench.folder, "target")
    try:
        tracked = subprocess.run(
            ["git", "-C", root, "ls-files", "-z", "-co", "--exclude-standard"], capture_output=True, check=True
        ).stdout
        for name in filter(None, tracked.decode().split("\0")):
            if os.path.isfile(os.path.join(root, name)):
                os.makedirs(os.path.dirname(os.path.join(copy, name)), exist_ok=True)
                shutil.copy2(os.path.join(root, name), os.path.join(copy, name))
        say("  a clean debug build (the sources of the libraries are there already)")
        compile_desk(copy, target, "fetch")
        clean = compile_desk(copy, target, "build")
        report.at_most("clean debug build", [clean / 60], 5, "min")
        for crate in CHANGED:
            times = []
            for turn in range(3):
                with open(os.path.join(copy, "crates", crate, "src", "lib.rs"), "a") as file:
                    file.write(f"\n/// One line more.\npub const ONE_LINE_{turn}: u32 = {turn};\n")
                times.append(compile_desk(copy, target, "build"))
            report.at_most(f"debug rebuild after one line in {crate}", times, 5, "s")
    finally:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.rmtree(target, ignore_errors=True)


def compile_desk(copy, target, command):
    begun = time.monotonic()
    done = subprocess.run(
        ["cargo", command, "--locked", *([] if command == "fetch" else ["-p", "conserje"])],
        cwd=copy,
        env=os.environ | {"CARGO_TARGET_DIR": target},
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise Failed(f"cargo {command} failed:\n{done.stderr[-2000:]}")
    return time.monotonic() - begun
