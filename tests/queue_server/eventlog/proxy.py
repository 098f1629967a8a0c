"""A proxy before PostgreSQL that cuts the connection at a commit: before it arrives, or before it is answered."""

import asyncio
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL

_SOCKET = ".s.PGSQL.5432"


class Cut(Enum):
    NOWHERE = "nowhere"
    BEFORE_COMMIT = "before the server sees the commit"
    AFTER_COMMIT = "after the server has committed, before it says so"


class CuttingProxy:
    """Listens on a socket of its own; cuts once where ``cut`` says."""

    def __init__(self, server: URL, folder: Path) -> None:
        self._server = Path(str(server.query["host"])) / _SOCKET
        self._folder = folder
        self._listener: asyncio.Server | None = None
        self._database = server
        self.cut = Cut.NOWHERE
        #: What is in the message at which it cuts: a commit, or something of a statement that is committed by itself.
        self.at = b"COMMIT;"

    @property
    def url(self) -> URL:
        return self._database.set(query={"host": str(self._folder)})

    async def __aenter__(self) -> Self:
        self._listener = await asyncio.start_unix_server(self._serve, self._folder / _SOCKET)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._listener is not None
        self._listener.close()
        self._listener.close_clients()
        await self._listener.wait_closed()

    async def _serve(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        server, to_server = await asyncio.open_unix_connection(self._server)
        answers = asyncio.create_task(_pass_on(server, to_client))
        try:
            while asked := await client.read(65536):
                if self.at in asked and self.cut is not Cut.NOWHERE:
                    cut, self.cut = self.cut, Cut.NOWHERE
                    if cut is Cut.AFTER_COMMIT:
                        answers.cancel()
                        await asyncio.wait([answers])
                        to_server.write(asked)
                        # Its answer arrives, so it has committed; it is not passed on.
                        await server.read(65536)
                    break
                to_server.write(asked)
        finally:
            answers.cancel()
            to_server.close()
            to_client.close()


async def _pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        sink.write(data)
    sink.close()
