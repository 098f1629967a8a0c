"""What a kiosk read of a document: taken with its ticket, shown to whoever serves it, compared with applications."""

import asyncio
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.contract.documents import seal, to_text
from queue_server.domain.values import HOUR, MINUTE, Micros, VisitId, new_id, now_micros, to_datetime
from queue_server.eventlog.tables import events
from queue_server.vault import store
from queue_server.vault.keys import Keys
from queue_server.vault.people_key import PeopleKeyHolder
from queue_server.vault.tables import people_reads, people_rows
from tests.queue_server.house import QUICK, TICKET, Client, House, house
from tests.queue_server.people.sealed import GENUINE, NUMBER, NUMBERS, OTHER, arrive, family, of, ticket, told_key
from tests.queue_server.people.test_handlers import call_next, count, desk, issue, manager, reception

pytestmark = pytest.mark.asyncio(loop_scope="module")
#: For a test that needs a server of its own.
ALONE = pytest.mark.asyncio(loop_scope="function")

SERVICE = "uto-passport-renewal"


def path(visit: str) -> str:
    return f"/centres/demo/visits/{visit}/reading"


async def read_all(client: Client, visit: str) -> list[dict[str, Any]]:
    answer = await client.get(path(visit))
    assert answer.status == 200, answer
    found: list[dict[str, Any]] = answer.body["documents"]
    return found


async def read(client: Client, visit: str) -> dict[str, Any]:
    """Read the one document of a visit, or none."""
    found = await read_all(client, visit)
    assert len(found) <= 1
    return found[0] if found else {"standing": "not-read"}


async def open_application(client: Client, visit: str) -> dict[str, Any]:
    answer = await client.post(f"/centres/demo/visits/{visit}/applications", {"service": SERVICE})
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.body["application"]
    return found


async def name(client: Client, visit: str, application: dict[str, Any]) -> None:
    body = {"reference": application["reference"]}
    assert (await client.post(f"/centres/demo/visits/{visit}/applications", body)).status == 200


async def move(client: Client, application: dict[str, Any], *states: str) -> None:
    for state in states:
        moved = await client.post(
            f"/centres/demo/applications/{application['id']}/move", {"state": state, "reason": "mistake"}
        )
        assert moved.status == 200, moved


def outcomes(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["verdict"]["outcome"], one["verdict"]["reason"]) for one in answer["holders"]]


async def test_a_reading_is_shown_to_whoever_serves_and_who_looked_is_known(here: House) -> None:
    kiosk = await here.kiosk()
    sent = ticket(await told_key(kiosk))
    assert (await kiosk.post("/centres/demo/visits", sent)).status == 201
    counter = await desk(here)
    refused = await counter.get(path(sent["id"]))
    assert (refused.status, refused.code) == (403, "people-not-permitted")
    assert await call_next(counter) == sent["id"]
    shown = await read(counter, sent["id"])
    assert msgspec.convert(shown["reading"], type(GENUINE)) == GENUINE
    assert (shown["standing"], shown["ready"]) == ("genuine", [])
    assert outcomes(shown) == [("not-checked", "no-booking")]
    (looked,) = await here.server.log.run(lambda connection: store.reads(connection, VisitId(sent["id"])))
    assert (looked.purpose, looked.actor.partition("/")[0]) == ("serving", "staff")
    # Its number finds a second ticket, as one does that was typed at the reception.
    found = await (await reception(here)).post("/centres/demo/documents/find", {"document": NUMBER})
    assert [visit["id"] for visit in found.body["visits"]] == [sent["id"]]
    assert await people_of(here, sent["id"]) == 1


async def people_of(here: House, visit: str) -> int:
    wanted = select(people_rows.c.person).where(people_rows.c.visit == visit).distinct()
    return len(await here.server.log.run(lambda connection: connection.execute(wanted).all()))


@ALONE
async def test_without_a_document_nothing_is_shown_and_nothing_recorded(here: House) -> None:
    visit = await issue(await here.kiosk())
    assert await read_all(await reception(here), visit) == []
    assert await count(here, people_reads) == 0
    for unknown in (new_id(), "nothing"):
        assert (await (await reception(here)).get(path(unknown))).code == "visit-unknown"


