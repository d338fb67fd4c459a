"""Calendars of others: a server under every address of the loopback, in a process of its own, with ETags and
keep-alive."""

import asyncio
import datetime
import multiprocessing

from processes import free_port

EVENTS = 11
# Names of hosts: 127.0.0.2 to 127.0.1.250, for one host is asked one thing at a time.
HOSTS = [f"127.0.{n // 256}.{n % 256}" for n in range(2, 507) if n % 256 not in (0, 255)]
# Every so many-th feed has one event more after the change.
ONE_IN = 10


def body(number, version):
    """About 2 KB: one stay a fortnight. Odd and even feeds never meet, so that two of one house are no conflict."""
    today = datetime.datetime.now(datetime.timezone.utc).date()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Calendars of the bench//EN"]
    for event in range(EVENTS + version):
        first = today + datetime.timedelta(days=10 + 14 * event + 7 * (number % 2))
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number:06}-{event:03}-0123456789abcdef@calendars.example",
            "DTSTAMP:20260101T000000Z",
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{first + datetime.timedelta(days=3):%Y%m%d}",
            "SUMMARY:Reserved",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


class _Answers(asyncio.Protocol):
    def __init__(self, shared):
        self.shared = shared

    def connection_made(self, transport):
        self.transport, self.received = transport, b""

    def data_received(self, data):
        *heads, self.received = (self.received + data).split(b"\r\n\r\n")
        for head in heads:
            self.transport.write(self.answer(head))

    def answer(self, head):
        number = int(head.split(b"/", 2)[1].split(b".")[0])
        changed = self.shared["changed"].value == 1 and number % ONE_IN == 0
        etag = f'"{number}-{int(changed)}"'.encode()
        if b"if-none-match: " + etag in head.lower():
            self.shared["unchanged"].value += 1
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + etag + b"\r\n\r\n"
        self.shared["sent"].value += 1
        text = body(number, int(changed))
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nETag: " + etag
            + f"\r\nContent-Length: {len(text)}\r\n\r\n".encode() + text
        )


def _serve(port, shared):
    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Answers(shared), "0.0.0.0", port, backlog=1024)
        await server.serve_forever()

    asyncio.run(serve())


class CalendarServer:
    def __enter__(self):
        self.port = free_port()
        # One writer each, so that no lock is needed.
        self.shared = {name: multiprocessing.Value("q", 0, lock=False) for name in ("changed", "sent", "unchanged")}
        self.process = multiprocessing.Process(target=_serve, args=(self.port, self.shared), daemon=True)
        self.process.start()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.join()

    def change(self):
        """From now on one in ten has an event more."""
        self.shared["changed"].value = 1

    def take_counts(self):
        """Bodies sent and answers of 304 since the last call."""
        counts = self.shared["sent"].value, self.shared["unchanged"].value
        self.shared["sent"].value = self.shared["unchanged"].value = 0
        return counts
