"""Somebody proves at a kiosk that something is theirs: over HTTP, and against whoever tries it with something else."""

import asyncio
from pathlib import Path
from time import monotonic

import msgspec
import pytest

from queue_server.collection.settings import CollectionRules
from queue_server.contract.documents import VerdictView, seal, to_text
from queue_server.domain.collection_codes import with_check_digit
from queue_server.domain.values import HOUR, SECOND, Micros, new_id, now_micros, to_datetime
from queue_server.vault.keys import Keys
from tests.queue_server.collection.people import (
    AT_ONCE,
    CUSTODY,
    GUESS,
    PROVED,
    applied,
    clerk,
    code_for,
    document,
    does,
    found,
    handed_in,
    show,
    type_in,
)
from tests.queue_server.house import QUICK, Client, House, Reply, house
from tests.queue_server.people.sealed import GENUINE

pytestmark = pytest.mark.asyncio(loop_scope="module")
#: For a test that needs a server of its own.
ALONE = pytest.mark.asyncio(loop_scope="function")


async def test_a_document_leads_to_what_is_at_the_counter_and_what_is_not_ready(here: House) -> None:
    desk, kiosk = await clerk(here), await here.kiosk()
    application = await applied(here)
    one, two = await handed_in(desk, application), await handed_in(desk, application, "birth-certificate")
    assert found(await show(here, kiosk, PROVED)) == [("passport", "later"), ("birth-certificate", "later")]
    await does(desk, two, "ready")
    assert found(await show(here, kiosk, PROVED)) == [("birth-certificate", "counter"), ("passport", "later")]
    await does(desk, two, "hand-over", {"proof": "document"})
    assert found(await show(here, kiosk, PROVED)) == [("passport", "later")]
    await does(desk, one, "give-back", {"reason": "changed-mind"})
    assert found(await show(here, kiosk, PROVED)) == []


async def test_similar_documents_of_others_are_answered_like_nobody(here: House) -> None:
    """Another number by one character, the same number of another state, and no number at all."""
    desk, kiosk = await clerk(here), await here.kiosk()
    await does(desk, await handed_in(desk, await applied(here)), "ready")
    answers = [
        await show(here, kiosk, reading)
        for reading in (
            document("L898902C8"),
            document("L898902C"),
            document("L898902C3", "XAL"),
            document(""),
            document("X00000000"),
        )
    ]
    assert all(answer.body == {"items": []} for answer in answers), answers
    assert found(await show(here, kiosk, PROVED)) == [("passport", "counter")]


async def test_a_document_that_does_not_hold_proves_nothing(here: House) -> None:
    desk, kiosk = await clerk(here), await here.kiosk()
    await does(desk, await handed_in(desk, await applied(here)), "ready")
    altered = msgspec.structs.replace(PROVED, verdicts=(*PROVED.verdicts[:-1], VerdictView("content", "failed")))
    assert found(await show(here, kiosk, altered)) == []
    # A page without a chip is theirs perhaps: staff look, and no door opens for it.
    assert found(await show(here, kiosk, GENUINE)) == [("passport", "counter")]


async def test_what_was_sealed_for_somebody_else_proves_nothing(here: House) -> None:
    desk, kiosk = await clerk(here), await here.kiosk()
    await does(desk, await handed_in(desk, await applied(here)), "ready")
    key, ident = here.server[Keys].documents_public(), new_id()
    for sealed in (seal(PROVED, ident, key), seal(PROVED, new_id(), key)):
        answer = await kiosk.post("/centres/demo/collections", {"id": ident, "document": to_text(sealed)})
        assert found(answer) == []
    both = {"id": ident, "document": to_text(seal(PROVED, ident, key)), "code": GUESS}
    assert (await kiosk.post("/centres/demo/collections", both)).status == 400
    assert (await kiosk.post("/centres/demo/collections", {"id": ident})).status == 400


