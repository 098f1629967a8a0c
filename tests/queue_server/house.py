"""A server in this process, over a real socket, with its database in a file; and clients of every kind."""

import asyncio
import re
import shutil
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
from sqlalchemy import Connection

from queue_server import bootstrap
from queue_server.accounts import command_line as staff_cli
from queue_server.accounts import device_store, staff_store, tokens
from queue_server.accounts.identities import SESSION_COOKIE
from queue_server.accounts.model import AccountRules, DeviceKind, EnrolledDevice, IntegrationRole, Role, Session
from queue_server.accounts.passwords import Passwords
from queue_server.centre.centres import Centres
from queue_server.database import parse_url
from queue_server.domain.values import CentreId, CounterId, Micros, new_id, now_micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.access import CSRF_HEADER
from queue_server.framework.rooms import RoomCollection
from queue_server.framework.server import Server
from queue_server.framework.server_location import ServerLocation
from queue_server.framework.settings import FeedSettings, HttpSettings, ServerSettings
from queue_server.lockers.settings import LockerRules
from queue_server.vault.keys import Keys
from queue_server.writer import WriterSettings
from tests.queue_server import known
from tests.queue_server.framework.contract import hold_to_contract

DEMO = CentreId("demo")
#: Asked for beside the API, as the pages of tickets are.
PROBES = frozenset({"/healthz", "/readyz"})
_DEMO_IN_PATH = re.compile("^/centres/demo(?![^/?])")
#: All that the rooms of the server bring.
KNOWN = known.KNOWN

#: Everything that is waited for comes soon.
QUICK = ServerSettings(
    # Not how long a client may be silent: on a busy machine each of the tests' own would be cut.
    HttpSettings(shutdown_ms=500, catalogue_poll_ms=100, identity_cache_ms=0, log_requests=True),
    FeedSettings(heartbeat_ms=40, browser_heartbeat_ms=40, stall_ms=400, revocation_poll_ms=30),
    WriterSettings(tick_ms=30),
    # Nor how long an order to a bank holds, and how long one may tell nothing.
    LockerRules(order_s=300, silent_s=240),
)


class Reply(NamedTuple):
    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> str:
        """The code of a problem, checked for the shape of RFC 9457."""
        assert self.headers["Content-Type"].startswith("application/problem+json"), self
        assert self.body["status"] == self.status
        assert set(self.body) == {"type", "title", "status", "code", "detail", "instance", "placeholders"}
        code: str = self.body["code"]
        return code


class Client:
    """Sends requests below ``/api/v1`` as somebody; keys are made where none is given.

    What is meant for ``/centres/demo`` is sent to ``centre``: in a shared house that is the test's own copy of it.
    """

    def __init__(
        self, http: aiohttp.ClientSession, address: str, headers: dict[str, str], centre: CentreId = DEMO
    ) -> None:
        self.http = http
        self.address = address
        self.headers = headers
        self.centre = centre

    def url(self, path: str) -> str:
        """Return the whole address of a path: its centre is this client's own where it says ``demo``."""
        own = path if self.centre == DEMO else _DEMO_IN_PATH.sub(f"/centres/{self.centre}", path)
        return self.address + (own if own.startswith("/t/") or own in PROBES else f"/api/v1{own}")

    async def send(
        self, method: str, path: str, body: object = None, key: str | None = "", headers: dict[str, str] | None = None
    ) -> Reply:
        sent = self.headers | ({} if headers is None else headers)
        if method == "POST" and key is not None:
            sent["Idempotency-Key"] = key or new_id()
        async with self.http.request(method, self.url(path), json=body, headers=sent) as response:
            kind = response.content_type
            content = await (response.json(content_type=kind) if kind.endswith("json") else response.text())
            if isinstance(content, dict) and kind == "application/problem+json":
                # It reads the code of the engine, once.
                await asyncio.to_thread(hold_to_contract, method, path, response.status, content["code"])
            return Reply(response.status, content, response.headers)

    async def get(self, path: str, **headers: str) -> Reply:
        return await self.send("GET", path, headers=headers)

    async def post(self, path: str, body: object = None, key: str | None = "", **headers: str) -> Reply:
        return await self.send("POST", path, body, key, headers)


