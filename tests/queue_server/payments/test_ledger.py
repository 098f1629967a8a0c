"""What the accounts get: every movement once, on its day, to the last digit, and no formula among it."""

import asyncio
import csv
import io
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from blockbuster import BlockBuster
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.cli import app
from queue_server.domain.values import (
    CentreId,
    CurrencyCode,
    Day,
    GovernmentId,
    Micros,
    PaymentId,
    PaymentStanding,
    RefundId,
    RefundReason,
    RefundState,
    ServiceId,
    TerminalId,
    TerminalReference,
    VisitId,
    WaiverReason,
)
from queue_server.domain.values import JournalState as J
from queue_server.eventlog.payload import Payload
from queue_server.payments import decide
from queue_server.payments.errors import PaymentError
from queue_server.payments.events import FeeWaived, PaymentInitiated
from queue_server.payments.evolve import evolve
from queue_server.payments.ledger import COLUMNS, ledger
from queue_server.payments.model import Payment
from queue_server.payments.movements import postings
from tests.queue_server.house import House, house
from tests.queue_server.payments.telling import GOOD, PAYMENTS, issued, paid, refund_of, report, tell
from tests.queue_server.payments.test_model import (
    BEGAN,
    CASHIER,
    HEARD,
    MANAGER,
    asked_back,
    by_hand,
    fold,
    row,
    said,
    told,
)
from tests.queue_server.payments.test_model import GOOD as ROWS

DAY, GOVERNMENTS = Day("2026-11-25"), {ServiceId("s"): GovernmentId("UTO")}


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def lines(*payments: Payment) -> list[dict[str, str]]:
    found = (one for payment in payments for one in postings(None, payment, Micros(0)))
    return read(ledger(found, DAY, GOVERNMENTS))


def refunded(amount: int, reference: str = "") -> Payment:
    found = told(ROWS)
    found = fold(decide.request_refund(found, RefundId("r"), amount, RefundReason.WRONG_FEE, CASHIER), found)
    found = fold(decide.confirm(found, "r", MANAGER), found)
    named = TerminalReference(reference)
    return fold(decide.settle(found, "r", CASHIER, done=True, reference=named), found)


def test_what_staff_took_and_gave_back_for_a_kiosk_is_counted_once_under_their_names() -> None:
    paid = by_hand(*ROWS[3:], before=said(by_hand(*ROWS[:3])))
    (line,) = lines(paid)
    assert (line["kind"], line["amount"], line["driver"]) == ("payment", "82.50", "a-desk")
    assert (line["reference"], line["requested_by"]) == ("T-004711", CASHIER)
    back = by_hand(J.REVERSED, before=said(by_hand(asked_back(0), before=paid), slip="T-004712"))
    found = {line["kind"]: (line["amount"], line["reference"], line["requested_by"]) for line in lines(back)}
    assert found == {"payment": ("82.50", "T-004711", CASHIER), "reversal": ("-82.50", "T-004712", CASHIER)}
    # Whatever is written down twice is uncertain, and counted by nobody until somebody has found out.
    both = by_hand(J.CANCELLED, before=said(by_hand(*ROWS[:3])))
    assert [(line["kind"], line["amount"]) for line in lines(both)] == [("uncertain", "0.00")]
    found_out = fold(decide.resolve(both, PaymentStanding.CHARGED, MANAGER), both)
    assert [(line["kind"], line["amount"], line["reference"]) for line in lines(found_out)] == [
        ("payment", "82.50", "T-004711")
    ]


def test_a_payment_is_a_line_with_all_digits_of_its_currency() -> None:
    (line,) = lines(told(ROWS))
    assert list(line) == list(COLUMNS)
    assert (
        line
        | {
            "day": "2026-11-25",
            "time": "1970-01-01T00:00:00+00:00",
            "kind": "payment",
            "payment": "p",
            "visit": "v",
            "services": "s",
            "governments": "UTO",
            "amount": "82.50",
            "waived": "0.00",
            "currency": "EUR",
            "driver": "zvt+tcp",
            "terminal": "52500038",
            "requested_by": "",
            "decided_by": "",
        }
        == line
    )


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "8250"), ("KWD", "8.250"), ("EUR", "82.50")])
def test_amounts_follow_their_currency(currency: str, amount: str) -> None:
    began = PaymentInitiated(
        **{name: getattr(BEGAN, name) for name in BEGAN.__struct_fields__} | {"currency": CurrencyCode(currency)}
    )
    (line,) = lines(fold((began, *(row(number, state) for number, state in enumerate(ROWS, start=1)))))
    assert (line["amount"], line["currency"]) == (amount, currency)


