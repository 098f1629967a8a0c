"""Applications over HTTP: one unit of work with the visit, moved on once, verified with the rest of the log."""

import asyncio
from typing import Any

import pytest
from blockbuster import BlockBuster
from sqlalchemy import select, update

from queue_server.applications import store
from queue_server.applications.tables import applications
from queue_server.centre.centres import Centres
from queue_server.domain.values import Micros, new_id
from queue_server.eventlog.statements import touched
from queue_server.eventlog.tables import events
from queue_server.eventlog.verify import verify
from queue_server.vault.keys import Keys
from tests.queue_server.house import TICKET, Client, House

pytestmark = pytest.mark.asyncio(loop_scope="module")
#: For a test that needs a server of its own.
ALONE = pytest.mark.asyncio(loop_scope="function")

SERVICE = "uto-passport-renewal"


async def issue(client: Client, **more: Any) -> str:
    visit: str = (await client.post("/centres/demo/visits", TICKET | more)).body["visit"]["id"]
    return visit


def of(visit: str) -> str:
    return f"/centres/demo/visits/{visit}/applications"


async def opened(client: Client, visit: str, key: str = "") -> dict[str, Any]:
    answer = await client.post(of(visit), {"service": SERVICE}, key)
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.body["application"]
    return found


async def test_an_application_is_opened_at_a_visit_and_found_again(here: House) -> None:
    client = await here.manager()
    visit = await issue(client)
    application = await opened(client, visit)
    assert (application["state"], application["service"], application["government"]) == ("draft", SERVICE, "UTO")
    assert application["reference"].startswith("UTO-")
    shown = await client.get(f"/centres/demo/visits/{visit}")
    assert shown.body["visit"]["applications"] == [application["id"]]
    assert (await client.get(of(visit))).body == {"applications": [application]}
    typed = application["reference"].lower().replace("-", "%20")
    for name in (application["id"], application["reference"], typed):
        assert (await client.get(f"/centres/demo/applications/{name}")).body == {"application": application}


async def test_an_answer_that_was_lost_opens_nothing_twice(here: House) -> None:
    client, key = await here.manager(), new_id()
    visit = await issue(client)
    one, two = await opened(client, visit, key), await opened(client, visit, key)
    assert one == two
    assert (await opened(client, visit))["id"] != one["id"]
    assert len((await client.get(of(visit))).body["applications"]) == 2


async def test_an_answer_that_was_lost_is_given_again_after_the_service_was_changed(here: House) -> None:
    client, key = await here.manager(), new_id()
    visit = await issue(client)
    application = await opened(client, visit, key)
    changed = await client.post(f"/centres/demo/visits/{visit}/change", {"services": ["uto-birth"]})
    assert changed.status == 200, changed
    assert await opened(client, visit, key) == application
    refused = await client.post(of(visit), {"service": SERVICE})
    assert (refused.status, refused.code) == (409, "application-service")


async def test_a_later_visit_names_the_application_by_its_reference(here: House) -> None:
    client = await here.manager()
    application = await opened(client, await issue(client))
    later = await issue(client)
    for _ in range(2):
        named = await client.post(of(later), {"reference": application["reference"].lower()})
        assert named.body == {"application": application}
    assert (await client.get(of(later))).body == {"applications": [application]}


async def test_what_cannot_be_opened_is_refused(here: House) -> None:
    client = await here.manager()
    visit = await issue(client)
    reference = (await opened(client, visit))["reference"]
    # The last character is wrong.
    slip = reference[:-1] + ("2" if reference[-1] != "2" else "3")
    for body, status, code in (
        ({}, 400, "body-invalid"),
        ({"service": SERVICE, "reference": reference}, 400, "body-invalid"),
        ({"service": "uto-visa-visit"}, 409, "application-service"),
        ({"reference": slip}, 404, "application-unknown"),
        ({"reference": "UTO-2222-2222"}, 404, "application-unknown"),
    ):
        refused = await client.post(of(visit), body)
        assert (refused.status, refused.code) == (status, code), body
    assert (await client.post(of(new_id()), {"service": SERVICE})).code == "visit-unknown"
    elsewhere = (await here.device("integration", "manager", "harbour"))[0]
    found = await elsewhere.get(f"/centres/harbour/applications/{reference}")
    assert (found.status, found.code) == (404, "application-unknown")