@ALONE
async def test_a_kiosk_alone_brings_a_reading(here: House) -> None:
    sent = ticket(here.server[Keys].documents_public())
    for client in (await reception(here), await here.manager()):
        refused = await client.post("/centres/demo/visits", {**sent, "id": None})
        assert (refused.status, refused.code) == (403, "not-permitted")
    kiosk = await here.kiosk()
    assert (await kiosk.post("/centres/demo/visits", sent | {"document": NUMBER})).status == 403
    for role in set(Role) - {Role.RECEPTION, Role.COUNTER, Role.MANAGER}:
        assert (await (await here.staff(role, None))[0].get(path(sent["id"]))).code == "not-permitted"
    assert (await kiosk.get(path(sent["id"]))).code == "not-permitted"
    assert await count(here, people_rows) == 0


async def test_what_is_sealed_to_another_visit_or_server_is_dropped_and_the_ticket_taken(here: House) -> None:
    kiosk, key = await here.kiosk(), here.server[Keys].documents_public()
    honest = ticket(key)
    assert (await kiosk.post("/centres/demo/visits", honest)).status == 201
    stranger = (await here.device("kiosk"))[0]
    before = await count(here, people_rows)
    taken = []
    with capture_logs() as logged:
        for client, sent in (
            # Laid to another visit, by the same kiosk and by another one.
            (kiosk, honest | {"id": new_id()}),
            (stranger, honest | {"id": new_id()}),
            # Without an id of its own a ticket has nothing to which anything was sealed.
            (kiosk, {name: value for name, value in honest.items() if name != "id"}),
            (kiosk, ticket(bytes(31) + b"\x09")),
        ):
            answer = await client.post("/centres/demo/visits", sent)
            assert answer.status == 201, answer
            taken.append(answer.body["visit"])
    assert await count(here, people_rows) == before
    looking = await reception(here)
    assert {(await read(looking, visit["id"]))["standing"] for visit in taken} == {"not-read"}
    assert [one for one in logged if one["log_level"] != "info"] == [
        {
            "event": "reading-dropped",
            "code": "reading-not-opened",
            "device": visit["device"],
            "visit": visit["id"],
            "log_level": "warning",
        }
        for visit in taken
    ]


@ALONE
async def test_a_ticket_sent_again_brings_its_reading_once(here: House) -> None:
    kiosk, key = await here.kiosk(), new_id()
    sent = ticket(here.server[Keys].documents_public())
    one, two = [await kiosk.post("/centres/demo/visits", sent, key) for _ in range(2)]
    assert one.body["visit"]["id"] == two.body["visit"]["id"] == sent["id"]
    assert await count(here, people_rows) == 2
    # Under another key it is another command for the same visit, and adds nothing either.
    again = await kiosk.post("/centres/demo/visits", sent)
    assert again.status == 201, again
    stolen = await (await here.device("kiosk"))[0].post("/centres/demo/visits", sent)
    assert stolen.status == 201, stolen
    assert await count(here, people_rows) == 2
    # Another reading under the same key is another request.
    assert (await kiosk.post("/centres/demo/visits", sent | {"readings": ["A" * 64]}, key)).status == 422


