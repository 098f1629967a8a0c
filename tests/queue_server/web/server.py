"""A real server for the browser: ``queue-server`` as in use, with its own data folder, and a kiosk that issues."""

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from queue_server.accounts.demo import DemoAccount
from queue_server.catalogue import store
from queue_server.contract import messages as m
from queue_server.contract.client import ApiClient
from queue_server.database import open_database, parse_url
from queue_server.log.sqlalchemy_log import SqlEventLog
from queue_server.values import Category, CentreId, HelpKind, new_id

COMMAND = os.environ.get("QUEUE_SERVER", str(Path(sys.executable).parent / "queue-server"))
DEMO = CentreId("demo")


def init(data: Path) -> None:
    """Make the data folder of the demonstration centres."""
    subprocess.run([COMMAND, "init", "--demo", "--data", data], check=True, capture_output=True)


def change_rules(data: Path, **seconds: int) -> None:
    """Import the demo centre again with other rules, as a manager would."""

    async def change() -> None:
        async with open_database(parse_url(None, data)) as database, SqlEventLog(database) as log:
            text = await log.run(lambda connection: store.export_catalogue(connection, DEMO))
            assert text is not None
            lines = [line for line in text.splitlines() if not line.startswith(tuple(seconds))]
            where = lines.index("[rules]") + 1
            lines[where:where] = [f"{name} = {value}" for name, value in seconds.items()]
            await log.write(lambda connection: store.import_catalogue(connection, "\n".join(lines)))

    asyncio.run(change())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Server:
    """A running server; it comes back at the same address after ``stop``."""

    def __init__(self, template: Path, data: Path, **rules: int) -> None:
        self.data = data
        shutil.copytree(template, data)
        if rules:
            change_rules(data, **rules)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[str] | None = None
        self._kiosk: m.EnrolAnswer | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        arguments = [COMMAND, "serve", "--data", str(self.data), "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.data / "server.log").open("a") as log:
            self._process = subprocess.Popen(arguments, stdout=log, stderr=log, text=True)
        give_up = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert self._process.poll() is None, (self.data / "server.log").read_text()
                assert time.monotonic() < give_up
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(10)
            self._process = None

    def freeze(self) -> None:
        """Let the server fall silent without closing a connection."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def account(self, login: str) -> DemoAccount:
        accounts = msgspec.json.decode((self.data / "demo-accounts.json").read_bytes())
        listed = accounts["accounts"] if isinstance(accounts, dict) else accounts
        return msgspec.convert(next(one for one in listed if one["login"] == login), DemoAccount)

    # --- a kiosk ---------------------------------------------------------------------------------------------

    def kiosk(self) -> m.EnrolAnswer:
        """Enrol this server's kiosk, once."""
        if self._kiosk is None:
            arguments = ["enrol-code", "--kind", "kiosk", "--name", "Kiosk 2, entrance", "--centre", DEMO]
            done = subprocess.run(
                [COMMAND, *arguments, "--data", str(self.data)], check=True, capture_output=True, text=True
            )
            code = done.stdout.splitlines()[-1]

            async def enrol() -> m.EnrolAnswer:
                async with ApiClient(self.address, None) as client:
                    return await client.enrol(code)

            self._kiosk = asyncio.run(enrol())
        return self._kiosk

    def issue(self, service: str = "uto-passport-renewal", category: Category = Category.WALK_IN) -> m.VisitView:
        request = m.IssueRequest(services=(service,), category=category, language="en")
        kiosk = self.kiosk()

        async def issue() -> m.VisitAnswer:
            async with ApiClient(self.address, kiosk.token) as client:
                return await client.issue(DEMO, request, new_id())

        return asyncio.run(issue()).visit

    def call_help(self, kind: HelpKind) -> None:
        kiosk = self.kiosk()

        async def call() -> None:
            async with ApiClient(self.address, kiosk.token) as client:
                await client.call_help(DEMO, m.HelpRequest(kind=kind), new_id())

        asyncio.run(call())

    def events(self, kind: str) -> int:
        """Count the events of one kind of the demo centre, read behind the server's back."""
        with sqlite3.connect(f"file:{self.data / 'queue.sqlite'}?mode=ro", uri=True) as database:
            query = "SELECT count(*) FROM events WHERE stream LIKE 'queue/demo/%' AND type = ?"
            (count,) = database.execute(query, (kind,)).fetchone()
        return int(count)