class House:
    """A running server; ``server`` is its inside, looked at only to plant and to find out.

    ``centre`` is the centre that devices and staff belong to where nothing else is said.
    """

    def __init__(self, server: Server, address: str, http: aiohttp.ClientSession, centre: CentreId = DEMO) -> None:
        self.server = server
        self.address = address
        self.http = http
        self.centre = centre
        self.spare_kiosk: Client | None = None

    def client(self, headers: dict[str, str]) -> Client:
        return Client(self.http, self.address, headers, self.centre)

    def anonymous(self) -> Client:
        return self.client({})

    async def hear_nothing(self) -> None:
        """Let nothing tell this server what others of its database do: it has to look by itself."""
        log = self.server.log
        assert isinstance(log, SqlEventLog)
        for task in log.tasks:
            await task.stop()

    async def enrol_code(self, kind: DeviceKind, role: IntegrationRole | None = None, centre: str | None = None) -> str:
        def make(connection: Connection) -> str:
            return device_store.enrol_code(
                connection,
                kind,
                f"a {kind}",
                self.centre if centre is None else CentreId(centre),
                role,
                key=self.server[Keys].sessions,
                now=self.server.clock(),
                rules=self.server.settings[AccountRules],
            )

        return await self.server.log.write(make)

    async def device(
        self, kind: DeviceKind, role: IntegrationRole | None = None, centre: str | None = None
    ) -> tuple[Client, EnrolledDevice]:
        """Enrol a device beside the route."""
        code = await self.enrol_code(kind, role, centre)
        digest = tokens.code_digest(self.server[Keys].sessions, code)
        device, token = await self.server.log.write(
            lambda connection: device_store.use_code(connection, [digest], None, self.server.clock())
        )
        await self.server[Centres].refresh()
        return self.client({"Authorization": f"Bearer {token}"}), device

    async def kiosk(self) -> Client:
        """Enrol a kiosk. The first one of a centre on a shared server is there already."""
        spare, self.spare_kiosk = self.spare_kiosk, None
        return (await self.device("kiosk"))[0] if spare is None else spare

    async def manager(self) -> Client:
        return (await self.device("integration", "manager"))[0]

    async def somebody_with_password(self, role: Role, centre: str | None = None) -> dict[str, str]:
        """Add a member of staff who is signed in nowhere; gives login and password."""
        login, password = f"somebody.{new_id()}", "a password of 5 words"
        hashed = await self.server[Passwords].hash(password)
        place = centre or self.centre
        await self.server.log.write(
            lambda connection: staff_cli.add_member(connection, login, "Somebody", hashed, (place,), (role,))
        )
        return {"login": login, "password": password}

    async def staff(self, role: Role, counter: str | None, centre: str | None = None) -> tuple[Client, Session]:
        """Sign somebody in; the password is not looked at here."""
        login, place = f"somebody.{new_id()}", centre or self.centre
        await self.server.log.write(
            lambda connection: staff_cli.add_member(connection, login, "Somebody", "x", (place,), (role,))
        )
        return await self.signed_in(login, counter, centre)

    async def signed_in(self, login: str, counter: str | None, centre: str | None = None) -> tuple[Client, Session]:
        """Sign a member of staff in; the password is not looked at here."""

        def sign_in(connection: Connection) -> tuple[Session, str]:
            found = staff_store.staff_by_login(connection, login)
            assert found is not None
            place, now = None if counter is None else CounterId(counter), self.server.clock()
            at = self.centre if centre is None else CentreId(centre)
            return staff_store.open_session(
                connection, found[0], at, place, now=now, rules=self.server.settings[AccountRules]
            )

        session, cookie = await self.server.log.write(sign_in)
        headers = {"Cookie": f"{SESSION_COOKIE}={cookie}", CSRF_HEADER: session.csrf, "Origin": self.address}
        return self.client(headers), session


@asynccontextmanager
async def house(
    data: Path,
    settings: ServerSettings = QUICK,
    clock: Callable[[], Micros] = now_micros,
    url: str | None = None,
    *,
    behind_proxy: bool = False,
    rooms: RoomCollection = KNOWN,
) -> AsyncIterator[House]:
    """Run a server on a data folder."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    place = ServerLocation(data, parse_url(url, data), listener, address, behind_proxy=behind_proxy)
    async with bootstrap.running(rooms, place, settings, clock) as server, aiohttp.ClientSession() as http:
        yield House(server, address, http)


def copy_of(template: Path, data: Path) -> Path:
    shutil.copytree(template, data)
    return data


TICKET = {"services": ["uto-passport-renewal"], "category": "walk-in", "language": "en"}