@ALONE
async def test_two_hundred_readings_of_garbage_take_two_hundred_tickets(here: House) -> None:
    rng = random.Random(20)
    kiosk, key = await here.kiosk(), here.server[Keys].documents_public()
    garbage = [to_text(rng.randbytes(rng.randint(48, 4000))) for _ in range(160)]
    for _ in range(40):
        # Whole but for one bit, or cut short.
        visit = VisitId(new_id())
        raw = bytearray(seal(GENUINE, visit, key))
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        garbage.append(to_text(bytes(raw[: rng.choice((len(raw), rng.randint(48, len(raw))))])))
    line = asyncio.Semaphore(16)

    async def send(reading: str) -> int:
        async with line:
            return (await kiosk.post("/centres/demo/visits", TICKET | {"id": new_id(), "readings": [reading]})).status

    assert set(await asyncio.gather(*map(send, garbage))) == {201}
    assert await count(here, people_rows) == 0
    for shape in ("", "A" * 63, "A" * 6001, "not base64!" * 9, "A" * 64 + "\n", 7, ["A" * 64]):
        assert (await kiosk.post("/centres/demo/visits", TICKET | {"readings": [shape]})).code == "body-invalid"
    many = TICKET | {"id": new_id(), "readings": ["A" * 64] * 21}
    assert (await kiosk.post("/centres/demo/visits", many)).code == "body-invalid"


async def test_a_ticket_of_an_offline_hour_comes_late_with_its_reading(data: Path) -> None:
    """A kiosk that knew the key goes on alone, and delivers hours later, to a server that was away meanwhile."""
    async with house(data) as first:
        kiosk = await first.kiosk()
        key, now = await told_key(kiosk), first.server.clock()
    sent = ticket(key, issued_at=to_datetime(Micros(now + MINUTE)).isoformat())
    async with house(data, QUICK, lambda: Micros(now + 2 * HOUR)) as second:
        again = Client(second.http, second.address, kiosk.headers)
        assert (await again.post("/centres/demo/visits", sent)).status == 201
        shown = await read(await reception(second), sent["id"])
        assert shown["reading"]["number"] == NUMBER


async def test_after_forgetting_there_is_no_reading(here: House) -> None:
    kiosk, boss = await here.kiosk(), await manager(here)
    visit, other = await arrive(here, kiosk), await arrive(here, kiosk, of(OTHER))
    application = await open_application(boss, visit)
    before = here.server[PeopleKeyHolder].key
    assert (await boss.post(f"/centres/demo/visits/{visit}/erase")).body == {"persons": 1}
    assert here.server[PeopleKeyHolder].key.nodes != before.nodes
    assert (await read(boss, visit))["standing"] == "not-read"
    assert (await read(boss, other))["standing"] == "genuine"
    # Whose the application is was forgotten too; the next visit that names it may say so.
    later = await arrive(here, kiosk)
    await name(boss, later, application)
    assert outcomes(await read(boss, later)) == [("passed", "")]


async def test_a_party_is_shown_the_reading_of_the_ticket_that_it_came_with(here: House) -> None:
    kiosk, client = await here.kiosk(), await reception(here)
    with_document, between, without = await arrive(here, kiosk), await issue(kiosk), await issue(kiosk)
    for visit, into in ((with_document, between), (between, without)):
        assert (await client.post(f"/centres/demo/visits/{visit}/merge", {"into": into})).status == 200
    assert (await read(client, without))["reading"]["number"] == NUMBER


# --- the holder ------------------------------------------------------------------------------------------------------


async def test_the_holder_of_an_application_is_known_again_at_a_later_visit(here: House) -> None:
    kiosk, boss = await here.kiosk(), await manager(here)
    application = await open_application(boss, await arrive(here, kiosk))
    later = await arrive(here, kiosk)
    assert outcomes(await read(boss, later)) == [("not-checked", "no-booking")]
    await name(boss, later, application)
    shown = await read(boss, later)
    assert outcomes(shown) == [("passed", "")]
    assert shown["holders"][0]["application"]["reference"] == application["reference"]
    assert shown["standing"] == "genuine"


async def test_another_persons_document_for_an_application_is_told_and_never_becomes_its_holder(here: House) -> None:
    kiosk, boss = await here.kiosk(), await manager(here)
    application = await open_application(boss, await arrive(here, kiosk))
    for _ in range(2):
        stranger = await arrive(here, kiosk, of(OTHER))
        await name(boss, stranger, application)
        shown = await read(boss, stranger)
        assert outcomes(shown) == [("failed", "another-holder")]
        assert (shown["standing"], shown["reading"]["standing"]) == ("refused", "genuine")
    # One passes, one does not: each is said beside its application.
    own = await open_application(boss, stranger)
    assert [one["application"]["id"] for one in (await read(boss, stranger))["holders"]] == [
        application["id"],
        own["id"],
    ]
    assert outcomes(await read(boss, stranger)) == [("failed", "another-holder"), ("passed", "")]


