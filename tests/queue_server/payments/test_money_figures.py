"""What moved on some days comes to what the ledgers of these days book, to the last unit, and never over currencies."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert, text

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import HOUR, CentreId, Day, Micros, new_id
from queue_server.domain.values import JournalState as J
from queue_server.payments.booking import MovementKind
from queue_server.payments.evolve import evolve
from queue_server.payments.model import Payment
from queue_server.payments.money_figures import MoneyBy, MoneyFigures, money_figures
from queue_server.payments.movements import Posting, postings
from queue_server.payments.store import PAYMENTS as STREAMS
from queue_server.payments.tables import payment_bookings
from tests.queue_server.house import Client, House
from tests.queue_server.payments.telling import GOOD, PAYMENTS, issued, paid, refund_of, report, tell
from tests.queue_server.payments.test_ledger import as_of, happened

in_loop_of_module = pytest.mark.asyncio(loop_scope="module")

FIGURES = "/centres/demo/figures/payments"
#: The clocks of Vienna are put on in the night of the third of these days, which has 23 hours.
RULE, FIRST, LAST = DayRule("Europe/Vienna"), date(2026, 3, 26), date(2026, 4, 8)


def days() -> Iterator[Day]:
    return (Day((FIRST + timedelta(days=number)).isoformat()) for number in range((LAST - FIRST).days + 1))


def summed(found: Sequence[tuple[str, Posting]]) -> list[MoneyFigures]:
    """Add up postings, each under its key, as plainly as can be."""
    sums: dict[str, MoneyFigures] = {}
    for key, posting in found:
        movement = posting.movement
        if movement.kind is not MovementKind.UNCERTAIN:
            one = sums.setdefault(key, MoneyFigures(key, posting.payment.currency))
            one.count(movement.kind, 1, movement.amount, movement.waived)
    return [sums[key] for key in sorted(sums)]


def _stretched(events: list[Any]) -> list[tuple[int, Any]]:
    """Play what happened in days of ten units on days of some 24 hours."""
    start = RULE.starts_at(Day(FIRST.isoformat()))
    return [(start + at * 24 * HOUR // 10, body) for at, body in events]


@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(st.sampled_from(J), st.integers(0, 12)), min_size=1, max_size=9),
            st.lists(
                st.tuples(st.sampled_from(["refund", "charged", "not-charged", "returned"]), st.integers(0, 12)),
                max_size=4,
            ),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_figures_are_what_the_ledgers_book(
    stories: list[tuple[list[tuple[J, int]], list[tuple[str, int]]]],
) -> None:
    histories = [_stretched(happened(*story)) for story in stories]
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        payment_bookings.create(connection)
        for number, events in enumerate(histories):
            found: Payment | None = None
            for seq, (at, body) in enumerate(events, start=1):
                found = evolve(found, body, seq, Micros(at))
            assert found is not None
            assert STREAMS.projection is not None
            rows = [{**row, "payment": f"p{number}"} for row in STREAMS.projection.rows(found)["payment_bookings"]]
            if rows:
                connection.execute(insert(payment_bookings), rows)
        booked = []
        for day in days():
            since, until = (RULE.starts_at(one) for one in (day, Day(str(date.fromisoformat(day) + timedelta(days=1)))))
            for events in histories:
                before, after = as_of(events, since), as_of(events, until)
                booked += [(day, one) for one in postings(before, after, since)]
        asked = (Day(FIRST.isoformat()), Day(LAST.isoformat()))
        counted = {by: list(money_figures(connection, CentreId("demo"), RULE, asked, by)) for by in MoneyBy}
    engine.dispose()
    assert counted[MoneyBy.DAY] == summed(booked)
    assert counted[MoneyBy.MONTH] == summed([(day[:7], one) for day, one in booked])
    assert counted[MoneyBy.WEEK] == summed(
        [("{}-W{:02}".format(*date.fromisoformat(day).isocalendar()[:2]), one) for day, one in booked]
    )
    assert counted[MoneyBy.MEANS] == summed([("card", one) for _, one in booked])
    assert counted[MoneyBy.SERVICE] == summed([("s", one) for _, one in booked])


async def rows_of(client: Client, query: str = "") -> list[dict[str, Any]]:
    answer = await client.get(f"{FIGURES}{query}")
    assert answer.status == 200, answer
    found: list[dict[str, Any]] = answer.body["rows"]
    return found


@in_loop_of_module
async def test_money_is_counted_by_what_is_asked_for_in_each_currency(own_house: House) -> None:
    await counted_by_what_is_asked_for(own_house)


async def test_it_is_with_postgresql_behind_it_too(two: tuple[House, House]) -> None:
    await counted_by_what_is_asked_for(two[0])


async def counted_by_what_is_asked_for(here: House) -> None:
    kiosk, (cashier, _), (manager, _) = (
        await here.kiosk(),
        await here.staff(Role.CASHIER, None),
        await here.staff(Role.MANAGER, None),
    )
    first = await paid(kiosk)
    await tell(kiosk, report(await issued(kiosk), *GOOD, id=new_id(), currency="USD", amount=1_000))
    refund = await refund_of(cashier, first, 2_500)
    await manager.post(f"{refund}/confirm")
    await cashier.post(f"{refund}/settle", {"done": True})
    visit = await issued(kiosk)
    wanted = {"services": ["uto-passport-renewal"], "amount": 8_250, "currency": "EUR", "slip": "0412"}
    taken = await cashier.post(f"/centres/demo/visits/{visit}/manual-payments", wanted)
    assert taken.status == 200, taken
    today = here.server[Centres][here.centre].rule.day_at(here.server.clock())

    in_euro, in_dollars = await rows_of(manager)
    assert in_euro == {
        "key": today,
        "currency": "EUR",
        "payments": 2,
        "taken": 16_500,
        "returns": 1,
        "returned": 2_500,
        "corrections": 0,
        "corrected": 0,
        "waivers": 0,
        "waived": 0,
        "stays": 14_000,
    }
    assert (in_dollars["currency"], in_dollars["payments"], in_dollars["stays"]) == ("USD", 1, 1_000)
    by_means = {(row["key"], row["currency"]): row["stays"] for row in await rows_of(manager, "?by=means")}
    assert by_means == {("card", "EUR"): 5_750, ("desk", "EUR"): 8_250, ("card", "USD"): 1_000}
    for by, key in (("service", "uto-passport-renewal"), ("government", "UTO"), ("year", today[:4])):
        assert {row["key"] for row in await rows_of(manager, f"?by={by}")} == {key}
    view = text("SELECT kind, currency, amount FROM figures_payments WHERE revoked_at IS NULL")
    moved = await here.server.log.run(lambda connection: Counter(map(tuple, connection.execute(view))))
    assert moved == Counter({("payment", "EUR", 8_250): 2, ("refund", "EUR", -2_500): 1, ("payment", "USD", 1_000): 1})


@in_loop_of_module
async def test_they_are_a_file_too_and_nothing_else_can_be_asked_for(here: House) -> None:
    kiosk, (manager, _) = await here.kiosk(), await here.staff(Role.MANAGER, None)
    assert (await manager.get(f"{PAYMENTS}/{await paid(kiosk)}")).status == 200
    address = manager.url(f"{FIGURES}?by=means&format=csv")
    async with manager.http.get(address, headers=manager.headers) as answer:
        (row,) = csv.DictReader(io.StringIO(await answer.text()))
    assert (row["means"], row["currency"], row["taken"], row["stays"]) == ("card", "EUR", "8250", "8250")
    for query in ("?by=holder", "?from=2026-11-31", "?from=2026-11-02&to=2026-11-01", "?format=xml"):
        assert (await manager.get(f"{FIGURES}{query}")).status == 400
    clerk, _ = await here.staff(Role.COUNTER, None)
    assert (await clerk.get(FIGURES)).status == 403
