"""The end of a terminal's day: what it counted, beside what the journals say, to the minor unit."""

import asyncio
import html
from itertools import pairwise
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from structlog.testing import capture_logs

from queue_server.accounts import device_store
from queue_server.accounts.model import Role
from queue_server.contract.client import ApiClient
from queue_server.contract.payments import ReconciliationReport, TerminalTotal
from queue_server.domain.values import (
    HOUR,
    CurrencyCode,
    Micros,
    PaymentId,
    PaymentStanding,
    new_id,
    to_datetime,
)
from queue_server.domain.values import JournalState as J
from queue_server.eventlog.verify import verify
from queue_server.payments.model import Payment
from queue_server.payments.reconciliation import EVENTS, CurrencyTotal, Difference, differences, moved
from queue_server.vault.keys import Keys
from tests.queue_server.accounts.test_devices import figures
from tests.queue_server.house import Client, House
from tests.queue_server.payments import test_model as model
from tests.queue_server.payments.telling import GOOD, PAYMENTS, issued, look, refund_of, report, row, tell
from tests.queue_server.payments.test_two_servers import Two, at
from tests.queue_server.queue.test_events import allowed

in_loop_of_module = pytest.mark.asyncio(loop_scope="module")

RECONCILIATIONS = "/centres/demo/reconciliations"
EUR = CurrencyCode("EUR")


def reconciliation(*totals: tuple[str, int], moment: str = "2026-11-25T18:00:00Z", **more: object) -> dict[str, Any]:
    counted = [{"currency": currency, "amount": amount} for currency, amount in totals]
    told = {"id": new_id(), "driver": "zvt+tcp", "terminal": "52500038", "at": moment, "totals": counted}
    return told | more


