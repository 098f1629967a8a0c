"""A real server for the browser: ``queue-server`` as in use, with its own data folder and a centre for every test."""

import asyncio
import hashlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import deque
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from queue_server import ticket_token
from queue_server.accounts import command_line as staff_cli
from queue_server.accounts import device_store, tokens
from queue_server.accounts.model import AccountRules, Role
from queue_server.accounts.passwords import Passwords
from queue_server.catalogue import store, toml
from queue_server.contract.base import People
from queue_server.contract.client import ApiClient
from queue_server.contract.hall import HelpAnswer, HelpRequest
from queue_server.contract.requirements import StatedItem
from queue_server.contract.visits import IssueRequest, VisitAnswer, VisitView
from queue_server.database import open_database, parse_url
from queue_server.domain.values import Category, CentreId, HelpId, HelpKind, HelpSubject, VisitId, new_id, now_micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.vault.keys import Keys, load_keys
from tests.once import made_once
from tests.ports import free_port
from tests.queue_server.accounts.helpers import QUICK as WEAK

COMMAND = str(Path(sys.executable).parent / "queue-server")
#: Each test has its own; in the last ones a call counts as missed after a second. A server that starts reads them all.
CENTRES = tuple(CentreId(f"centre-{number:02}") for number in range(101))
QUICK = CENTRES[-4:]
#: A large one: 20 counters.
LARGE = CENTRES[-5]
PASSWORD = "a long made-up password"
STAFF = {"ines.moreau": "Ines Moreau", "samir.nasser": "Samir Nasser", "ruth.adeyemi": "Ruth Adeyemi"}
RECEPTION = {"noor.haddad": "Noor Haddad"}
#: They serve at counters too.
CASHIERS = {"paula.costa": "Paula Costa", "ivo.brandt": "Ivo Brandt"}
CUSTODIANS = {"jun.takeda": "Jun Takeda", "sofia.rossi": "Sofia Rossi"}
MANAGERS = {"elin.marsh": "Elin Marsh"}
AUDITORS = {"omar.sayed": "Omar Sayed"}
LEADS = {"lea.brunet": "Lea Brunet"}
ADMINISTRATORS = {"vera.lindqvist": "Vera Lindqvist"}
KIOSK = "Kiosk 2, entrance"
#: Managers see at once what elsewhere would have to last for minutes.
SETTINGS = """
[accounts]
sign_in_tries = 3

[manager]
refresh_ms = 1000
hold_ms = 600
priority_request_s = 0
paused_s = 0
"""
MORE_COUNTERS = "".join(f'\n[[counters]]\nid = "{number}"\nname = "{number}"\n' for number in range(14, 21))


class Kiosk(msgspec.Struct, frozen=True):
    token: str
    ticket_key: bytes


def run_aside[T](work: Coroutine[object, object, T]) -> T:
    """Run in another thread: the one of the test belongs to the loop that steers the browser."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def prepare(
    data: Path, settings: str, centres: tuple[CentreId, ...], command: tuple[str, ...] = (COMMAND,)
) -> dict[CentreId, Kiosk]:
    """Set up the data folder: centres like the demo's, staff with a role in each, an enrolled kiosk in each.

    Those of the same centres are copies of one that was filled once in this run.
    """

    def fill(folder: Path) -> None:
        subprocess.run([*command, "init", "--data", folder / "data"], check=True, capture_output=True)
        (folder / "kiosks.json").write_bytes(msgspec.json.encode(run_aside(_fill(folder / "data", centres))))

    key = hashlib.sha256(repr((command, centres)).encode()).hexdigest()[:12]
    filled = made_once(f"centres-{key}", fill)
    shutil.copytree(filled / "data", data)
    (data / "settings.toml").write_text(settings)
    return msgspec.json.decode((filled / "kiosks.json").read_bytes(), type=dict[CentreId, Kiosk])


async def _fill(data: Path, centres: tuple[CentreId, ...]) -> dict[CentreId, Kiosk]:
    demo = store.demo_catalogues()[0]
    # A hash says how it was made, so whoever signs in here waits for no strong one.
    keys, passwords = load_keys(data), Passwords(WEAK)
    hashed = await passwords.hash(PASSWORD)
    passwords.close()
    kiosks = {}

    usual = toml.parse(demo)
    quick = toml.parse(re.sub(r"missed_after_s = \d+", "missed_after_s = 1", demo))
    large = toml.parse(demo + MORE_COUNTERS)

    def fill(connection: Connection) -> None:
        for centre in centres:
            setup = quick if centre in QUICK else large if centre == LARGE else usual
            store.save(connection, replace(setup, centre=replace(setup.centre, id=centre)))
            kiosks[centre] = _enrol(connection, centre, keys)
        for roles, names in (
            ((Role.COUNTER,), STAFF),
            ((Role.RECEPTION,), RECEPTION),
            ((Role.COUNTER, Role.CASHIER), CASHIERS),
            ((Role.CUSTODY,), CUSTODIANS),
            ((Role.MANAGER,), MANAGERS),
            ((Role.AUDITOR,), AUDITORS),
            ((Role.LEAD,), LEADS),
            ((Role.ADMINISTRATOR,), ADMINISTRATORS),
        ):
            for login, name in names.items():
                staff_cli.add_member(connection, login, name, hashed, centres, roles)

    async with open_database(parse_url(None, data)) as database, SqlEventLog(database) as log:
        await log.write(fill)
    return kiosks


def _enrol(connection: Connection, centre: CentreId, keys: Keys) -> Kiosk:
    now = now_micros()
    code = device_store.enrol_code(
        connection, "kiosk", KIOSK, centre, None, key=keys.sessions, now=now, rules=AccountRules()
    )
    device, token = device_store.use_code(connection, [tokens.code_digest(keys.sessions, code)], None, now)
    return Kiosk(token, tokens.ticket_key(keys.tickets, device.id))


class Server:
    """A running server; it comes back at the same address after ``stop``.

    ``command`` is how it is started, ``options`` are further ones of ``serve``; ``said`` is what it said when it
    listened.
    """

    command: tuple[str, ...] = (COMMAND,)
    options: tuple[str, ...] = ()
    said = ""

    def __init__(self, data: Path, settings: str = SETTINGS, centres: tuple[CentreId, ...] = CENTRES) -> None:
        self.data = data
        #: Centres that no test has used.
        self.unused = deque(one for one in centres if one not in {*QUICK, LARGE})
        self.kiosks = prepare(data, settings, centres, self.command)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        if self._process is not None:
            return
        arguments = [*self.command, "serve", "--data", str(self.data), "--host", "127.0.0.1", "--port", str(self.port)]
        arguments += self.options
        with (self.data / "server.log").open("a") as log:
            self._process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self._process.stdout is not None
        self.said = self._process.stdout.readline()
        assert '"listening"' in self.said, (self.data / "server.log").read_text()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.communicate(timeout=60)
            self._process = None

    @property
    def is_stopped(self) -> bool:
        return self._process is None

    def freeze(self) -> None:
        """Let the server fall silent without closing a connection."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


