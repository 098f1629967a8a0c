"""Server processes as in use, with staff and devices who come beside the sign-in."""

from typing import Any

import aiohttp
from sqlalchemy import Connection

from queue_server.accounts import command_line as staff_cli
from queue_server.accounts import device_store, staff_store, tokens
from queue_server.accounts.identities import SESSION_COOKIE
from queue_server.accounts.model import AccountRules, DeviceKind, Role, Session, Staff
from queue_server.database import open_database, parse_url
from queue_server.domain.values import CounterId, new_id, now_micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.access import CSRF_HEADER
from queue_server.vault.keys import load_keys
from tests.faults.server_process import Installation
from tests.queue_server.house import DEMO, Client


class Premises:
    """A server process with staff and devices of its demo centre, and everything it ever said."""

    def __init__(self, installation: Installation, http: aiohttp.ClientSession, url: str | None = None) -> None:
        self.installation = installation
        self.http = http
        address = installation.servers[0].url
        assert address is not None
        self.address = address
        self._url = parse_url(url, installation.data)
        self.said = bytearray()

    async def staff(self, role: Role, name: str, login: str | None = None, *, counter: str | None = None) -> Client:
        def sign_in(connection: Connection) -> tuple[Session, str]:
            now, rules = now_micros(), AccountRules()
            ident = staff_cli.add_member(connection, login or f"s.{new_id()}", name, "x", (DEMO,), (role,))
            person = Staff(ident, "s", name, {DEMO: frozenset({role})})
            return staff_store.open_session(
                connection, person, DEMO, None if counter is None else CounterId(counter), now=now, rules=rules
            )

        session, cookie = await self._write(sign_in)
        headers = {"Cookie": f"{SESSION_COOKIE}={cookie}", CSRF_HEADER: session.csrf, "Origin": self.address}
        return Client(self.http, self.address, headers)

    async def device(self, kind: DeviceKind, role: Any = None) -> Client:
        key = load_keys(self.installation.data).sessions

        def enrol(connection: Connection) -> str:
            now = now_micros()
            code = device_store.enrol_code(
                connection, kind, f"a {kind}", DEMO, role, key=key, now=now, rules=AccountRules()
            )
            return device_store.use_code(connection, [tokens.code_digest(key, code)], None, now)[1]

        return Client(self.http, self.address, {"Authorization": f"Bearer {await self._write(enrol)}"})

    async def _write(self, work: Any) -> Any:
        async with open_database(self._url) as database, SqlEventLog(database) as log:
            return await log.write(work)

    async def listen(self, client: Client) -> None:
        """Follow the centre and keep every byte of it."""
        url = f"{self.address}/api/v1/centres/demo/events"
        async with self.http.ws_connect(url, headers=client.headers) as socket:
            async for message in socket:
                self.said += message.data.encode() if isinstance(message.data, str) else message.data

    async def ask(self, client: Client, method: str, path: str, body: object = None) -> Any:
        reply = await client.send(method, path, body)
        self.said += f"{reply.body}{dict(reply.headers)}".encode()
        return reply