async def close(client: Client, told: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await client.post(RECONCILIATIONS, told)
    assert answer.status == 200, answer
    assert answer.body["id"] == told["id"]
    found: list[dict[str, Any]] = answer.body["differences"]
    return found


def ahead(here: House, hours: int) -> str:
    return to_datetime(Micros(here.server.clock() + hours * HOUR)).isoformat()


async def pay(client: Client, *states: str, **more: object) -> str:
    told = report(await issued(client), *states, **more)
    await tell(client, told)
    ident: str = told["id"]
    return ident


# --- what moved, pure ----------------------------------------------------------------------------------------------


def paid(*states: J) -> Payment:
    """Make a payment of 82.50 EUR whose rows stand at 1, 2, 3 ... microseconds; COMMITTED is the sixth of the good."""
    return model.told(states)


@pytest.mark.parametrize(
    ("states", "since", "until", "amount"),
    [
        (model.GOOD, 0, 100, 8250),
        (model.GOOD, 5, 6, 8250),
        (model.GOOD, 6, 100, 0),
        (model.GOOD, 0, 5, 0),
        (model.GOOD[:5], 0, 100, 0),
        ((*model.GOOD[:3], J.DECLINED), 0, 100, 0),
        ((*model.GOOD[:4], J.REVERSED), 0, 100, 0),
        ((*model.GOOD, J.REVERSED), 0, 100, 0),
        ((*model.GOOD, J.REVERSED), 7, 100, -8250),
        ((*model.GOOD, J.REVERSED), 0, 7, 8250),
        ((*model.GOOD, J.REFUND_REQUESTED, J.REFUNDED), 7, 8, -8250),
        ((*model.GOOD, J.REFUND_REQUESTED, J.REFUNDED), 8, 9, 0),
        ((*model.GOOD, J.NEEDS_STAFF), 0, 100, 8250),
        ((*model.GOOD, J.REFUND_REQUESTED, J.IN_DOUBT, J.COMMITTED), 0, 100, 8250),
    ],
)
def test_what_a_payment_moves_in_a_period(states: tuple[J, ...], since: int, until: int, amount: int) -> None:
    assert moved(paid(*states), Micros(since), Micros(until)) == amount


@pytest.mark.parametrize(
    ("states", "since", "until", "amount"),
    [
        (model.GOOD, 0, 100, 8250),
        ((*model.GOOD, J.REFUND_REQUESTED), 0, 100, 8250),
        ((*model.GOOD, J.REFUND_REQUESTED, J.REFUNDED), 6, 100, 0),
        # Approved as the fourth, and never issued.
        ((*model.GOOD[:4], J.IN_DOUBT, J.REFUND_REQUESTED), 3, 4, 8250),
        ((*model.GOOD[:4], J.IN_DOUBT, J.REFUND_REQUESTED), 4, 100, 0),
        ((*model.GOOD[:3], J.CANCELLED), 0, 100, 0),
    ],
)
def test_a_terminal_that_only_charges_counts_nothing_that_goes_back(
    states: tuple[J, ...], since: int, until: int, amount: int
) -> None:
    payment = replace(paid(*states), can_refund=False)
    assert moved(payment, Micros(since), Micros(until)) == amount


@given(st.lists(st.sampled_from(J), min_size=1, max_size=10), st.lists(st.integers(0, 12), max_size=5))
def test_periods_add_up(states: list[J], cuts: list[int]) -> None:
    """Wherever the days are cut, the terminal's days together are all that moved."""
    found = paid(*states)
    marks = [0, *sorted(cuts), 100]
    parts = [moved(found, Micros(a), Micros(b)) for a, b in pairwise(marks)]
    assert sum(parts) == moved(found, Micros(0), Micros(100)) in (0, 8250)
    if found.standing is PaymentStanding.CHARGED:
        assert sum(parts) == 8250
    if found.standing in (PaymentStanding.RETURNED, PaymentStanding.NOT_CHARGED, PaymentStanding.OPEN):
        assert sum(parts) == 0


@given(st.lists(st.tuples(st.sampled_from(["EUR", "JPY", "KWD"]), st.integers(-500, 500)), max_size=6))
def test_without_payments_whatever_is_counted_differs(totals: list[tuple[str, int]]) -> None:
    found = differences(
        [CurrencyTotal(CurrencyCode(code), amount, None) for code, amount in totals], [], Micros(0), Micros(9)
    )
    sums: dict[str, int] = {}
    for code, amount in totals:
        sums[code] = sums.get(code, 0) + amount
    assert {one.currency: one.terminal for one in found} == {code: total for code, total in sums.items() if total}
    assert all(one.journal == 0 and one.payments == () for one in found)


def test_a_difference_names_what_was_counted_and_what_is_uncertain() -> None:
    good, doubt, declined = paid(*model.GOOD), paid(*model.GOOD[:4]), paid(*model.GOOD[:3], J.DECLINED)
    found = differences([CurrencyTotal(EUR, 16_500, 2)], [good, doubt, declined], Micros(0), Micros(100))
    assert found == (Difference(EUR, 16_500, 8_250, (PaymentId("p"), PaymentId("p"))),)
    assert differences([CurrencyTotal(EUR, 8_250, 1)], [good, doubt, declined], Micros(0), Micros(100)) == ()


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_the_only_strings_of_an_event_are_ids_and_codes(kind: type) -> None:
    assert all(allowed(hint) for name, hint in get_type_hints(kind).items() if name not in ("type", "v"))


# --- over HTTP -----------------------------------------------------------------------------------------------------


@in_loop_of_module
async def test_where_all_agrees_nothing_differs(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    for states in (GOOD, GOOD, (*GOOD[:3], "declined"), (*GOOD[:5], "reversed"), (*GOOD, "reversed")):
        await pay(kiosk, *states)
    await pay(kiosk, *GOOD, currency="JPY", amount=900)
    await pay(kiosk, *GOOD, terminal="another")
    assert await close(kiosk, reconciliation(("EUR", 16_500), ("JPY", 900))) == []
    (found,) = (await manager.get(RECONCILIATIONS)).body["reconciliations"]
    assert (found["alarms"], found["differences"], found["since"]) == (False, [], None)


@in_loop_of_module
async def test_a_difference_is_an_alarm_that_names_the_payments_until_a_manager_has_looked(here: House) -> None:
    kiosk, (manager, session) = await here.kiosk(), await here.staff(Role.MANAGER, None)
    good, doubt = await pay(kiosk, *GOOD), await pay(kiosk, *GOOD[:4])
    await pay(kiosk, *GOOD, currency="JPY", amount=900)
    told = reconciliation(("EUR", 16_500), ("JPY", 900), ("KWD", 0))
    with capture_logs() as logs:
        (found,) = await close(kiosk, told)
    assert (found["currency"], found["terminal"], found["journal"]) == ("EUR", 16_500, 8_250)
    assert set(found["payments"]) == {good, doubt}
    assert [set(line["payments"]) for line in logs if line["event"] == "terminal-differs"] == [{good, doubt}]
    (shown,) = (await manager.get(RECONCILIATIONS)).body["reconciliations"]
    assert (shown["alarms"], shown["differences"]) == (True, [found])
    assert f'queue_payment_alarms{{centre="{here.centre}",kind="differs"}} 1.0' in await figures(here)
    # The journal tells more: what was found then stays as it was.
    seen = [
        (await manager.post(f"{RECONCILIATIONS}/{told['id']}/acknowledge")).body["reconciliation"] for _ in range(2)
    ]
    assert seen[0] == seen[1] == shown | {"alarms": False, "acknowledged_by": session.staff}
    assert f'queue_payment_alarms{{centre="{here.centre}",kind="differs"}} 0.0' in await figures(here)
    stream = await here.server.log.read(f"reconciliation/{told['id']}")
    assert [event.type for event in stream] == ["terminal-reconciled", "reconciliation-acknowledged"]
    assert (await verify(here.server.database, here.server[Keys].signer().verifier)).ok


@in_loop_of_module
async def test_each_day_counts_from_the_end_of_the_one_before(here: House) -> None:
    kiosk = await here.kiosk()
    told = report(await issued(kiosk), *GOOD)
    await tell(kiosk, told)
    assert await close(kiosk, reconciliation(("EUR", 8_250), moment="2026-11-25T18:00:00Z")) == []
    assert await close(kiosk, reconciliation(moment="2026-11-26T18:00:00Z")) == []
    await tell(kiosk, told | {"rows": [row(8, "in-doubt"), row(9, "reversed") | {"at": "2026-11-27T09:00:00Z"}]})
    assert await close(kiosk, reconciliation(("EUR", -8_250), moment="2026-11-27T18:00:00Z")) == []


@pytest.mark.parametrize(("reference", "counted"), [("0042", -1_000), ("", 0)])
async def test_what_staff_gave_back_counts_where_the_terminal_did_it(here: House, reference: str, counted: int) -> None:
    """That has a reference; what went back on another way has none."""
    kiosk, (cashier, _), (manager, _) = (
        await here.kiosk(),
        await here.staff(Role.CASHIER, None),
        await here.staff(Role.MANAGER, None),
    )
    payment = await pay(kiosk, *GOOD)
    assert await close(kiosk, reconciliation(("EUR", 8_250))) == []
    refund = await refund_of(cashier, payment, 1_000)
    await manager.post(f"{refund}/confirm")
    await cashier.post(f"{refund}/settle", {"done": True, "reference": reference})
    assert await close(kiosk, reconciliation(("EUR", counted), moment=ahead(here, 23))) == []


@in_loop_of_module
async def test_a_reconciliation_comes_twice_and_is_one(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    await pay(kiosk, *GOOD)
    told = reconciliation(("EUR", 1))
    answers = [await close(kiosk, told) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2] != []
    changed = await kiosk.post(RECONCILIATIONS, told | {"totals": []})
    assert (changed.status, changed.code) == (409, "reconciliation-differs")
    assert len((await manager.get(RECONCILIATIONS)).body["reconciliations"]) == 1


@in_loop_of_module
async def test_a_payment_and_an_end_of_day_are_never_taken_for_each_other(here: House) -> None:
    """Not where they have one id: each kind has streams of its own."""
    kiosk, (manager, _) = await here.kiosk(), await here.staff(Role.MANAGER, None)
    payment, told = await pay(kiosk, *GOOD), reconciliation()
    await close(kiosk, told)
    assert (await manager.get(f"{PAYMENTS}/{told['id']}")).code == "payment-unknown"
    for ident in (payment, new_id()):
        assert (await manager.post(f"{RECONCILIATIONS}/{ident}/acknowledge")).code == "reconciliation-unknown"
    await close(kiosk, reconciliation(id=payment))
    assert (await look(manager, payment))["standing"] == "charged"
    harbour = (await here.staff(Role.MANAGER, None, "harbour"))[0]
    assert (
        await harbour.post(f"/centres/harbour/reconciliations/{told['id']}/acknowledge")
    ).code == "reconciliation-unknown"
    assert (await harbour.get("/centres/harbour/reconciliations")).body["reconciliations"] == []


@in_loop_of_module
async def test_terminals_without_a_name_are_told_apart_by_their_devices(here: House) -> None:
    one, other = await here.kiosk(), await here.kiosk()
    await pay(one, *GOOD, terminal="")
    await pay(other, *GOOD, terminal="", amount=100)
    assert await close(one, reconciliation(("EUR", 8_250), terminal="")) == []
    assert await close(other, reconciliation(("EUR", 100), terminal="")) == []


@in_loop_of_module
async def test_a_terminal_belongs_to_who_used_it_first(here: House) -> None:
    """Another kiosk of the centre neither ends its day nor tells of it, until the first one is revoked."""
    (owner, device), stranger, manager = await here.device("kiosk"), await here.kiosk(), await here.manager()
    await pay(owner, *GOOD)
    foreign = reconciliation(("EUR", 0))
    refused = await stranger.post(RECONCILIATIONS, foreign)
    assert (refused.status, refused.code) == (409, "terminal-elsewhere")
    assert refused.body["placeholders"] == {"device": device.id}
    assert (await manager.get(RECONCILIATIONS)).body["reconciliations"] == []
    assert await close(owner, reconciliation(("EUR", 8_250))) == []
    # Payments that another kiosk tells are kept, and make the terminal nobody else's.
    await pay(stranger, *GOOD)
    assert (await stranger.post(RECONCILIATIONS, foreign)).code == "terminal-elsewhere"
    await here.server.log.write(lambda connection: device_store.revoke(connection, device.id, here.server.clock()))
    await close(stranger, foreign | {"at": ahead(here, 1)})
    later = await here.kiosk()
    assert (await later.post(RECONCILIATIONS, reconciliation(moment=ahead(here, 2)))).code == "terminal-elsewhere"


@in_loop_of_module
async def test_an_end_of_day_from_far_ahead_is_refused(here: House) -> None:
    kiosk = await here.kiosk()
    refused = await kiosk.post(RECONCILIATIONS, reconciliation(moment=ahead(here, 30 * 24)))
    assert (refused.status, refused.code) == (409, "reconciliation-ahead")
    assert await close(kiosk, reconciliation(moment=ahead(here, 1))) == []


@in_loop_of_module
async def test_the_client_of_the_contract_closes(here: House) -> None:
    kiosk = await here.kiosk()
    await pay(kiosk, *GOOD)
    told = ReconciliationReport(
        id=new_id(),
        driver="zvt+tcp",
        terminal="52500038",
        at=to_datetime(here.server.clock()),
        totals=(TerminalTotal("EUR", 8_250, 1),),
    )
    token = kiosk.headers["Authorization"].partition(" ")[2]
    async with ApiClient(here.address, token) as client:
        assert [(await client.report_reconciliation(here.centre, told)).differences for _ in range(2)] == [(), ()]


async def test_the_same_end_of_day_at_two_servers_is_one(two: Two) -> None:
    one, other = two
    kiosk, desk = await one.kiosk(), await one.manager()
    await pay(kiosk, *GOOD)
    told = reconciliation(("EUR", 8_000))
    found = await asyncio.gather(*(close(at(kiosk, house), told) for house in (one, other) * 2))
    assert all(answer == found[0] for answer in found)
    assert found[0][0]["journal"] == 8_250
    assert len((await at(desk, other).get(RECONCILIATIONS)).body["reconciliations"]) == 1


@in_loop_of_module
async def test_auditors_see_an_end_of_day_and_who_looked_into_it(here: House) -> None:
    kiosk, (manager, _) = await here.kiosk(), await here.staff(Role.MANAGER, None)
    auditor, _ = await here.staff(Role.AUDITOR, None)
    told = reconciliation(("EUR", 100))
    await close(kiosk, told)
    assert (await manager.post(f"{RECONCILIATIONS}/{told['id']}/acknowledge")).status == 200
    async with here.http.get(f"{here.address}/audit?view=acted&actor=", headers=auditor.headers) as answer:
        page = await answer.text()
    assert "Terminal's day ended" in html.unescape(page)
    assert "Differences looked into" in page
