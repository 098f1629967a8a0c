"""One wrong character of a document's number, corrected at the counter: who did, and what it is matched with."""

import msgspec
import pytest

from queue_server.contract.documents import VerdictView
from queue_server.domain.values import new_id
from queue_server.vault.keys import Keys
from tests.queue_server.house import Client, House
from tests.queue_server.people.sealed import NUMBER, arrive, family, of
from tests.queue_server.people.test_handlers import call_next, desk, issue, reception
from tests.queue_server.people.test_readings import move, open_application, outcomes, path, read, read_all

pytestmark = pytest.mark.asyncio(loop_scope="module")

WRONG = "L898902G3"
DOUBTFUL = msgspec.structs.replace(
    of(WRONG),
    standing="unproved",
    verdicts=(VerdictView("zone", "not-checked", "check-digit-wrong"), VerdictView("expiry", "passed")),
)


async def come(counter: Client, visit: str) -> None:
    """Call until this visit is at the counter; whoever was there goes on."""
    while await call_next(counter) != visit:
        await send_away(counter)


async def send_away(counter: Client) -> None:
    for verb in ("start", "finish"):
        answer = await counter.post(f"/centres/demo/counters/1/{verb}")
        assert answer.status == 200, answer


async def document(counter: Client, visit: str, place: int = 0) -> str:
    """Give the id of a document of a visit, as the page has it."""
    ident: str = (await read_all(counter, visit))[place]["id"]
    return ident


async def test_the_visit_is_matched_anew_and_who_mended_it_is_known(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    earlier = await arrive(here, kiosk)
    assert await call_next(counter) == earlier
    application = await open_application(counter, earlier)
    await move(counter, application, "received", "at-authority", "returned", "ready")
    await send_away(counter)
    visit = await arrive(here, kiosk, DOUBTFUL)
    await come(counter, visit)
    assert (await read(counter, visit))["ready"] == []
    wanted = {"document": await document(counter, visit), "number": NUMBER}
    answer = await counter.post(f"{path(visit)}/correct", wanted)
    assert answer.status == 200, answer
    (corrected_,) = answer.body["documents"]
    assert corrected_["reading"]["number"] == NUMBER
    assert corrected_["corrected"]["by"] == "Somebody"
    assert [one["reference"] for one in corrected_["ready"]] == [application["reference"]]
    assert corrected_["reading"]["verdicts"][0] == {"check": "zone", "outcome": "noted", "reason": "number-corrected"}
    assert (await read(counter, visit))["corrected"]["by"] == "Somebody"
    # Once more is no second correction.
    again = await counter.post(f"{path(visit)}/correct", wanted)
    assert (again.status, again.body["documents"]) == (200, answer.body["documents"])
    found = await (await reception(here)).post("/centres/demo/documents/find", {"document": NUMBER})
    assert visit in [one["id"] for one in found.body["visits"]]


async def test_an_application_that_was_named_before_learns_the_right_number(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    visit = await arrive(here, kiosk, DOUBTFUL)
    await come(counter, visit)
    await open_application(counter, visit)
    wanted = {"document": await document(counter, visit), "number": NUMBER}
    answer = await counter.post(f"{path(visit)}/correct", wanted)
    assert answer.status == 200, answer
    assert outcomes(answer.body["documents"][0]) == [("passed", "")]


async def test_what_is_not_mended_says_why(here: House) -> None:
    kiosk, counter = await here.kiosk(), await desk(here)
    await issue(kiosk)
    empty = await call_next(counter)
    refused = await counter.post(f"{path(empty)}/correct", {"document": new_id(), "number": NUMBER})
    assert (refused.status, refused.code, refused.body["placeholders"]) == (
        409,
        "reading-not-corrected",
        {"reason": "nothing-read"},
    )
    await send_away(counter)
    visit = await arrive(here, kiosk, DOUBTFUL)
    await come(counter, visit)
    wanted = {"document": await document(counter, visit), "number": "M898902C3"}
    refused = await counter.post(f"{path(visit)}/correct", wanted)
    assert refused.body["placeholders"] == {"reason": "more-than-one"}
    assert (await read(counter, visit))["reading"]["number"] == WRONG


async def test_of_a_family_the_one_that_is_meant_is_put_right(here: House) -> None:
    """Passports of one family are often numbered one after the other: one character decides nothing."""
    kiosk, counter = await here.kiosk(), await desk(here)
    numbers = ("K00000001", "K00000002", "K0000000B")
    sent = family(here.server[Keys].documents_public(), numbers)
    assert (await kiosk.post("/centres/demo/visits", sent)).status == 201
    visit: str = sent["id"]
    await come(counter, visit)
    application = await open_application(counter, visit)
    third = await document(counter, visit, 2)
    answer = await counter.post(f"{path(visit)}/correct", {"document": third, "number": "K00000003"})
    assert answer.status == 200, answer
    found = answer.body["documents"]
    assert [one["reading"]["number"] for one in found] == ["K00000001", "K00000002", "K00000003"]
    assert [one["reading"]["person"] for one in found] == [0, 1, 3]
    assert [one["corrected"] is not None for one in found] == [False, False, True]
    assert [outcomes(one) for one in found] == [[("passed", "")]] * 3
    # All of them stay whom it is for.
    first = await arrive(here, kiosk, of("K00000001"))
    await send_away(counter)
    await come(counter, first)
    body = {"reference": application["reference"]}
    assert (await counter.post(f"/centres/demo/visits/{first}/applications", body)).status == 200
    assert outcomes(await read(counter, first)) == [("passed", "")]
