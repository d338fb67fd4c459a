"""The table: rows, aims, what was missed, and where the processor time went."""

import os
import platform
import statistics
import subprocess
import sys
import time

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def say(text):
    print(text, file=sys.stderr, flush=True)


def median(values):
    return statistics.median(values)


def rate(value):
    return f"{value:,.0f}/s"


def each(values, form):
    """All runs of a number, so that nobody has to trust a median."""
    return " ".join(form(value) for value in values)


def _all_micros(load):
    return sum(load.cpu_micros(name) for name in ("desk", "postgres", "load"))


class Report:
    """Rows of the table, in the order in which they were measured."""

    def __init__(self):
        self.rows = []
        self.notes = []
        self.missed = []

    def row(self, what, value, aim="", met=None, runs=""):
        """`met` is None where nothing was promised, else whether the promise was kept."""
        verdict = {None: "", True: "yes", False: "**no**"}[met]
        self.rows.append((what, value, aim, verdict, runs))
        say(f"    {what}: {value}{'  (aim ' + aim + ')' if aim else ''}{'  MISSED' if met is False else ''}")
        if met is False:
            self.missed.append(f"{what}: {value}, wanted {aim}")

    def ratio(self, what, ratios, least, aim=None):
        """A ratio that counts: the median of the rounds."""
        value = median(ratios)
        wanted = f"≥ {least}" + (f", aim {aim}" if aim else "")
        self.row(what, f"{value:.2f}", wanted, value >= least, each(ratios, lambda r: f"{r:.2f}"))

    def at_most(self, what, values, most, unit):
        value = median(values)
        form = "{:.2f}" if most < 10 else "{:.1f}"
        shown = f"{form.format(value)} {unit}".rstrip()
        self.row(what, shown, f"≤ {most:g} {unit}".rstrip(), value <= most, each(values, form.format))

    def by_processor(self, what, ours, alone):
        """The ratio if all of a quiet machine were busy: processor time per piece of work, every party counted."""
        ratios = [_all_micros(b) / _all_micros(a) for a, b in zip(ours, alone)]
        self.row(what, f"{median(ratios):.2f}", runs=each(ratios, lambda r: f"{r:.2f}"))

    def zero(self, what, count):
        self.row(what, str(count), "0", count == 0)

    def shares(self, what, loads):
        """Microseconds of processor time for one piece of work, by party; the median of the runs."""
        names = [name for name in ("desk", "postgres", "load") if name in loads[0].shares]
        parts = [f"{name} {median([load.cpu_micros(name) for load in loads]):.0f} µs" for name in names]
        seconds = sum(load.seconds for load in loads)
        cores = os.cpu_count() or 1
        for name in ("others", "iowait", "idle"):
            share = sum(load.shares[name] for load in loads) / seconds / cores
            parts.append(f"{name} {100 * share:.0f} % of the machine")
        self.notes.append(f"{what}: " + ", ".join(parts))
        say(f"    {what}: " + ", ".join(parts))

    def note(self, text):
        self.notes.append(text)
        say(f"    {text}")

    def markdown(self, head):
        lines = [*head, "", "| what | measured | wanted | met | runs |", "|---|---|---|---|---|"]
        lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in self.rows]
        lines += ["", "Missed:" if self.missed else "Nothing was missed.", ""]
        lines += [f"- {text}" for text in self.missed]
        lines += ["", "Where the processor time went, for one piece of work (`load` is wrk or pgbench):", ""]
        lines += [f"- {text}" for text in self.notes]
        return "\n".join(lines) + "\n"


def head(postgres_version, binary, quick):
    """The machine, the date, the versions."""

    def first_line(command):
        try:
            printed = subprocess.run(command, capture_output=True, text=True)
            return (printed.stdout or printed.stderr).splitlines()[0].strip()
        except (OSError, IndexError):
            return "unknown"

    model = "unknown processor"
    with open("/proc/cpuinfo") as info:
        for line in info:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    with open("/proc/meminfo") as info:
        memory_gb = int(info.readline().split()[1]) * 1024 / 1e9
    commit = first_line(["git", "rev-parse", "--short=12", "HEAD"])
    if first_line(["git", "status", "--porcelain", "--", "crates", "migrations", "Cargo.lock"]) != "unknown":
        commit += " with changes"
    lines = [
        f"- date: {time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC; commit {commit}; {binary}",
        f"- machine: {model}, {os.cpu_count()} cores, {memory_gb:.0f} GB; Linux {platform.release()}",
        f"- PostgreSQL {postgres_version} with its default durability; "
        f"{first_line(['wrk', '-v']).split(' Copyright')[0]}; Python {platform.python_version()}",
        "- all on one machine: the desk, the database and the load share the cores",
    ]
    if quick:
        lines.append("- **short runs: only to see that the script works**")
    return lines


def write_between_marks(path, text):
    """Replaces what stands between the marks; what people wrote around them stays."""
    page = ""
    if os.path.exists(path):
        with open(path) as file:
            page = file.read()
    if BEGIN not in page or END not in page:
        page = f"# Benchmarks\n\n{BEGIN}\n{END}\n"
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    with open(path, "w") as file:
        file.write(f"{before}{BEGIN}\n{text}{END}{after}")
