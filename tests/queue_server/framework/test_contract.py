"""Each route says with which problems it can answer; ``house.Client`` holds every answer of these tests to that."""

from typing import get_args

import pytest

from queue_server.accounts.model import Role
from queue_server.domain.values import new_id
from queue_server.framework.answers import problems_of
from queue_server.framework.refusals import Codes, reasons_of
from queue_server.queue import commands as c
from queue_server.queue.refusal_index import refusals
from queue_server.queue.refusals import RefusalCode
from tests.queue_server.framework.contract import documented, hold_to_contract, route_of
from tests.queue_server.house import TICKET, House
from tests.queue_server.known import KNOWN

BY_NAME = {route.name: route for route in KNOWN.routes}


def test_refusals_of_the_engine_are_read_from_its_code() -> None:
    assert refusals(c.UndoCommand) == {
        RefusalCode.DAY_NOT_OPEN,
        RefusalCode.DAY_CLOSED,
        RefusalCode.UNDO_NOTHING,
        RefusalCode.UNDO_NOT_YOURS,
        RefusalCode.UNDO_TOO_LATE,
        RefusalCode.COUNTER_BUSY,
        RefusalCode.COUNTER_NOT_OPEN,
    }
    assert RefusalCode.DAY_CLOSED not in refusals(c.CloseDay)
    assert RefusalCode.CODE_TAKEN in refusals(c.IssueTicket)
    assert frozenset().union(*map(refusals, get_args(c.Command))) == set(RefusalCode)
    with pytest.raises(LookupError):
        refusals(RefusalCode)


def test_every_verb_of_the_queue_names_its_command() -> None:
    for name in ("cancel", "merge", "call-next", "park", "undo", "take-help", "intake"):
        assert any(isinstance(reason, Codes) for reason in reasons_of(BY_NAME[name].handler)), name


def test_what_follows_from_what_a_route_asks_for() -> None:
    enrol, visit, cancel = (documented(BY_NAME[name]) for name in ("enrol", "visit", "cancel"))
    assert {(403, "enrolment-code-refused"), (400, "body-invalid"), (503, "not-ready")} <= enrol
    assert {
        (404, "visit-unknown"),
        (404, "centre-not-set-up"),
        (401, "not-signed-in"),
        (409, "device-start-superseded"),
    } <= visit
    assert {(400, "idempotency-key-missing"), (422, "idempotency-key-reused"), (409, "visit-ended")} <= cancel
    assert {status for status, _ in visit} == {401, 403, 404, 409, 423, 503}
    assert (401, "not-signed-in") not in enrol
    assert (400, "body-invalid") not in cancel


def test_every_problem_has_its_line() -> None:
    """A status that the description has no words for would end it."""
    assert {status for route in KNOWN.routes for status in problems_of(KNOWN, route)} >= {
        400,
        401,
        403,
        404,
        409,
        422,
        429,
        503,
    }


def test_an_answer_that_nobody_was_told_of_is_found() -> None:
    assert route_of("POST", "/centres/demo/visits/x/cancel?y=1") is BY_NAME["cancel"]
    hold_to_contract("POST", "/centres/demo/visits/x/cancel", 409, "visit-ended")
    hold_to_contract("GET", "/nowhere", 418, "teapot")
    with pytest.raises(AssertionError, match="cancel may not answer 409 undo-nothing"):
        hold_to_contract("POST", "/centres/demo/visits/x/cancel", 409, "undo-nothing")


async def test_refusals_are_answered_as_they_are_described(here: House) -> None:
    kiosk, (manager, _) = await here.kiosk(), await here.staff(Role.MANAGER, None)
    assert (await kiosk.post("/centres/demo/visits", TICKET | {"services": ["nothing"]})).code == "service-unknown"
    assert (await manager.post("/centres/demo/counters/1/start")).code == "counter-free"
    assert (await manager.post(f"/centres/demo/visits/{new_id()}/cancel")).code == "visit-unknown"
    assert (await manager.get(f"/centres/demo/visits/{new_id()}")).status == 404