async def test_a_code_leads_to_its_item_alone(here: House) -> None:
    desk, kiosk = await clerk(here), await here.kiosk()
    application = await applied(here)
    one, two = await handed_in(desk, application), await handed_in(desk, application, "diploma")
    early = await desk.post(f"{CUSTODY}/items/{one}/code")
    assert (early.status, early.code) == (409, "item-state")
    for item in (one, two):
        await does(desk, item, "ready")
    code = await code_for(desk, two)
    assert found(await type_in(kiosk, code)) == [("diploma", "counter")]
    again = await code_for(desk, two)
    assert found(await type_in(kiosk, code)) == []
    assert found(await type_in(kiosk, again)) == [("diploma", "counter")]
    await does(desk, two, "hand-over", {"proof": "code"})
    assert found(await type_in(kiosk, again)) == []


async def test_an_answer_that_was_lost_is_given_once_more(here: House) -> None:
    desk, kiosk, other = await clerk(here), await here.kiosk(), await here.kiosk()
    item = await handed_in(desk, None)
    await does(desk, item, "ready")
    code, ident = await code_for(desk, item), new_id()
    assert found(await type_in(kiosk, code, ident)) == [("passport", "counter")]
    assert found(await type_in(kiosk, GUESS, ident)) == [("passport", "counter")]
    assert found(await type_in(other, GUESS, new_id())) == []
    assert (await kiosk.post(f"/centres/demo/collections/{ident}/leave")).status == 200
    assert found(await type_in(kiosk, GUESS, ident)) == []


async def test_after_five_wrong_codes_each_waits_longer_and_the_right_one_too(data: Path) -> None:
    now = now_micros()
    async with house(data, AT_ONCE, lambda: Micros(now)) as here:
        desk, kiosk, other = await clerk(here), await here.kiosk(), await here.kiosk()
        item = await handed_in(desk, None)
        await does(desk, item, "ready")
        code = await code_for(desk, item)
        wrong = [await type_in(kiosk, with_check_digit(number)) for number in range(5)]
        assert all(answer.body == {"items": []} for answer in wrong)
        waits = []
        for number in range(5, 11):
            waits.append(seconds(await type_in(kiosk, code)))
            # A try that comes too early changes nothing.
            assert seconds(await type_in(kiosk, code)) == waits[-1]
            now = Micros(now + waits[-1] * SECOND)
            assert found(await type_in(kiosk, with_check_digit(number))) == []
        assert waits == [30, 60, 120, 240, 480, 900]
        # Elsewhere, and by documents, people are served meanwhile.
        assert found(await type_in(other, code)) == [("passport", "counter")]
        assert found(await show(here, kiosk, PROVED)) == []
        now = Micros(now + 900 * SECOND)
        assert found(await type_in(kiosk, code)) == [("passport", "counter")]
        # A right one says nothing of the wrong ones before it.
        assert seconds(await type_in(kiosk, GUESS)) > 0
        now = Micros(now + 13 * HOUR)
        assert [found(await type_in(kiosk, GUESS)) for _ in range(5)] == [[]] * 5


def seconds(answer: Reply) -> int:
    assert (answer.status, answer.code) == (429, "too-many-tries"), answer
    wait: int = answer.body["placeholders"]["retry_after_s"]
    return wait


async def test_a_hundred_guesses_at_once_are_a_hundred(here: House) -> None:
    kiosk = await here.kiosk()
    answers = await asyncio.gather(*(type_in(kiosk, with_check_digit(number)) for number in range(30)))
    assert sum(answer.status == 200 for answer in answers) == 5
    assert {answer.code for answer in answers if answer.status != 200} == {"too-many-tries"}


@ALONE
async def test_guesses_are_counted_on_both_servers_together(two: tuple[House, House]) -> None:
    kiosk = await two[0].kiosk()
    both = [kiosk, Client(two[1].http, two[1].address, kiosk.headers)]
    answers = await asyncio.gather(*(type_in(one, with_check_digit(n)) for n in range(6) for one in both))
    assert sum(answer.status == 200 for answer in answers) == 5


