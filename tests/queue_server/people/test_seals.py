"""A seal that staff scan at their desk: verified, told, kept with who and when, and matched as a document is."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.trust.watch import Trusted
from queue_server.conditions import present
from queue_server.contract.documents import to_text
from queue_server.framework.settings import ServerSettings
from queue_server.people.trust_lists import DocumentRules
from tests.peripherals.seals import maker
from tests.peripherals.seals.maker import c40, feature
from tests.queue_server.house import QUICK, Client, House, Reply, house
from tests.queue_server.people.sealed import GENUINE, NUMBER, OTHER, arrive, of
from tests.queue_server.people.test_handlers import desk, issue, manager, reception
from tests.queue_server.people.test_mrz_correction import come
from tests.queue_server.people.test_readings import name, open_application, outcomes, path, read_all

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOW = datetime.now(UTC)
VALIDITY = pki.Validity(NOW - timedelta(days=300), NOW + timedelta(days=3_000))
AUTHORITY = pki.make_authority(pki.UTOPIA, Algorithm(), VALIDITY, seed=4)
SIGNER = maker.make_signer(authority=AUTHORITY, validity=VALIDITY)
SIGNED = (NOW - timedelta(days=2)).date()
LAST = (NOW + timedelta(days=900)).strftime("%y%m%d")


def zone(number: str = NUMBER) -> str:
    return "PUUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<" + maker.second_line(number, "UTO", "740812", "F", LAST)


def binary(number: str = NUMBER) -> bytes:
    head = maker.header(kind=(0x5E, 0x03), issued=SIGNED, signed=SIGNED)
    return maker.make_seal(SIGNER, [feature(2, c40(zone(number)))], head)


def text(number: str = NUMBER, *more: bytes) -> str:
    messages = [feature(0x81, c40(zone(number))), *more]
    return maker.make_idb(SIGNER, messages, head=maker.idb_header(SIGNER, signed=SIGNED)).decode()


@pytest.fixture
def trusting(tmp_path: Path) -> ServerSettings:
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "authority.cer").write_bytes(AUTHORITY.certificate)
    (lists / "signer.cer").write_bytes(SIGNER.certificate)
    (lists / "revoked.crl").write_bytes(pki.revocation_list(AUTHORITY, (), NOW - timedelta(days=12)))
    return QUICK.but(DocumentRules(trust=str(lists), trust_poll_s=0.05))


async def trusts(here: House, count: int) -> None:
    async with asyncio.timeout(60):
        while len(here.server[Trusted].store.authorities) != count:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def verify(client: Client, visit: str, **body: str) -> Reply:
    return await client.post(f"/centres/demo/visits/{visit}/seal", body)


async def test_a_seal_is_verified_kept_and_matched(data: Path, trusting: ServerSettings) -> None:
    async with house(data, trusting) as here:
        await trusts(here, 1)
        kiosk, counter = await here.kiosk(), await desk(here)
        earlier = await arrive(here, kiosk)
        boss = await manager(here)
        application = await open_application(boss, earlier)
        visit = await issue(kiosk)
        assert (await verify(counter, visit, text=text())).code == "people-not-permitted"
        await come(counter, visit)
        await name(boss, visit, application)
        answer = await verify(counter, visit, text=text() + "\n")
        assert answer.status == 200, answer
        assert (answer.body["outcome"], answer.body["reading"]["standing"]) == ("seal-holds", "unchanged")
        (shown,) = answer.body["documents"]
        assert shown["reading"]["number"] == NUMBER
        assert shown["reading"]["seal"] == "unknown"
        assert outcomes(shown) == [("passed", "")]
        assert shown["read_here"]["by"] == "Somebody"
        assert shown["corrected"] is None
        # Scanned once more, it is there once.
        again = await verify(counter, visit, text=text())
        assert [one["id"] for one in again.body["documents"]] == [shown["id"]]
        # A second ticket on it is found by its number.
        found = await (await reception(here)).post("/centres/demo/documents/find", {"document": NUMBER})
        assert visit in [one["id"] for one in found.body["visits"]]


async def test_bytes_of_a_reader_and_what_a_scanner_types(data: Path, trusting: ServerSettings) -> None:
    async with house(data, trusting) as here:
        await trusts(here, 1)
        client = await reception(here)
        for body in ({"data": to_text(binary())}, {"text": binary().hex(" ").upper()}, {"text": text()}):
            visit = await issue(await here.kiosk())
            answer = await verify(client, visit, **body)
            assert answer.body["outcome"] == "seal-holds", answer
            assert [one["reading"]["number"] for one in await read_all(client, visit)] == [NUMBER]


async def test_a_seal_stands_beside_the_document_of_its_holder(data: Path, trusting: ServerSettings) -> None:
    async with house(data, trusting) as here:
        await trusts(here, 1)
        client, kiosk = await reception(here), await here.kiosk()
        visit = await arrive(here, kiosk)
        answer = await verify(client, visit, text=text(OTHER))
        assert [one["reading"]["number"] for one in answer.body["documents"]] == [NUMBER, OTHER]
        # Of a document with this number more is known: its chip was read.
        same = await verify(client, visit, text=text(NUMBER))
        assert same.body["outcome"] == "seal-holds"
        shown = await read_all(client, visit)
        assert [(one["reading"]["number"], one["reading"]["seal"]) for one in shown] == [
            (NUMBER, ""),
            (OTHER, "unknown"),
        ]
        assert msgspec.convert(shown[0]["reading"], type(GENUINE)) == of(NUMBER)


async def test_without_lists_nobody_can_say_who_signed_it_and_lists_are_read_when_they_come(
    data: Path, trusting: ServerSettings
) -> None:
    async with house(data, trusting) as here:
        await trusts(here, 1)
        client = await reception(here)
        visit = await issue(await here.kiosk())
        for file in await asyncio.to_thread(lambda: list(Path(trusting[DocumentRules].trust).iterdir())):
            await asyncio.to_thread(file.unlink)
        await trusts(here, 0)
        answer = await verify(client, visit, text=text())
        assert (answer.body["outcome"], answer.body["reading"]["standing"]) == ("seal-unchecked", "issuer-unknown")


async def test_what_is_no_seal_is_refused_and_nothing_is_kept(here: House) -> None:
    client = await reception(here)
    visit = await issue(await here.kiosk())
    bodies: tuple[dict[str, str], ...] = (
        {},
        {"text": "A 001"},
        {"text": "RDB1"},
        {"text": "{}"},
        {"text": "dc00"},
        {"data": "3AAA"},
        {"data": "A"},
    )
    for body in bodies:
        refused = await verify(client, visit, **body)
        assert (refused.status, refused.code) == (422, "seal-not-read"), body
    assert (await verify(client, visit, text="R" * 13_000)).code == "body-invalid"
    assert (await verify(await here.kiosk(), visit, text=text())).code == "not-permitted"
    assert await read_all(client, visit) == []


async def test_a_changed_seal_and_one_that_names_nobody(data: Path, trusting: ServerSettings) -> None:
    async with house(data, trusting) as here:
        await trusts(here, 1)
        client, kiosk = await reception(here), await here.kiosk()
        visit = await issue(kiosk)
        changed = bytearray(binary())
        changed[40] ^= 1
        answer = await verify(client, visit, data=to_text(bytes(changed)))
        assert (answer.body["outcome"], answer.body["reading"]["standing"]) == ("look", "refused")
        other = await issue(kiosk)
        head = maker.idb_header(SIGNER, signed=SIGNED)
        nameless = maker.make_idb(SIGNER, [feature(0x86, b"\x0e")], head=head).decode()
        for _ in range(2):
            answer = await verify(client, other, text=nameless)
            assert answer.body["outcome"] == "seal-nameless"
            assert [one["reading"]["seal"] for one in answer.body["documents"]] == ["residence-document"]
        assert (await client.get(path(other))).status == 200


async def test_old_lists_are_told_to_managers_before_they_are_due(data: Path, trusting: ServerSettings) -> None:
    rules = msgspec.structs.replace(trusting[DocumentRules], lists_ahead_days=200)
    async with house(data, trusting.but(rules)) as here:
        await trusts(here, 1)
        async with asyncio.timeout(60):
            while here.server[Trusted].fault != "trust-outdated":  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.01)
        found = await present(here.server.watches, here.server.rooms.conditions)
        assert [(one.code, one.amount, one.is_unready) for one in found] == [("trust-outdated", 12, False)]
