"""Processes: what they print, how much processor time they use, how they end."""

import contextlib
import os
import resource
import signal
import socket
import subprocess
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """The measurement cannot go on; the text says why."""


def run(command, environment=None, feed=None):
    """Runs to the end and returns what was printed."""
    done = subprocess.run(command, env=environment, input=feed, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stop(process, patience_seconds=30):
    """Asks a child to stop, and insists when it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _fields(pid):
    with open(f"/proc/{pid}/stat") as stat:
        # The name stands in brackets and may contain anything.
        return stat.read().rpartition(")")[2].split()


def cpu_seconds(pid):
    """User and system time of one process, its ended children included."""
    with contextlib.suppress(OSError):
        return sum(map(int, _fields(pid)[11:15])) / TICKS_PER_SECOND
    return 0.0


def tree_cpu_seconds(pid):
    """The same for a process and all its living children."""
    total = cpu_seconds(pid)
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                if _fields(entry)[1] == str(pid):
                    total += cpu_seconds(entry)
    return total


def machine_seconds():
    """What all processors did since the start of the machine: busy, waiting for a disk, nothing."""
    with open("/proc/stat") as stat:
        user, nice, system, idle, iowait, irq, softirq, steal = map(int, stat.readline().split()[1:9])
    busy = user + nice + system + irq + softirq + steal
    return busy / TICKS_PER_SECOND, iowait / TICKS_PER_SECOND, idle / TICKS_PER_SECOND


def memory_mb(pid):
    """Resident memory, in megabytes of a million bytes."""
    return _status_mb(pid, "VmRSS")


def peak_memory_mb(pid):
    """The most that was ever resident."""
    return _status_mb(pid, "VmHWM")


def _status_mb(pid, field):
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith(f"{field}:"):
                return int(line.split()[1]) * 1024 / 1e6
    raise Failed(f"process {pid} has no {field}")


class Meter:
    """Whose processor time a measured load was: `with Meter({...}) as meter:` and then `meter.shares`."""

    def __init__(self, pids):
        self.pids = pids

    def __enter__(self):
        self.begun = time.monotonic()
        self.before = self._now()
        return self

    def __exit__(self, *_):
        after = self._now()
        used = {name: after[name] - self.before[name] for name in after}
        self.seconds = time.monotonic() - self.begun
        used["others"] = max(0.0, used.pop("busy") - sum(used[name] for name in [*self.pids, "load"]))
        self.shares = used

    def _now(self):
        busy, iowait, idle = machine_seconds()
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        now = {name: tree_cpu_seconds(pid) for name, pid in self.pids.items()}
        return now | {
            "load": children.ru_utime + children.ru_stime,
            "busy": busy,
            "iowait": iowait,
            "idle": idle,
        }