@pytest.mark.parametrize("answer_ms", [300])
async def test_nothing_is_answered_before_its_time(data: Path, answer_ms: int) -> None:
    settings = QUICK.but(CollectionRules(answer_ms=answer_ms))
    async with house(data, settings) as here:
        desk, kiosk = await clerk(here), await here.kiosk()
        item = await handed_in(desk, None)
        await does(desk, item, "ready")
        code, times = await code_for(desk, item), []
        for typed in (GUESS, code, GUESS):
            begun = monotonic()
            await type_in(kiosk, typed)
            times.append(monotonic() - begun)
        begun = monotonic()
        await show(here, kiosk, PROVED)
        times.append(monotonic() - begun)
        assert min(times) >= answer_ms / 1000


async def authority(here: House, desk: Client, until: str = "", **more: object) -> Reply:
    body = {"kind": "representative", "name": "Utopia Example", "issuer": "UTO", "number": "R<12345"}
    body |= {"until": until or to_datetime(here.server.clock()).date().isoformat()}
    return await desk.post(f"{CUSTODY}/authorities", body | more)


async def test_somebody_else_collects_with_their_own_document_until_a_day(data: Path) -> None:
    now = now_micros()
    async with house(data, AT_ONCE, lambda: Micros(now)) as here:
        desk, kiosk = await clerk(here), await here.kiosk()
        item = await handed_in(desk, await applied(here))
        await does(desk, item, "ready")
        friend = document("R12345")
        assert found(await show(here, kiosk, friend)) == []
        made = await authority(here, desk, item=item)
        assert (made.status, made.body["authority"]["name"]) == (201, "Utopia Example")
        assert found(await show(here, kiosk, friend)) == [("passport", "counter")]
        assert found(await show(here, kiosk, document("R12346"))) == []
        listed = (await desk.get(f"{CUSTODY}/items/{item}/authorities")).body["authorities"]
        assert [(one["kind"], one["name"]) for one in listed] == [("representative", "Utopia Example")]
        now = Micros(now + 48 * HOUR)
        assert found(await show(here, kiosk, friend)) == []
        desk = await clerk(here)
        assert (await desk.get(f"{CUSTODY}/items/{item}/authorities")).body["authorities"] == []


async def test_an_authority_that_is_withdrawn_holds_no_more_and_names_nobody(here: House) -> None:
    desk, kiosk = await clerk(here), await here.kiosk()
    item, key = await handed_in(desk, None), new_id()
    await does(desk, item, "ready")
    body = {"kind": "guardian", "name": "Utopia Example", "issuer": "UTO", "number": "R12345", "item": item}
    body |= {"until": to_datetime(here.server.clock()).date().isoformat()}
    made = await desk.post(f"{CUSTODY}/authorities", body, key)
    assert made.body == (await desk.post(f"{CUSTODY}/authorities", body, key)).body
    assert found(await show(here, kiosk, document("R12345"))) == [("passport", "counter")]
    path = f"{CUSTODY}/authorities/{made.body['authority']['id']}/withdraw"
    assert (await desk.post(path)).status == 200
    assert (await desk.post(path)).body["authority"]["name"] == ""
    assert found(await show(here, kiosk, document("R12345"))) == []
    assert (await desk.get(f"{CUSTODY}/items/{item}/authorities")).body["authorities"] == []


async def test_an_authority_has_an_end_that_is_not_too_far(here: House) -> None:
    desk = await clerk(here)
    item = await handed_in(desk, None)
    for until in ("2020-01-01", "2999-12-31"):
        answer = await authority(here, desk, until, item=item)
        assert (answer.status, answer.code) == (409, "authority-date")
    assert (await authority(here, desk, item=new_id())).code == "item-unknown"
    assert (await authority(here, desk, application="UTO-7K3M-9QXD")).code == "application-unknown"
    assert (await authority(here, desk)).status == 400
    assert (await desk.post(f"{CUSTODY}/authorities/{new_id()}/withdraw")).code == "authority-unknown"