async def test_an_application_gets_its_holder_from_the_first_visit_with_a_document(here: House) -> None:
    kiosk, boss, integration = await here.kiosk(), await manager(here), await here.manager()
    application = await open_application(boss, await issue(kiosk))
    visit = await arrive(here, kiosk)
    # An integration has no name to record: it reads nothing of the vault.
    await name(integration, visit, application)
    assert outcomes(await read(boss, visit)) == [("not-checked", "holder-unknown")]
    later = await arrive(here, kiosk, of(OTHER))
    await name(boss, later, application)
    assert outcomes(await read(boss, later)) == [("passed", "")]
    assert outcomes(await read(boss, visit)) == [("failed", "another-holder")]
    nameless = await arrive(here, kiosk, of(""))
    await name(boss, nameless, application)
    assert outcomes(await read(boss, nameless)) == [("not-checked", "number-missing")]


async def test_a_number_that_staff_typed_makes_a_holder_too(here: House) -> None:
    client, boss = await reception(here), await manager(here)
    application = await open_application(boss, await issue(client, document="L898902C<3"))
    kiosk = await here.kiosk()
    visit = await arrive(here, kiosk)
    await name(boss, visit, application)
    # Nobody said which state had issued it: no row of before, with its number alone, is lost, and none says too much.
    assert outcomes(await read(boss, visit)) == [("noted", "number-alone")]
    other = await arrive(here, kiosk, of(OTHER))
    await name(boss, other, application)
    assert outcomes(await read(boss, other)) == [("failed", "another-holder")]


async def test_the_same_number_of_two_states_is_of_two_people(here: House) -> None:
    kiosk, boss = await here.kiosk(), await manager(here)
    first, second = of(NUMBER), msgspec.structs.replace(of(NUMBER), issuer="D")
    application = await open_application(boss, await arrive(here, kiosk, first))
    await move(boss, application, "received", "at-authority", "returned", "ready")
    stranger = await arrive(here, kiosk, second)
    assert (await read(boss, stranger))["ready"] == []
    await name(boss, stranger, application)
    assert outcomes(await read(boss, stranger)) == [("failed", "another-holder")]
    later = await arrive(here, kiosk, first)
    assert [one["id"] for one in (await read(boss, later))["ready"]] == [application["id"]]
    own = await open_application(boss, stranger)
    assert outcomes(await read(boss, stranger)) == [("failed", "another-holder"), ("passed", "")]
    assert own["id"] != application["id"]


async def test_a_document_whose_state_was_not_read_is_nobodys_for_certain(here: House) -> None:
    kiosk, boss = await here.kiosk(), await manager(here)
    application = await open_application(boss, await arrive(here, kiosk))
    nameless = await arrive(here, kiosk, msgspec.structs.replace(of(NUMBER), issuer=""))
    await name(boss, nameless, application)
    assert outcomes(await read(boss, nameless)) == [("not-checked", "state-unread")]
    shown = await read(boss, nameless)
    assert shown["standing"] == "genuine"


async def test_applications_that_are_ready_for_the_holder_are_named(here: House) -> None:
    kiosk, boss = await here.kiosk(), await manager(here)
    first = await arrive(here, kiosk)
    ready, waiting = await open_application(boss, first), await open_application(boss, first)
    await move(boss, ready, "received", "at-authority", "returned", "ready")
    later, stranger = await arrive(here, kiosk), await arrive(here, kiosk, of(OTHER))
    shown = await read(boss, later)
    assert [(one["reference"], one["state"]) for one in shown["ready"]] == [(ready["reference"], "ready")]
    assert (await read(boss, stranger))["ready"] == []
    await name(boss, later, ready)
    shown = await read(boss, later)
    assert (outcomes(shown), shown["ready"]) == ([("passed", "")], [])
    # What is kept for the other one stays until it ends itself.
    await name(boss, later, waiting)
    assert outcomes(await read(boss, later)) == [("passed", ""), ("passed", "")]


