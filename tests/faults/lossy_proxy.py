"""A line to a server that loses things: whole requests, whole answers, or everything for a while."""

import asyncio
import contextlib
import random
from typing import Self


class LossyProxy:
    """Forwards TCP to one server.

    ``lose_requests`` and ``lose_answers`` are the chances that a piece from either side is swallowed and the line cut
    with it: whoever sent it cannot know whether it arrived. ``away`` cuts every line and lets no new one through.
    """

    def __init__(self, host: str, port: int, *, seed: int) -> None:
        self._upstream = (host, port)
        self._random = random.Random(seed)
        self._lines: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.lose_requests = 0.0
        self.lose_answers = 0.0
        self.lost = 0
        self._away = False

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.away = True
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def lead_to(self, port: int) -> None:
        """Forward new lines to another port of this machine, and cut those that are there."""
        self._upstream = ("127.0.0.1", port)
        for line in tuple(self._lines):
            line.transport.abort()

    @property
    def away(self) -> bool:
        return self._away

    @away.setter
    def away(self, away: bool) -> None:
        self._away = away
        if away:
            for line in tuple(self._lines):
                line.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._away:
            writer.transport.abort()
            return
        try:
            upstream_reader, upstream_writer = await asyncio.open_connection(*self._upstream)
        except OSError:
            writer.transport.abort()
            return
        if self.away:
            # It went away while the line to the server was being made.
            writer.transport.abort()
            upstream_writer.transport.abort()
            return
        self._lines |= {writer, upstream_writer}
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._pump(reader, upstream_writer, "lose_requests"))
                tasks.create_task(self._pump(upstream_reader, writer, "lose_answers"))
        finally:
            for line in (writer, upstream_writer):
                line.transport.abort()
                self._lines.discard(line)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, chance: str) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                if self._random.random() < getattr(self, chance):
                    self.lost += 1
                    break
                writer.write(data)
                await writer.drain()
        for line in tuple(self._lines & {writer}):
            line.transport.abort()