class Centre:
    """One centre of the server, with its kiosk."""

    def __init__(self, server: Server, ident: CentreId) -> None:
        self.server = server
        self.id = ident
        self.kiosk = server.kiosks[ident]

    def issue(
        self,
        service: str = "uto-passport-renewal",
        category: Category = Category.WALK_IN,
        *,
        asks_priority: bool = False,
        language: str = "en",
        people: tuple[People, ...] = (),
        lacking: tuple[StatedItem, ...] | None = None,
    ) -> VisitView:
        request = IssueRequest(
            services=(service,),
            category=category,
            language=language,
            asks_priority=asks_priority,
            people=people,
            lacking=lacking,
        )

        async def issue() -> VisitAnswer:
            async with ApiClient(self.server.address, self.kiosk.token) as client:
                return await client.issue(self.id, request, new_id())

        return run_aside(issue()).visit

    def crowd(self, count: int, *services: str) -> None:
        """Let many people come at once, in turn for each of ``services``, else for every sort of visit."""
        services = services or ("uto-passport-renewal", "uto-visa-visit", "xal-birth", "uto-collection")

        async def issue() -> None:
            async with ApiClient(self.server.address, self.kiosk.token) as client:
                for number in range(count):
                    wanted = IssueRequest(
                        services=(services[number % len(services)],),
                        category=Category.WALK_IN,
                        party_size=1 + number % 4,
                        language=("en", "fr", "ar")[number % 3],
                        asks_priority=number % 5 == 0,
                    )
                    await client.issue(self.id, wanted, new_id())

        run_aside(issue())

    def call_help(self, kind: HelpKind, language: str | None = None, about: HelpSubject | None = None) -> HelpId:
        async def call() -> HelpAnswer:
            async with ApiClient(self.server.address, self.kiosk.token) as client:
                wanted = HelpRequest(kind=kind, id=new_id(), language=language, about=about)
                return await client.call_help(self.id, wanted, new_id())

        return run_aside(call()).help.id

    def withdraw_help(self, call: HelpId) -> None:
        async def withdraw() -> None:
            async with ApiClient(self.server.address, self.kiosk.token) as client:
                await client.withdraw_help(self.id, call, new_id())

        run_aside(withdraw())

    def ticket(self, visit: VisitId) -> str:
        """Make the token that the kiosk prints on paper."""
        return ticket_token.make(visit, self.kiosk.ticket_key)

    def events(self, kind: str, stream: str = "") -> int:
        """Count this centre's events of one kind, or those of another stream, behind the server's back."""
        file = f"file:{self.server.data / 'queue.sqlite'}?mode=ro"
        with closing(sqlite3.connect(file, uri=True)) as database:
            query = "SELECT count(*) FROM events WHERE stream LIKE ? AND type = ?"
            (count,) = database.execute(query, (stream or f"queue/{self.id}/%", kind)).fetchone()
        return int(count)