def test_what_goes_back_is_below_zero_and_says_who_agreed() -> None:
    payment, refund = lines(refunded(5_000, "0042"))
    assert (payment["kind"], payment["amount"]) == ("payment", "82.50")
    assert (refund["kind"], refund["amount"], refund["reference"]) == ("refund", "-50.00", "0042")
    assert (refund["reason"], refund["requested_by"], refund["decided_by"]) == ("wrong-fee", "cashier", "manager")
    reversal = lines(told((*ROWS, J.REVERSED)))[-1]
    assert (reversal["kind"], reversal["amount"]) == ("reversal", "-82.50")


def test_a_refund_is_told_when_the_money_went_back_and_not_before() -> None:
    found = told(ROWS)
    for _ in range(2):
        assert [line["kind"] for line in lines(found)] == ["payment"]
        asked = not found.refunds
        wish = decide.request_refund(found, RefundId("r"), 100, RefundReason.OTHER, CASHIER) if asked else ()
        found = fold(wish or decide.confirm(found, "r", MANAGER), found)
    assert [line["kind"] for line in lines(found)] == ["payment"]
    failed = fold(decide.settle(found, "r", CASHIER, done=False, reference=TerminalReference("")), found)
    assert [line["kind"] for line in lines(failed)] == ["payment"]


def test_what_is_waived_or_uncertain_is_told_and_counts_nothing() -> None:
    waived = fold(
        (
            FeeWaived(
                payment=PaymentId("w"),
                centre=CentreId("demo"),
                visit=VisitId("v"),
                service=ServiceId("gone"),
                amount=1_200,
                currency=CurrencyCode("EUR"),
                reason=WaiverReason.HARDSHIP,
                staff=CASHIER,
            ),
        )
    )
    uncertain, let_be = lines(told(ROWS[:4]), waived)
    assert (uncertain["kind"], uncertain["amount"]) == ("uncertain", "0.00")
    assert (let_be["kind"], let_be["amount"], let_be["waived"]) == ("waiver", "0.00", "12.00")
    assert (let_be["reason"], let_be["requested_by"], let_be["governments"]) == ("hardship", "cashier", "")
    assert lines(told((*ROWS[:3], J.DECLINED)), told(ROWS[:1])) == []


def test_what_is_not_certain_any_more_is_no_income() -> None:
    """A journal that says *cancelled* after *committed* is not certain: what was booked is taken back, and marked."""
    paid, doubtful = told(ROWS), told((*ROWS, J.CANCELLED))
    assert [(line["kind"], line["amount"], line["standing"]) for line in lines(doubtful)] == [
        ("uncertain", "0.00", "undecided")
    ]
    later = read(ledger(postings(paid, doubtful, Micros(HEARD + 1)), DAY, GOVERNMENTS))
    assert sorted((line["kind"], line["amount"], line["standing"], line["reported_late"]) for line in later) == [
        ("correction", "-82.50", "undecided", "yes"),
        ("uncertain", "0.00", "undecided", "yes"),
    ]
    found_out = fold(decide.resolve(doubtful, PaymentStanding.CHARGED, MANAGER), doubtful)
    last = read(ledger(postings(doubtful, found_out, Micros(HEARD + 1)), DAY, GOVERNMENTS))
    assert [(line["kind"], line["amount"], line["standing"], line["reported_late"]) for line in last] == [
        ("payment", "82.50", "charged", "yes")
    ]


def happened(told_rows: list[tuple[J, int]], acts: list[tuple[str, int]]) -> list[tuple[int, Payload]]:
    """Play a payment: rows of a journal and then what staff do, each so long after the one before."""
    at, found, events = 0, None, []

    def add(*bodies: Payload) -> None:
        nonlocal found
        for body in bodies:
            events.append((at, body))
            found = evolve(found, body, len(events), Micros(at))

    add(BEGAN)
    for number, (state, wait) in enumerate(told_rows, start=1):
        at += wait
        add(row(number, state))
    for number, (act, wait) in enumerate(acts):
        at += wait
        assert found is not None
        with suppress(PaymentError):
            if act == "refund":
                refund = RefundId(f"r{number}")
                add(*decide.request_refund(found, refund, min(1_000, found.remaining), RefundReason.OTHER, CASHIER))
                add(*decide.confirm(found, refund, MANAGER))
                add(*decide.settle(found, refund, CASHIER, done=True, reference=TerminalReference("")))
            else:
                add(*decide.resolve(found, PaymentStanding(act), MANAGER))
    return events


def as_of(events: list[tuple[int, Payload]], moment: int) -> Payment | None:
    found = None
    for seq, (at, body) in enumerate(events, start=1):
        found = evolve(found, body, seq, Micros(at)) if at < moment else found
    return found


