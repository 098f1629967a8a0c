"""Keys are changed while a server serves: by the command line, found out by what people, browsers and devices hold."""

import asyncio
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import URL, select
from typer.testing import CliRunner

from queue_server import ticket_token
from queue_server.accounts import factors, second_factor, totp
from queue_server.accounts.model import Role, Session
from queue_server.accounts.second_factor import SecondFactors
from queue_server.accounts.tokens import ticket_key
from queue_server.cli import app
from queue_server.collection.codes import OneTimeCodes
from queue_server.contract.documents import from_text
from queue_server.custody.values import ItemId
from queue_server.domain.values import HOUR, SECOND, Actor, CentreId, Micros, VisitId, new_id, now_micros
from queue_server.eventlog.tables import events
from queue_server.vault import rotation
from queue_server.vault.key_export import export_keys, import_keys
from queue_server.vault.key_keeper import KeyKeeper
from queue_server.vault.key_ring import KeysMismatchError
from queue_server.vault.keys import PLAIN, Keys, KeysDamagedError, load_keys, periods_of
from queue_server.vault.model import KeyRules
from queue_server.vault.rotation import LIFE_DAYS, until_of
from tests.queue_server.house import QUICK, TICKET, Client, House, house
from tests.queue_server.people.sealed import of, ticket

#: It looks at its keys every second, and so does the command believe.
WATCHFUL = QUICK.but(KeyRules(poll_s=1))
DEMO = CentreId("demo")
REPORT = {"mode": "in-service"}
STEP = totp.STEP_S * SECOND


