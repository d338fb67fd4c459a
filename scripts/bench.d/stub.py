"""A payment provider that opens a checkout page for whoever asks, in a process of its own."""

import asyncio
import itertools
import multiprocessing

from processes import free_port


class _Answers(asyncio.Protocol):
    numbers = itertools.count(1)

    def connection_made(self, transport):
        self.transport, self.received = transport, b""

    def data_received(self, data):
        self.received += data
        while True:
            head, gap, rest = self.received.partition(b"\r\n\r\n")
            if not gap:
                return
            fields = head.lower().split(b"content-length:")
            length = int(fields[1].split(b"\r\n")[0]) if len(fields) > 1 else 0
            if len(rest) < length:
                return
            self.received = rest[length:]
            number = next(self.numbers)
            page = f"https://example.com/checkout/{number}"
            body = f'{{"id":"bench-{number}","init_point":"{page}","sandbox_init_point":"{page}"}}'
            self.transport.write(
                b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                + f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
            )


def _serve(port):
    async def serve():
        server = await asyncio.get_running_loop().create_server(_Answers, "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(serve())


class Stub:
    def __enter__(self):
        self.port = free_port()
        self.process = multiprocessing.Process(target=_serve, args=(self.port,), daemon=True)
        self.process.start()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.join()