@given(
    st.lists(st.tuples(st.sampled_from(J), st.integers(0, 12)), min_size=1, max_size=9),
    st.lists(
        st.tuples(st.sampled_from(["refund", "charged", "not-charged", "returned"]), st.integers(0, 12)), max_size=4
    ),
)
def test_an_export_once_made_is_made_again_byte_for_byte(
    told_rows: list[tuple[J, int]], acts: list[tuple[str, int]]
) -> None:
    """Days of ten units: each is exported when it is over, and again when all has happened; together they are all."""
    events = happened(told_rows, acts)
    days = range(0, events[-1][0] + 20, 10)

    def export(known: list[tuple[int, Payload]], since: int) -> str:
        before, after = (as_of(known, moment) for moment in (since, since + 10))
        return ledger(postings(before, after, Micros(since)), DAY, GOVERNMENTS)

    texts = []
    for since in days:
        at_its_end = export([one for one in events if one[0] < since + 10], since)
        assert at_its_end == export(events, since)
        texts.append(at_its_end)
    booked = [line for text in texts for line in read(text)]
    last = as_of(events, 10**9)
    assert last is not None
    back = sum(one.amount for one in last.refunds if one.state is RefundState.DONE)
    stays = {PaymentStanding.CHARGED: last.amount}.get(last.standing, 0)
    assert sum(Decimal(line["amount"]) for line in booked) * 100 == stays - back
    # What moved on a day that was over says so.
    assert all(line["reported_late"] == "yes" for line in booked if line["kind"] == "correction")


@pytest.mark.parametrize("said", ["=1+1", "+1", "-1", '@SUM(A1)"', "=HYPERLINK('x')"])
def test_no_cell_that_a_terminal_filled_is_a_formula(said: str) -> None:
    began = PaymentInitiated(
        **{name: getattr(BEGAN, name) for name in BEGAN.__struct_fields__} | {"terminal": TerminalId(said)}
    )
    (line,) = lines(fold((began, *(row(number, state, said) for number, state in enumerate(ROWS, start=1)))))
    assert (line["terminal"], line["reference"]) == (f"'{said}", f"'{said}")


# --- at the command line -------------------------------------------------------------------------------------------


def export(data: Path, day: str, centre: str = "demo", status: int = 0) -> str:
    ran = CliRunner().invoke(app, ["payments", "export", "--centre", centre, "--day", day, "--data", str(data)])
    assert ran.exit_code == status, (ran.output, ran.exception)
    return ran.output if status else ran.stdout_bytes.decode()


async def fill(here: House) -> dict[str, Any]:
    kiosk = await here.kiosk()
    cashier, session = await here.staff(Role.CASHIER, None)
    manager = (await here.staff(Role.MANAGER, None))[0]
    first, second = await paid(kiosk), await paid(kiosk)
    await tell(kiosk, report(await issued(kiosk), *GOOD[:3], "declined"))
    refund = await refund_of(cashier, first, 2_500)
    await manager.post(f"{refund}/confirm")
    await cashier.post(f"{refund}/settle", {"done": True})
    await refund_of(cashier, second)
    assert (await manager.get(PAYMENTS)).status == 200
    today = here.server[Centres].find("demo").rule.day_at(here.server.clock())
    return {"paid": {first, second}, "refunded": first, "cashier": session.staff, "today": today}


async def test_a_day_is_exported_while_the_server_runs(data: Path) -> None:
    async with house(data) as here:
        done = await fill(here)
        # A command line tool has a loop of its own, so it runs beside this one.
        on_the_day = await asyncio.to_thread(export, data, "2026-11-25")
        today = read(await asyncio.to_thread(export, data, done["today"]))
    # The kiosk of these tests tells today what it was paid on a day that is over: that one stays as it was.
    assert on_the_day == ",".join(COLUMNS) + "\r\n"
    late = [(line["payment"], line["reported_late"], line["time"][:10]) for line in today if line["kind"] == "payment"]
    assert sorted(late) == sorted((payment, "yes", "2026-11-25") for payment in done["paid"])
    assert {line["governments"] for line in today} == {"UTO"}
    assert {line["standing"] for line in today if line["kind"] == "payment"} == {"charged"}
    (refund,) = (line for line in today if line["kind"] == "refund")
    assert refund["reported_late"] == ""
    assert (refund["payment"], refund["amount"], refund["requested_by"]) == (
        done["refunded"],
        "-25.00",
        done["cashier"],
    )


def test_a_wrong_day_or_centre_is_said(data: Path, blockbuster: BlockBuster) -> None:
    # A command line has a loop of its own, and may wait.
    blockbuster.deactivate()
    for day in ("yesterday", "2026-13-01", "0001-01-01", "9999-12-31"):
        assert "--day" in export(data, day, status=2)
    assert "centre-not-set-up" in export(data, "2026-11-25", "nowhere", status=1)
