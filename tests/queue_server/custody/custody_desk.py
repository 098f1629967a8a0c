"""The page of somebody with a scanner, over HTTP: what it shows, and what it does with a scan, as its script does."""

from typing import Any
from urllib.parse import parse_qsl

from queue_server.accounts.model import Role
from tests.queue_server.custody.test_custody import CUSTODY
from tests.queue_server.house import Client, House, Reply

#: What a browser leaves out of the body of a form.
EMPTY = ("", None)


class CustodyDesk:
    """``query`` is where the page is, ``fields`` what stands in its form, ``scans`` counts what was scanned."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.query = ""
        self.fields: dict[str, str] = {"government": "UTO"}
        self.seen: list[str] = []
        self.scans = 0

    async def page(self, query: str | None = None, language: str = "en") -> str:
        self.query = self.query if query is None else query
        headers = self.client.headers | {"Accept-Language": language}
        async with self.client.http.get(f"{self.client.address}/custody/page{self.query}", headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.text()

    async def read(self, text: str, placed: str = "") -> dict[str, Any]:
        """Have a scan read, as the page stands."""
        asked = dict(parse_qsl(self.query.removeprefix("?")))
        form = asked | {"text": text, "placed": placed, "csrf": self.client.headers["X-CSRF-Token"]}
        headers = self.client.headers
        async with self.client.http.post(f"{self.client.address}/custody/scan", data=form, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            step: dict[str, Any] = await answer.json()
            return step

    async def scan(self, text: str, placed: str = "") -> dict[str, Any]:
        """Read a scan, and do what it means; the answer to what was sent stands in ``answer``."""
        self.scans += 1
        step = await self.read(text, placed)
        if "url" in step:
            step["answer"] = await self.client.post(step["url"].removeprefix("/api/v1"), step.get("body", {}))
            if step["answer"].status not in {200, 201}:
                return step
        self.query = step.get("go", self.query)
        self.fields |= step.get("fill", {})
        if "seen" in step and step["seen"]["value"] not in self.seen:
            self.seen.append(step["seen"]["value"])
        if step.get("send") == "receive":
            step["answer"] = await self.receive()
        return step

    async def receive(self) -> Reply:
        """Send the form on which something is handed in; the next one begins with the same government and case."""
        said = {name: value for name, value in self.fields.items() if value not in EMPTY and name != "seal"}
        answer = await self.client.post(f"{CUSTODY}/items", said)
        assert answer.status == 201, answer
        self.query = f"?view=receive&item={answer.body['item']['id']}"
        for name in ("kind", "document"):
            self.fields.pop(name, None)
        return answer

    async def bag(self, verb: str, body: object = None) -> Reply:
        """Do something with the bag that is shown, or begin one."""
        ident = dict(parse_qsl(self.query.removeprefix("?"))).get("bag", "")
        answer = await self.client.post(f"{CUSTODY}/bags{f'/{ident}/{verb}' if verb else ''}", body)
        if answer.status == 201:
            self.query = f"?view=bag&bag={answer.body['bag']['id']}"
        return answer


async def custody_desk(here: House) -> CustodyDesk:
    client, _ = await here.staff(Role.CUSTODY, None)
    return CustodyDesk(client)
