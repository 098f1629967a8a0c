"""Whether the person is the one on their document: what staff said, who, when, and who is told."""

from typing import Any

import pytest

from queue_server.domain.values import new_id
from tests.queue_server.house import Client, House
from tests.queue_server.people.sealed import NUMBER
from tests.queue_server.people.test_handlers import desk, manager, reception
from tests.queue_server.people.test_mrz_correction import DOUBTFUL
from tests.queue_server.people.test_readings import kinds, path, read
from tests.queue_server.vault.test_faces import COUNTER, act, come, serve

pytestmark = pytest.mark.asyncio(loop_scope="module")
#: For a test that needs a server of its own.
ALONE = pytest.mark.asyncio(loop_scope="function")


async def say(client: Client, visit: str, document: str, *, same: bool) -> Any:
    return await client.post(f"{path(visit)}/compared", {"document": document, "same": same})


async def test_whoever_serves_next_sees_who_compared_when_and_whether_they_were_sure(here: House) -> None:
    visit, counter = await come(here, await here.kiosk()), await desk(here, COUNTER)
    await serve(counter, visit)
    before = await read(counter, visit)
    assert before["compared"] is None
    for same in (False, True):
        answer = await say(counter, visit, before["id"], same=same)
        assert answer.status == 200, answer
        (document,) = answer.body["documents"]
        assert (document["compared"]["by"], document["compared"]["same"]) == ("Somebody", same)
        # It changes nothing else that is said of the document.
        assert {**document, "compared": None} == before
    await act(counter, "finish", visit=visit)
    await act(counter, "call", visit=visit, reason="other")
    assert (await read(counter, visit))["compared"] == document["compared"]
    assert (await read(await reception(here), visit))["compared"] == document["compared"]


@ALONE
async def test_said_twice_is_said_once(here: House) -> None:
    visit, counter = await come(here, await here.kiosk()), await desk(here, COUNTER)
    await serve(counter, visit)
    document = (await read(counter, visit))["id"]
    first, second = [await say(counter, visit, document, same=True) for _ in range(2)]
    assert first.body == second.body
    assert (await kinds(here)).count("compared") == 1


@ALONE
async def test_only_whoever_serves_the_visit_may_say_it(here: House) -> None:
    visit, counter = await come(here, await here.kiosk()), await desk(here, COUNTER)
    await act(counter, "call", visit=visit, reason="other")
    document = (await read(counter, visit))["id"]
    # Who was called does not stand there yet.
    assert (await say(counter, visit, document, same=True)).body["code"] == "people-not-permitted"
    await act(counter, "start", visit=visit)
    for other in (await desk(here, "1"), await reception(here), await manager(here)):
        assert (await say(other, visit, document, same=True)).body["code"] == "people-not-permitted"
    assert (await say(await here.kiosk(), visit, document, same=True)).status == 403
    for unknown in (new_id(), visit):
        assert (await say(counter, visit, unknown, same=True)).body["code"] == "people-row-unknown"
    assert "compared" not in await kinds(here)


@ALONE
async def test_it_is_forgotten_with_the_person(here: House) -> None:
    visit, counter = await come(here, await here.kiosk()), await desk(here, COUNTER)
    await serve(counter, visit)
    await say(counter, visit, (await read(counter, visit))["id"], same=False)
    assert (await (await manager(here)).post(f"/centres/demo/visits/{visit}/erase")).status == 200
    assert "compared" not in await kinds(here)


async def test_a_number_that_is_put_right_does_not_take_it_away(here: House) -> None:
    visit, counter = await come(here, await here.kiosk(), DOUBTFUL), await desk(here, COUNTER)
    await serve(counter, visit)
    document = (await read(counter, visit))["id"]
    said = (await say(counter, visit, document, same=True)).body["documents"][0]["compared"]
    answer = await counter.post(f"{path(visit)}/correct", {"document": document, "number": NUMBER})
    (corrected,) = answer.body["documents"]
    assert corrected["id"] != document
    assert corrected["compared"] == said