async def test_an_application_moves_on_once(here: House) -> None:
    client, key = await here.manager(), new_id()
    application = await opened(client, await issue(client))
    path = f"/centres/demo/applications/{application['id']}/move"
    for _ in range(2):
        moved = await client.post(path, {"state": "received", "reason": "mistake"}, key)
        assert moved.body["application"]["state"] == "received"
    reused = await client.post(path, {"state": "withdrawn", "reason": "mistake"}, key)
    assert (reused.status, reused.code) == (422, "idempotency-key-reused")
    for incomplete in ({"state": "withdrawn"}, {"state": "withdrawn", "reason": "because"}):
        assert (await client.post(path, incomplete)).code == "body-invalid"
    refused = await client.post(path, {"state": "handed-over", "reason": "mistake"})
    assert (refused.status, refused.code) == (409, "application-move")
    assert (await client.post(path, {"state": "received", "reason": "mistake"})).status == 200
    stream = await here.server.log.read(f"application/{application['id']}")
    assert [event.type for event in stream] == ["application-opened", "application-moved"]
    lost = await client.post(f"/centres/demo/applications/{new_id()}/move", {"state": "received", "reason": "mistake"})
    assert (lost.status, lost.code) == (404, "application-unknown")


async def test_of_many_who_move_at_once_one_is_first_and_the_others_see_it(here: House) -> None:
    client = await here.manager()
    application = await opened(client, await issue(client))
    path = f"/centres/demo/applications/{application['id']}/move"
    states = ["received", "withdrawn"] * 6
    answers = await asyncio.gather(*(client.post(path, {"state": state, "reason": "mistake"}) for state in states))
    assert {answer.status for answer in answers} <= {200, 409}
    stream = await here.server.log.read(f"application/{application['id']}")
    replayed = store.APPLICATIONS.replay(stream)
    assert replayed is not None
    projected = await here.server.log.run(lambda connection: store.by_id(connection, here.centre, application["id"]))
    assert replayed == projected
    assert len(stream) <= 3


async def test_the_stream_is_verified_and_named_by_the_closing_event(here: House) -> None:
    client = await here.manager()
    application = await opened(client, await issue(client))
    await client.post(
        f"/centres/demo/applications/{application['id']}/move", {"state": "received", "reason": "mistake"}
    )
    stream = store.APPLICATIONS.stream(application["id"])
    day = here.server[Centres][here.centre].writer.state
    heads = await here.server.log.run(
        lambda connection: touched(connection, [f"queue/{here.centre}/{day.day}"], Micros(day.starts_at))
    )
    assert stream in {head.stream for head in heads}
    verifier = here.server[Keys].signer().verifier
    assert (await verify(here.server.database, verifier)).ok

    def edit(connection: Any) -> None:
        payload = select(events.c.payload).where(events.c.stream == stream, events.c.seq == 2)
        changed = connection.execute(payload).scalar_one().replace(b"received", b"returned")
        connection.execute(update(events).where(events.c.stream == stream, events.c.seq == 2).values(payload=changed))

    await here.server.log.write(edit)
    report = await verify(here.server.database, verifier)
    assert report.bad is not None
    assert (report.bad.stream, report.bad.seq, report.bad.code) == (stream, 2, "hash")


@ALONE
async def test_where_the_stream_cannot_begin_the_visit_names_nothing(here: House, blockbuster: BlockBuster) -> None:
    """Two streams and a row: all of them or none."""
    # The log of a failure quotes lines of source files.
    blockbuster.deactivate()
    client = await here.manager()
    visit = await issue(client)
    first = await opened(client, visit)

    def clash(connection: Any) -> None:
        # Every further reference is taken: the row cannot be stored.
        connection.exec_driver_sql(
            "CREATE TRIGGER no BEFORE INSERT ON applications BEGIN SELECT RAISE(ABORT, 'no'); END"
        )

    await here.server.log.write(clash)
    before = await here.server.log.run(lambda connection: len(connection.execute(select(events.c.seq)).all()))
    failed = await client.post(of(visit), {"service": SERVICE})
    assert failed.status == 500
    after = await here.server.log.run(lambda connection: len(connection.execute(select(events.c.seq)).all()))
    assert before == after
    shown = await client.get(f"/centres/demo/visits/{visit}")
    assert shown.body["visit"]["applications"] == [first["id"]]
    assert len((await client.get(of(visit))).body["applications"]) == 1
    assert await here.server.log.run(lambda connection: len(connection.execute(select(applications.c.id)).all())) == 1