@ALONE
async def test_the_holder_is_forgotten_when_the_application_ends(here: House) -> None:
    kiosk, boss = await here.kiosk(), await manager(here)
    first = await arrive(here, kiosk)
    over, going = await open_application(boss, first), await open_application(boss, first)
    before = here.server[PeopleKeyHolder].key
    await move(boss, over, "withdrawn")
    kept = await here.server.log.run(
        lambda connection: connection.execute(
            select(people_rows.c.application).where(people_rows.c.kind == "holder")
        ).scalars().all()
    )  # fmt: skip
    assert kept == [going["id"]]
    await here.server[PeopleKeyHolder].settle()
    assert here.server[PeopleKeyHolder].key.nodes != before.nodes
    later = await arrive(here, kiosk)
    for application in (over, going):
        await name(boss, later, application)
    assert outcomes(await read(boss, later)) == [("not-checked", "holder-unknown"), ("passed", "")]
    assert await count(here, people_rows) == 5


@ALONE
async def test_where_the_holder_cannot_be_stored_nothing_is_opened(here: House, blockbuster: Any) -> None:
    # The log of a failure quotes lines of source files.
    blockbuster.deactivate()
    kiosk, boss = await here.kiosk(), await manager(here)
    visit = await arrive(here, kiosk)
    await here.server.log.write(
        lambda connection: connection.exec_driver_sql(
            "CREATE TRIGGER no BEFORE INSERT ON people_rows BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    )
    before = await count(here, events)
    refused = await boss.post(f"/centres/demo/visits/{visit}/applications", {"service": SERVICE})
    assert refused.status == 500
    assert await count(here, events) == before


@ALONE
async def test_a_row_of_another_application_is_refused(here: House, blockbuster: Any) -> None:
    # The log of a failure quotes lines of source files.
    blockbuster.deactivate()
    kiosk, boss = await here.kiosk(), await manager(here)
    one = await open_application(boss, await arrive(here, kiosk))
    other = await open_application(boss, await arrive(here, kiosk, of(OTHER)))
    swap = people_rows.update().where(people_rows.c.application == one["id"]).values(application=other["id"])
    await here.server.log.write(lambda connection: connection.execute(swap))
    told = await boss.get(path(await arrive(here, kiosk)))
    assert (told.status, told.code) == (500, "people-row-changed")


@ALONE
async def test_of_two_servers_that_name_an_application_at_once_one_gives_it_its_holder(
    two: tuple[House, House],
) -> None:
    one, other = two
    kiosk, staff = await one.kiosk(), await manager(one)
    application = await open_application(staff, await issue(kiosk))
    visits = [await arrive(one, kiosk, of(number)) for number in (NUMBER, OTHER)]
    elsewhere = await manager(other)
    for visit in visits:
        assert (await elsewhere.get(f"/centres/demo/visits/{visit}/reading")).status == 200
    await asyncio.gather(name(staff, visits[0], application), name(elsewhere, visits[1], application))
    found = [outcomes(await read(staff, visit))[0] for visit in visits]
    assert sorted(found) == [("failed", "another-holder"), ("passed", "")]


async def test_a_reading_ends_with_its_day_and_a_holder_with_its_time(data: Path) -> None:
    now = [now_micros()]
    async with house(data, QUICK, lambda: now[0]) as here:
        kiosk, boss = await here.kiosk(), await manager(here)
        await open_application(boss, await arrive(here, kiosk))
        assert await kinds(here) == ["document", "holder", "reading"]
        before = here.server[PeopleKeyHolder].key
        now[0] = Micros(now[0] + 25 * HOUR)
        await here.server[PeopleKeyHolder].settle()
        assert await kinds(here) == ["holder"]
        assert here.server[PeopleKeyHolder].key.nodes != before.nodes
        now[0] = Micros(now[0] + 366 * 24 * HOUR)
        await here.server[PeopleKeyHolder].settle()
        assert await kinds(here) == []


async def kinds(here: House) -> list[str]:
    wanted = select(people_rows.c.kind).order_by(people_rows.c.kind)
    return await here.server.log.run(lambda connection: list(connection.execute(wanted).scalars()))


# --- a party that lays down several documents ------------------------------------------------------------------------


def whose(found: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    return [(one["reading"]["person"], one["reading"]["band"], one["reading"]["number"]) for one in found]


async def test_a_familys_documents_are_shown_in_turn_and_each_finds_the_visit(here: House) -> None:
    kiosk, client = await here.kiosk(), await reception(here)
    sent = family(here.server[Keys].documents_public())
    issued = await kiosk.post("/centres/demo/visits", sent)
    assert (issued.status, issued.body["visit"]["party_size"]) == (201, 4)
    found = await read_all(client, sent["id"])
    assert whose(found) == [(0, "adult", NUMBERS[0]), (1, "adult", NUMBERS[1]), (3, "child", NUMBERS[2])]
    assert {one["standing"] for one in found} == {"genuine"}
    for number in NUMBERS:
        again = await client.post("/centres/demo/documents/find", {"document": number})
        assert [visit["id"] for visit in again.body["visits"]] == [sent["id"]]
    # Each that was read is recorded for itself, and all are of one person of the vault: they go together.
    looked = await here.server.log.run(lambda connection: store.reads(connection, VisitId(sent["id"])))
    assert sum(one.purpose == "serving" for one in looked) == len(NUMBERS)
    assert await people_of(here, sent["id"]) == 1


async def test_of_a_partys_documents_one_that_cannot_be_opened_is_dropped_and_the_others_are_taken(
    here: House,
) -> None:
    kiosk, client = await here.kiosk(), await reception(here)
    sent, other = (family(here.server[Keys].documents_public()) for _ in range(2))
    sent["readings"][1] = other["readings"][1]
    assert (await kiosk.post("/centres/demo/visits", sent)).status == 201
    assert whose(await read_all(client, sent["id"])) == [(0, "adult", NUMBERS[0]), (3, "child", NUMBERS[2])]


async def test_no_more_documents_are_taken_than_people_get_one_number(here: House) -> None:
    kiosk, client = await here.kiosk(), await reception(here)
    most, visit = here.server[Centres].find(here.centre).facts.catalogue.kiosk_party, VisitId(new_id())
    key = here.server[Keys].documents_public()
    sealed = [
        to_text(seal(msgspec.structs.replace(of(f"X{place:07d}"), person=place), visit, key))
        for place in range(most + 3)
    ]
    with capture_logs() as logged:
        assert (await kiosk.post("/centres/demo/visits", TICKET | {"id": visit, "readings": sealed})).status == 201
    assert len(await read_all(client, visit)) == most
    assert [one["count"] for one in logged if one["event"] == "readings-dropped"] == [3]


async def test_a_seal_that_was_shown_beside_a_document_is_taken_behind_the_people_of_a_full_party(here: House) -> None:
    kiosk, client = await here.kiosk(), await reception(here)
    most, visit = here.server[Centres].find(here.centre).facts.catalogue.kiosk_party, VisitId(new_id())
    key = here.server[Keys].documents_public()
    people = [msgspec.structs.replace(of(f"X{place:07d}"), person=place) for place in range(most)]
    visas = [msgspec.structs.replace(of(f"V{place:07d}"), person=most + place, seal="visa") for place in range(2)]
    sealed = [to_text(seal(one, visit, key)) for one in (*people, *visas)]
    with capture_logs() as logged:
        assert (await kiosk.post("/centres/demo/visits", TICKET | {"id": visit, "readings": sealed})).status == 201
    found = [one["reading"] for one in await read_all(client, visit)]
    assert [(one["person"], one["number"]) for one in found if one["seal"]] == [(most, "V0000000")]
    assert len(found) == most + 1
    assert [one["count"] for one in logged if one["event"] == "readings-dropped"] == [1]


async def test_a_document_that_comes_twice_is_one_and_so_is_a_person(here: House) -> None:
    kiosk, client = await here.kiosk(), await reception(here)
    twice = family(here.server[Keys].documents_public(), (NUMBER, NUMBER, OTHER))
    assert (await kiosk.post("/centres/demo/visits", twice)).status == 201
    assert whose(await read_all(client, twice["id"])) == [(0, "adult", NUMBER), (3, "child", OTHER)]
    same = family(here.server[Keys].documents_public())
    visit = VisitId(same["id"])
    same["readings"] = [to_text(seal(of(one), visit, here.server[Keys].documents_public())) for one in NUMBERS]
    assert (await kiosk.post("/centres/demo/visits", same)).status == 201
    assert whose(await read_all(client, visit)) == [(0, "", NUMBERS[0])]


async def test_merged_tickets_show_the_documents_of_both_each_once(here: House) -> None:
    kiosk, client = await here.kiosk(), await reception(here)
    sent = family(here.server[Keys].documents_public())
    assert (await kiosk.post("/centres/demo/visits", sent)).status == 201
    aunt, again = await arrive(here, kiosk, of("AUNT12345")), await arrive(here, kiosk, of(NUMBERS[1]))
    for visit in (aunt, again):
        merged = await client.post(f"/centres/demo/visits/{visit}/merge", {"into": sent["id"]})
        assert merged.status == 200, merged
    found = [one["reading"]["number"] for one in await read_all(client, sent["id"])]
    assert found == [*NUMBERS, "AUNT12345"]


async def test_a_family_is_forgotten_whole_and_ends_whole(data: Path) -> None:
    now = [now_micros()]
    async with house(data, QUICK, lambda: now[0]) as here:
        kiosk, boss = await here.kiosk(), await manager(here)
        sent, kept = (family(here.server[Keys].documents_public()) for _ in range(2))
        for one in (sent, kept):
            assert (await kiosk.post("/centres/demo/visits", one)).status == 201
        assert len(await kinds(here)) == 12
        assert (await boss.post(f"/centres/demo/visits/{sent['id']}/erase")).body == {"persons": 1}
        assert await read_all(boss, sent["id"]) == []
        assert await kinds(here) == ["document"] * 3 + ["reading"] * 3
        before = here.server[PeopleKeyHolder].key
        now[0] = Micros(now[0] + 25 * HOUR)
        await here.server[PeopleKeyHolder].settle()
        assert await kinds(here) == []
        assert here.server[PeopleKeyHolder].key.nodes != before.nodes


async def test_an_application_of_one_of_a_family_refuses_none_of_the_others(here: House) -> None:
    kiosk, boss = await here.kiosk(), await manager(here)
    first = family(here.server[Keys].documents_public())
    assert (await kiosk.post("/centres/demo/visits", first)).status == 201
    together = await open_application(boss, first["id"])
    # Each of whom a document was laid down then may come for it.
    for number in NUMBERS:
        later = await arrive(here, kiosk, of(number))
        await name(boss, later, together)
        assert outcomes(await read(boss, later)) == [("passed", "")]
    alone = await open_application(boss, await arrive(here, kiosk, of(NUMBERS[2])))
    again = family(here.server[Keys].documents_public())
    assert (await kiosk.post("/centres/demo/visits", again)).status == 201
    await name(boss, again["id"], alone)
    found = await read_all(boss, again["id"])
    assert [(one["standing"], outcomes(one)) for one in found] == [
        ("genuine", []), ("genuine", []), ("genuine", [("passed", "")]),
    ]  # fmt: skip
    strangers = family(here.server[Keys].documents_public(), ("S1234567", "S1234568", "S1234569"))
    assert (await kiosk.post("/centres/demo/visits", strangers)).status == 201
    await name(boss, strangers["id"], alone)
    found = await read_all(boss, strangers["id"])
    assert [(one["standing"], outcomes(one)) for one in found] == [("refused", [("failed", "another-holder")])] * 3