class SettableClock:
    """The clock of this machine and what was passed over, until it is set."""

    def __init__(self) -> None:
        self.at: Micros | None = None
        self.ahead = 0

    def __call__(self) -> Micros:
        return Micros(now_micros() + self.ahead) if self.at is None else self.at

    def pass_s(self, seconds: int) -> None:
        self.ahead += seconds * SECOND
        if self.at is not None:
            self.at = Micros(self.at + seconds * SECOND)


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let commands block: each has a loop of its own, in a thread of its own."""


def run(*arguments: str | Path, status: int = 0, env: dict[str, str] | None = None) -> str:
    result = CliRunner().invoke(app, [str(part) for part in arguments], env=env)
    assert result.exit_code == status, (result.output, result.exception)
    return result.output


async def keys(data: Path, *arguments: str, status: int = 0) -> str:
    """Run ``queue-server keys``, as somebody whose servers look every second."""
    settings = data / "settings.toml"
    if not await asyncio.to_thread(settings.exists):
        await asyncio.to_thread(settings.write_text, "[keys]\npoll_s = 1\n")
    return await asyncio.to_thread(partial(run, "keys", *arguments, "--data", data, status=status))


async def until(found: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not found():  # noqa: ASYNC110 - it is asked, not heard
            await asyncio.sleep(0.02)


async def rotated(here: House, *names: str) -> None:
    """Change keys by the clock of the server, and pass the time until it makes by the new ones."""
    data, log, poll_s = here.server.place.data, here.server.log, here.server.settings[KeyRules].poll_s
    before = {name: here.server[Keys].rings[name].key for name in names}
    following = await asyncio.to_thread(rotation.prepare, data, names, await log.run(periods_of))
    await log.write(lambda connection: rotation.rotate(connection, following, here.server.clock(), poll_s))
    await passed(here)
    assert all(here.server[Keys].rings[name].key != key for name, key in before.items())


async def finished(here: House, name: str) -> None:
    """Let nothing count that the keys before have made, by the clock of the server."""
    await here.server.log.write(lambda connection: rotation.finish(connection, (name,), here.server.clock()))
    await passed(here)
    assert len(list(here.server[Keys].rings[name])) == 1


async def passed(here: House) -> None:
    """Pass the time in which a server has heard of a change."""
    clock = here.server.clock
    assert isinstance(clock, SettableClock)
    clock.pass_s(3)
    await here.server[KeyKeeper].renew()


async def rotated_by_command(here: House, name: str) -> None:
    """Change a key by the command, and wait until the server makes by the new one."""
    before = here.server[Keys].rings[name].key
    await keys(here.server.place.data, "rotate", name)
    await until(lambda: here.server[Keys].rings[name].key != before)


async def issued(kiosk: Client, key: str, body: dict[str, Any] = TICKET) -> dict[str, Any]:
    answer = await kiosk.post("/centres/demo/visits", body, key)
    assert answer.status in {200, 201}, answer.body
    visit: dict[str, Any] = answer.body["visit"]
    return visit


async def test_a_ticket_that_is_sent_once_more_is_the_same_ticket(data: Path) -> None:
    async with house(data, WATCHFUL, SettableClock()) as here:
        kiosk, key = await here.kiosk(), new_id()
        first = await issued(kiosk, key)
        for _ in range(2):
            await rotated(here, "requests")
            assert (await issued(kiosk, key))["code"] == first["code"]
        other = await kiosk.post("/centres/demo/visits", TICKET | {"language": "fr"}, key)
        assert (other.status, other.body["code"]) == (422, "idempotency-key-reused")
        assert (await issued(kiosk, new_id()))["code"] != first["code"]
        # Nothing made by the first key is known once it was let go: to the server it is another request.
        await finished(here, "requests")
        again = await kiosk.post("/centres/demo/visits", TICKET, key)
        assert (again.status, again.body["code"]) == (422, "idempotency-key-reused")


async def test_what_has_no_writer_of_a_centre_is_not_done_twice_either(data: Path) -> None:
    async with house(data, WATCHFUL, SettableClock()) as here:
        clerk, _ = await here.staff(Role.CUSTODY, None)
        body, key = {"kind": "passport", "government": "UTO"}, new_id()
        first = await clerk.post("/centres/demo/custody/items", body, key)
        await rotated(here, "requests")
        again = await clerk.post("/centres/demo/custody/items", body, key)
        assert (again.status, again.body) == (first.status, first.body) == (201, first.body)
        other = await clerk.post("/centres/demo/custody/items", body | {"kind": "form"}, key)
        assert other.status == 422
        assert len((await clerk.get("/centres/demo/custody/items")).body["items"]) == 1


async def test_a_ticket_printed_before_is_found_and_its_kiosk_is_given_the_next_key(data: Path) -> None:
    async with house(data, WATCHFUL) as here:
        kiosk, device = await here.device("kiosk")
        visit = VisitId((await issued(kiosk, new_id()))["id"])
        first = ticket_key(here.server[Keys].tickets, device.id)
        paper = ticket_token.make(visit, first)
        report = await kiosk.post("/centres/demo/devices/self/status", REPORT, None)
        assert report.body["ticket_key"] is None
        await rotated_by_command(here, "tickets")
        report = await kiosk.post("/centres/demo/devices/self/status", REPORT, None)
        second = bytes.fromhex(report.body["ticket_key"])
        assert second == ticket_key(here.server[Keys].tickets, device.id) != first
        later = ticket_token.make(VisitId((await issued(kiosk, new_id()))["id"]), second)
        for token in (paper, later):
            assert (await here.anonymous().get(f"/t/{token}?lang=en")).status == 200
            assert (await kiosk.get(f"/centres/demo/tickets/{token}")).status == 200
        await keys(data, "finish", "tickets")
        await until(lambda: len(list(here.server[Keys].rings["tickets"])) == 1)
        assert (await here.anonymous().get(f"/t/{paper}?lang=en")).status == 404
        assert (await here.anonymous().get(f"/t/{later}?lang=en")).status == 200
        screen, _ = await here.device("screen")
        report = await screen.post("/centres/demo/devices/self/status", REPORT, None)
        assert report.body["ticket_key"] is None


async def test_what_codes_and_cookies_say_is_known_afterwards(data: Path) -> None:
    async with house(data, WATCHFUL, SettableClock()) as here:
        clerk, _ = await here.staff(Role.COUNTER, "1")
        _, session = await here.staff(Role.COUNTER, "2")
        codes, now, item = here.server[OneTimeCodes], here.server.clock(), ItemId(new_id())
        code = await here.server.log.write(lambda connection: codes.new_code(connection, item, DEMO, at=now))
        enrolment = await here.enrol_code("kiosk")
        standing = await _phone(here, session)
        await rotated(here, "sessions")
        assert (await clerk.post("/centres/demo/counters/1/open")).status == 200
        assert await here.server.log.run(lambda connection: codes.find(connection, DEMO, code, at=now)) == item
        answer = await here.anonymous().post("/enrol", {"code": enrolment}, None)
        assert answer.status in {200, 201}, answer.body
        # The phone holds the secret that it was given; the next step, since each code is good once.
        typed = totp.code_at(standing, now_micros() // STEP + 1)
        held, staff, now = here.server[Keys].rings["sessions"], session.staff, here.server.clock()
        assert await here.server.log.write(lambda connection: factors.use_code(connection, held, staff, typed, now))
        # Whoever sets a phone up now is given what the next key makes, and that is what is asked for.
        _, other = await here.staff(Role.COUNTER, "3")
        assert await _phone(here, other)


async def _phone(here: House, session: Session) -> bytes:
    """Set a phone up for somebody; gives the secret that it holds."""
    ident = await here.server.log.write(
        lambda connection: factors.begin(connection, session.staff, here.server.clock())
    )
    secret = here.server[SecondFactors].secret(ident)
    code = totp.code_at(secret, now_micros() // STEP)
    await here.server[SecondFactors].confirm(session, code, address="", browser=None, now=here.server.clock())
    return secret


async def test_a_phone_keeps_the_key_under_which_it_was_set_up(data: Path) -> None:
    clock = SettableClock()
    async with house(data, WATCHFUL, clock) as here:
        _, session = await here.staff(Role.COUNTER, "1")
        await _phone(here, session)
        await rotated(here, "sessions")
        first, began = here.server[Keys].rings["sessions"].others, clock()
        for days in (-1, 1):
            clock.at = Micros(began + (LIFE_DAYS["sessions"] + days) * 24 * HOUR)
            await here.server[KeyKeeper].renew()
            assert here.server[Keys].rings["sessions"].others == first
        await here.server.log.write(
            lambda connection: second_factor.reset(connection, session.staff, actor=Actor("system"), now=clock())
        )
        clock.at = Micros(clock() + 31 * 24 * HOUR)
        await here.server[KeyKeeper].renew()
        assert here.server[Keys].rings["sessions"].others == ()
        assert len(load_keys(data).rings["sessions"].held) == 1


async def test_a_key_is_destroyed_when_its_last_microsecond_is_over(data: Path) -> None:
    clock = SettableClock()
    async with house(data, WATCHFUL, clock) as here:
        await rotated(here, "requests")
        since, _ = here.server[Keys].rings["requests"].history[-1]
        clock.at = Micros(until_of("requests", since) - 1)
        await here.server[KeyKeeper].renew()
        assert len(here.server[Keys].rings["requests"].held) == len(load_keys(data).rings["requests"].held) == 2
        clock.at = until_of("requests", since)
        await here.server[KeyKeeper].renew()
        assert here.server[Keys].rings["requests"].held == (here.server[Keys].requests,)
        assert load_keys(data).rings["requests"].held == (here.server[Keys].requests,)


async def test_a_damaged_file_leaves_a_server_with_the_keys_that_it_has(data: Path) -> None:
    file = data / "keys" / "requests.key"
    async with house(data, WATCHFUL, SettableClock()) as here:
        kiosk, key = await here.kiosk(), new_id()
        first = await issued(kiosk, key)
        await rotated(here, "requests")
        whole = await asyncio.to_thread(file.read_text)
        for damaged in (whole[:-9], whole * 2, "no key\n"):
            await asyncio.to_thread(file.write_text, damaged)
            with pytest.raises(KeysDamagedError):
                await here.server[KeyKeeper].renew()
            assert (await issued(kiosk, key))["code"] == first["code"]
        assert "keys-damaged" in await keys(data, "status", status=1)
        # Only the one before is gone: what it made is not known, and all else is.
        await asyncio.to_thread(file.write_text, whole.split()[1] + "\n")
        await here.server[KeyKeeper].renew()
        assert "before\tcounts until" in (said := await keys(data, "status"))
        assert "is missing" in said
        assert (await kiosk.post("/centres/demo/visits", TICKET, key)).status == 422
        assert await issued(kiosk, new_id())
        # Without the one that makes it is no server of this database.
        await asyncio.to_thread(file.write_text, whole.split()[0] + "\n")
        with pytest.raises(KeysMismatchError):
            await here.server[KeyKeeper].renew()
        assert await issued(kiosk, new_id())


async def test_a_server_starts_with_what_a_power_cut_leaves(data: Path) -> None:
    """Files are replaced one after the other, the database comes last: whatever is done of that starts."""
    async with house(data, WATCHFUL, SettableClock()) as here:
        kiosk, key = await here.kiosk(), new_id()
        first = await issued(kiosk, key)
    said = await keys(data, "prepare", "requests")
    # The file was about to be replaced once more.
    await asyncio.to_thread((data / "keys" / "requests.key.new").write_text, "00")
    async with house(data, WATCHFUL, SettableClock()) as here:
        kiosk = Client(here.http, here.address, kiosk.headers)
        assert (await issued(kiosk, key))["code"] == first["code"]
        assert await keys(data, "prepare", "requests") == said
        await rotated(here, "requests")
    # Until the new one makes, and after it: a start finds in the database which is which.
    async with house(data, WATCHFUL, SettableClock()) as here:
        kiosk = Client(here.http, here.address, kiosk.headers)
        assert (await issued(kiosk, key))["code"] == first["code"]
        assert len(list(here.server[Keys].rings["requests"])) == 2


async def test_what_a_kiosk_had_sealed_to_the_key_before_is_opened(data: Path) -> None:
    async with house(data, WATCHFUL, SettableClock()) as here:
        kiosk, (desk, _) = await here.kiosk(), await here.staff(Role.RECEPTION, None)

        async def found(number: str, key: bytes) -> bool:
            """Take a ticket with a document that was sealed to a key; tells whether the document finds it."""
            sent = ticket(key, of(number))
            await issued(kiosk, new_id(), sent)
            answer = await desk.post("/centres/demo/documents/find", {"document": number})
            return [visit["id"] for visit in answer.body["visits"]] == [sent["id"]]

        offered = await kiosk.get("/centres/demo/services")
        first = from_text(offered.body["documents_key"])
        await rotated(here, "documents")
        again = await kiosk.get("/centres/demo/services", **{"If-None-Match": offered.headers["ETag"]})
        assert again.status == 200
        second = from_text(again.body["documents_key"])
        assert second == here.server[Keys].documents_public() != first
        assert [await found("L898902C3", first), await found("D23145890", second)] == [True, True]
        await finished(here, "documents")
        # What cannot be opened is dropped, and its ticket is taken.
        assert [await found("K01234567", first), await found("X01234567", second)] == [False, True]


async def test_days_that_keys_before_have_signed_are_proved_for_ever(data: Path, tmp_path: Path) -> None:
    clock = SettableClock()
    async with house(data, WATCHFUL, clock) as here:
        kiosk, first = await here.kiosk(), here.server[Keys].signer().key_id
        await issued(kiosk, new_id())
        clock.at = Micros(clock() + 24 * HOUR)
        await _closed(here, 1)
        await rotated(here, "signing")
        second = here.server[Keys].signer().key_id
        await issued(kiosk, new_id())
        clock.at = Micros(clock() + 24 * HOUR)
        await _closed(here, 2)
        assert await _signers(here) == {first, second}
        # The private key is gone by then, and what it signed is proved.
        await here.server[KeyKeeper].renew()
        assert load_keys(data).rings["signing"].held == (here.server[Keys].signing,)
        assert len(load_keys(data).former) == 1
        assert {(data / "keys" / f"{name}.key").stat().st_mode & 0o777 for name in ("signing", "former")} == {0o600}
        sealed = export_keys(data, "correct horse")
    assert await asyncio.to_thread(run, "verify", "--data", data)
    assert import_keys(tmp_path / "further", sealed, "correct horse") == load_keys(data)
    former = data / "keys" / "former.key"
    whole = await asyncio.to_thread(former.read_text)
    for damaged in (whole[:-30], whole.replace(" ", ""), "00 5\n"):
        await asyncio.to_thread(former.write_text, damaged)
        assert "former-keys-damaged" in await asyncio.to_thread(run, "verify", "--data", data, status=1)
    await asyncio.to_thread(former.unlink)
    assert "signature" in await asyncio.to_thread(run, "verify", "--data", data, status=1)


async def _closed(here: House, count: int) -> None:
    async with asyncio.timeout(60):
        while len(await _closings(here)) < count:  # noqa: ASYNC110 - it is asked, not heard
            await asyncio.sleep(0.05)


async def _closings(here: House) -> list[bytes]:
    asked = select(events.c.payload).where(events.c.stream.startswith("queue/demo/"), events.c.type == "day-closed")
    return await here.server.log.run(lambda connection: list(connection.execute(asked).scalars()))


async def _signers(here: House) -> set[str]:
    return {msgspec.json.decode(one)["key_id"] for one in await _closings(here)}


async def test_servers_of_one_database_have_the_next_key_before_it_makes(
    shared: Path, shared_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSULAR_KEYS_PASSPHRASE", "correct horse")
    url = shared_url.render_as_string(hide_password=False)
    further = tmp_path / "further"
    await asyncio.to_thread(shutil.copytree, shared, further)
    for folder in (shared, further):
        (folder / "database.url").write_text(url)
        (folder / "database.url").chmod(0o600)
    async with house(shared, WATCHFUL, url=url) as one, house(further, WATCHFUL, url=url) as other:
        kiosk, key = await one.kiosk(), new_id()
        first = await issued(kiosk, key)
        there = Client(other.http, other.address, kiosk.headers)
        assert "keys-unprepared" in await keys(shared, "rotate", "requests", status=1)
        await keys(shared, "prepare", "requests")
        assert "keys-behind" in await keys(shared, "rotate", "requests", status=1)
        assert "not at" in await keys(shared, "status")
        await keys(shared, "export", str(tmp_path / "sealed"))
        await keys(further, "import", str(tmp_path / "sealed"))
        for here in (one, other):
            await until(lambda here=here: len(here.server[Keys].rings["requests"].held) == 2)  # type: ignore[misc]
            await here.server[KeyKeeper].renew()
        assert "not at" not in await keys(shared, "status")
        await keys(shared, "rotate", "requests")
        assert "keys-unprepared" in await keys(further, "rotate", "requests", status=1)
        before = one.server[Keys].requests
        await until(lambda: before not in (one.server[Keys].requests, other.server[Keys].requests))
        assert one.server[Keys].requests == other.server[Keys].requests
        for client in (kiosk, there):
            assert (await issued(client, key))["code"] == first["code"]


async def test_what_is_not_changed_says_so(data: Path) -> None:
    # Two minutes ahead, so that what was begun has not come about yet.
    await asyncio.to_thread((data / "settings.toml").write_text, "[keys]\npoll_s = 60\n")
    for name in ("people", "nothing"):
        for verb in ("prepare", "rotate", "finish"):
            assert "keys-fixed" in await keys(data, verb, name, status=1)
    fresh = msgspec.json.decode(await keys(data, "status", "--json"))
    assert all(one["since"] is not None for one in fresh)
    assert "makes" in await keys(data, "rotate", "all")
    assert "keys-rotating" in await keys(data, "rotate", "tickets", status=1)
    assert "keys-rotating" in await keys(data, "finish", "tickets", status=1)
    found = {one["name"]: one for one in msgspec.json.decode(await keys(data, "status", "--json"))}
    assert found.keys() == LIFE_DAYS.keys() == set(PLAIN)
    assert all(one["follows_at"] is not None for one in found.values())


async def test_a_backup_and_an_export_have_every_key_that_counts(data: Path, tmp_path: Path) -> None:
    sealed = tmp_path / "sealed"
    async with house(data, WATCHFUL, SettableClock()) as here:
        kiosk, key = await here.kiosk(), new_id()
        first = await issued(kiosk, key)
        await rotated(here, "requests", "tickets")
        public = (await asyncio.to_thread(run, "recovery-key", tmp_path / "recovery")).strip()
        there = "--to", tmp_path / "there", "--recovery-key", public
        await asyncio.to_thread(run, "backup", "--data", data, *there)
        await asyncio.to_thread(sealed.write_bytes, export_keys(data, "correct horse"))
        before = load_keys(data)
    assert import_keys(tmp_path / "imported", sealed.read_bytes(), "correct horse") == before
    new = "--data", tmp_path / "new"
    await asyncio.to_thread(run, "restore", tmp_path / "there", "--key", tmp_path / "recovery", *new)
    assert load_keys(tmp_path / "new").rings == before.rings
    async with house(tmp_path / "new", WATCHFUL, SettableClock()) as here:
        kiosk = Client(here.http, here.address, kiosk.headers)
        assert (await issued(kiosk, key))["code"] == first["code"]
