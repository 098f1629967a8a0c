"""A kiosk tells of its payments until all is acknowledged: in pieces, twice, out of order, of visits nobody knows."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest
from blockbuster import BlockBuster
from sqlalchemy import Connection, func, select

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.contract.client import ApiClient
from queue_server.contract.payments import JournalRow, PaymentReport
from queue_server.domain.values import JournalState, Micros, new_id, now_micros, to_datetime
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.statements import touched
from queue_server.eventlog.tables import events
from queue_server.eventlog.verify import verify
from queue_server.payments import store
from queue_server.payments.api import reporting
from queue_server.payments.decide import ReportedAttempt
from queue_server.payments.decide import report as report_of
from queue_server.payments.model import Payment
from queue_server.payments.tables import payments
from queue_server.vault.key_file import PeopleKeyMissingError
from queue_server.vault.keys import Keys
from queue_server.vault.store import Vault
from queue_server.vault.tables import people_reads, people_rows
from tests.queue_server.house import TICKET, House
from tests.queue_server.payments.telling import GOOD, PAYMENTS, issued, look, paid, report, row, rows, tell

pytestmark = pytest.mark.asyncio(loop_scope="module")

RECEIPT = {"number": 1, "kind": "customer", "lines": ["SPECIMEN BANK", "", "Card 4111111111111111", "EUR 82.50"]}


async def streams(here: House, payment: str) -> list[str]:
    return [event.type for event in await here.server.log.read(f"payment/{payment}")]


async def test_a_payment_is_taken_and_the_visit_names_it(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    visit = await issued(kiosk)
    told = report(visit, *GOOD)
    assert await tell(kiosk, told) == 7
    found = await look(manager, told["id"])
    assert (found["standing"], found["state"], found["remaining"]) == ("charged", "receipt-done", 8250)
    assert (found["amount"], found["currency"], found["terminal"]) == (8250, "EUR", "52500038")
    assert found["charged_at"] == "2026-11-25T10:00:06Z"
    shown = (await manager.get(f"/centres/demo/visits/{visit}")).body["visit"]
    assert shown["payments"] == [told["id"]]
    assert (await manager.get(f"/centres/demo/visits/{visit}/payments")).body == {"payments": [found]}
    assert await streams(here, told["id"]) == ["payment-initiated"] + ["journal-row-reported"] * 7


async def test_the_log_says_of_the_visit_no_more_than_the_id_of_the_payment(here: House) -> None:
    payment = await paid(await here.kiosk())
    day = here.server[Centres][here.centre].writer.state.day
    named = [event for event in await here.server.log.read(f"queue/{here.centre}/{day}") if event.type == "visit-paid"]
    assert len(named) == 1
    # Without the ids, in which any digits may stand beside each other.
    said = re.sub(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", b"", named[0].payload)
    assert payment.encode() in named[0].payload
    assert b"8250" not in said
    assert b"EUR" not in said


async def test_a_journal_comes_in_pieces_and_pieces_come_twice(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    told = report(await issued(kiosk), *GOOD)
    pieces = [(1, 3), (2, 4), (1, 4), (4, 6), (5, 7), (7, 7), (1, 7)]
    acknowledged = [await tell(kiosk, told | {"rows": told["rows"][first - 1 : last]}) for first, last in pieces]
    assert acknowledged == [3, 4, 4, 6, 7, 7, 7]
    assert (await look(manager, told["id"]))["standing"] == "charged"
    assert len(await streams(here, told["id"])) == 8


async def test_what_comes_after_a_gap_is_not_acknowledged(here: House) -> None:
    kiosk = await here.kiosk()
    told = report(await issued(kiosk), *GOOD)
    assert await tell(kiosk, told | {"rows": told["rows"][2:]}) == 0
    assert await streams(here, told["id"]) == []
    assert await tell(kiosk, told | {"rows": [told["rows"][0], *told["rows"][3:]]}) == 1
    assert await tell(kiosk, told) == 7


async def test_rows_are_taken_in_their_order_whatever_the_order_in_a_report(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    told = report(await issued(kiosk), *GOOD)
    assert await tell(kiosk, told | {"rows": told["rows"][::-1]}) == 7
    assert (await look(manager, told["id"]))["state"] == "receipt-done"


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 8251},
        {"currency": "USD"},
        {"visit": new_id()},
        {"services": ["uto-birth"]},
        {"terminal": "52500039"},
        {"driver": "nexo+https"},
        {"attended": True},
        {"can_refund": False},
        {"rows": rows("created", "sent")},
        {"rows": [row(1, "created", reason="late")]},
        {"rows": [{"row": 1, "state": "created", "at": "2026-11-25T10:00:02Z"}]},
    ],
)
async def test_another_story_of_the_same_attempt_is_refused(here: House, change: dict[str, Any]) -> None:
    kiosk = await here.kiosk()
    told = report(await issued(kiosk), "created", "preflight-ok")
    await tell(kiosk, told)
    before = await streams(here, told["id"])
    refused = await kiosk.post(PAYMENTS, told | change)
    assert (refused.status, refused.code) == (409, "payment-differs")
    assert await streams(here, told["id"]) == before


async def test_nothing_is_paid_in_what_is_no_currency(here: House) -> None:
    kiosk = await here.kiosk()
    for currency in ("QQQ", "XXX", "XAU"):
        refused = await kiosk.post(PAYMENTS, report(new_id(), *GOOD, currency=currency))
        assert (refused.status, refused.code) == (400, "body-invalid")
        assert "$.currency" in refused.body["detail"]


async def test_a_kiosk_that_was_enrolled_anew_goes_on_with_its_journal(here: House) -> None:
    old, new, manager = await here.kiosk(), await here.kiosk(), await here.manager()
    told = report(await issued(old), *GOOD)
    await tell(old, told | {"rows": told["rows"][:3]})
    assert await tell(new, told) == 7
    assert (await look(manager, told["id"]))["standing"] == "charged"


async def test_another_centre_cannot_touch_or_see_it(here: House) -> None:
    payment = await paid(await here.kiosk())
    elsewhere = (await here.device("kiosk", centre="harbour"))[0]
    refused = await elsewhere.post("/centres/harbour/payments", report(new_id(), *GOOD) | {"id": payment})
    assert (refused.status, refused.code) == (409, "payment-differs")
    manager = (await here.device("integration", "manager", "harbour"))[0]
    for path in (f"/centres/harbour/payments/{payment}", f"{PAYMENTS}/{payment}"):
        assert (await manager.get(path)).status in (403, 404)
    staff = (await here.staff(Role.MANAGER, None, "harbour"))[0]
    asked = await staff.post(f"/centres/harbour/payments/{payment}/refunds", {"reason": "other"})
    assert (asked.status, asked.code) == (404, "payment-unknown")


async def test_money_of_a_visit_that_nobody_knows_is_written_down_all_the_same(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    visit = new_id()
    told = report(visit, *GOOD)
    assert await tell(kiosk, told) == 7
    assert (await look(manager, told["id"]))["standing"] == "charged"
    assert len((await manager.get(f"/centres/demo/visits/{visit}/payments")).body["payments"]) == 1


async def test_a_visit_that_comes_after_its_payment_names_it(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    visit = new_id()
    told = report(visit, *GOOD)
    await tell(kiosk, told)
    await tell(kiosk, report(visit, "created", "cancelled"))
    for _ in range(2):
        assert (await kiosk.post("/centres/demo/visits", TICKET | {"id": visit})).status == 201
    shown = (await manager.get(f"/centres/demo/visits/{visit}")).body["visit"]
    assert shown["payments"] == [told["id"]]


async def test_whichever_comes_first_they_find_each_other(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    for _ in range(10):
        visit = new_id()
        told = report(visit, *GOOD)
        await asyncio.gather(tell(kiosk, told), kiosk.post("/centres/demo/visits", TICKET | {"id": visit}))
        shown = (await manager.get(f"/centres/demo/visits/{visit}")).body["visit"]
        assert shown["payments"] == [told["id"]]


async def test_a_visit_does_not_name_what_was_not_charged(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    visit = await issued(kiosk)
    for states in (
        ("created", "cancelled"),
        ("created", "sent", "declined"),
        ("created", "sent", "in-doubt"),
        GOOD[:5],
    ):
        await tell(kiosk, report(visit, *states))
    assert (await manager.get(f"/centres/demo/visits/{visit}")).body["visit"]["payments"] == []
    standings = [
        one["standing"] for one in (await manager.get(f"/centres/demo/visits/{visit}/payments")).body["payments"]
    ]
    assert standings == ["not-charged", "not-charged", "undecided", "undecided"]


async def test_a_lost_answer_is_given_again_and_a_key_is_for_one_report(here: House) -> None:
    kiosk, key = await here.kiosk(), new_id()
    told = report(await issued(kiosk), *GOOD)
    assert [await tell(kiosk, told, key) for _ in range(3)] == [7, 7, 7]
    changed = await kiosk.post(PAYMENTS, told | {"rows": told["rows"][:2]}, key)
    assert (changed.status, changed.code) == (422, "idempotency-key-reused")
    assert len(await streams(here, told["id"])) == 8


async def test_the_client_of_the_contract_reports(here: House) -> None:
    kiosk = await here.kiosk()
    moment = to_datetime(now_micros())
    body = PaymentReport(
        id=new_id(),
        visit=await issued(kiosk),
        services=("uto-passport-renewal",),
        amount=8250,
        currency="EUR",
        driver="nexo+https",
        terminal="V400m-324688179",
        rows=(
            JournalRow(1, JournalState.CREATED, moment),
            JournalRow(2, JournalState.CANCELLED, moment, reason="user"),
        ),
    )
    token = kiosk.headers["Authorization"].partition(" ")[2]
    async with ApiClient(here.address, token) as client:
        assert [(await client.report_payment(here.centre, body)).row for _ in range(2)] == [2, 2]


async def test_many_reports_at_once_are_one_journal(here: House) -> None:
    kiosk, manager = await here.kiosk(), await here.manager()
    told = report(await issued(kiosk), *GOOD, receipts=[RECEIPT])
    pieces = [told | {"rows": told["rows"][: number + 1]} for number in range(7)] * 3
    acknowledged = await asyncio.gather(*(tell(kiosk, piece) for piece in pieces))
    assert max(acknowledged) == 7
    assert (await look(manager, told["id"]))["standing"] == "charged"
    kinds = await streams(here, told["id"])
    assert sorted(kinds) == ["journal-row-reported"] * 7 + ["payment-initiated", "receipt-stored"]


async def test_a_report_is_decided_once(here: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """With news for its visit, without, and when it comes a second time."""
    decided: list[str] = []

    def listening(before: Payment | None, told: ReportedAttempt) -> tuple[Payload, ...]:
        decided.append(told.began.payment)
        return report_of(before, told)

    monkeypatch.setattr(reporting, "report", listening)
    kiosk = await here.kiosk()
    told, unknown = report(await issued(kiosk), *GOOD), report(new_id(), *GOOD)
    for one in (told, unknown):
        for _ in range(2):
            await tell(kiosk, one, "report-" + one["id"])
        assert decided == [one["id"]]
        decided.clear()


async def test_a_report_is_decided_and_stored_in_one_transaction(here: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its visit has to be told goes with the event of the visit: that is the second, and nothing is a third."""
    kiosk = await here.kiosk()
    visit, database = await issued(kiosk), here.server.database
    stored: list[int] = []
    write = database.write

    async def counting[T](work: Callable[[Connection], T]) -> T:
        def last(connection: Connection) -> int:
            return connection.execute(select(func.count()).select_from(events)).scalar_one()

        def counted(connection: Connection) -> T:
            before = last(connection)
            found = work(connection)
            stored.append(last(connection) - before)
            return found

        return await write(counted)

    monkeypatch.setattr(database, "write", counting)

    async def counts(told: dict[str, Any], key: str = "") -> list[int]:
        stored.clear()
        await tell(kiosk, told, key)
        return [one for one in stored if one]

    told, unknown = report(visit, *GOOD), report(new_id(), *GOOD)
    # Nothing was charged yet: the visit need not know.
    assert await counts(told | {"rows": told["rows"][:5]}) == [6]
    assert await counts(told, "report-whole") == [4], "two rows, and two events of the visit"
    assert await counts(told, "report-whole") == []
    assert await counts(unknown) == [8]


async def test_the_row_of_a_payment_is_where_its_stream_is(here: House) -> None:
    kiosk = await here.kiosk()
    ids = [await paid(kiosk), await paid(kiosk)]
    told = report(await issued(kiosk), "created", "sent", "needs-staff")
    await tell(kiosk, told)

    def projected(connection: Connection) -> dict[str, tuple[Any, ...]]:
        columns = (payments.c.standing, payments.c.seq, payments.c.charged_at, payments.c.changed_at)
        found = select(payments.c.id, *columns).where(payments.c.centre == here.centre)
        return {row.id: tuple(row)[1:] for row in connection.execute(found)}

    found = await here.server.log.run(projected)
    assert set(found) == {*ids, told["id"]}
    for ident, values in found.items():
        one = store.PAYMENTS.replay(await here.server.log.read(f"payment/{ident}"))
        assert one is not None
        assert values == (one.standing, one.seq, one.charged_at, one.changed_at)


# --- receipts ------------------------------------------------------------------------------------------------------


async def test_a_receipt_is_kept_once_masked_and_read_under_a_name(own_house: House) -> None:
    kiosk = await own_house.kiosk()
    cashier, session = await own_house.staff(Role.CASHIER, None)
    told = report(await issued(kiosk), *GOOD, receipts=[RECEIPT])
    for last in (5, 7, 7):
        await tell(kiosk, told | {"rows": told["rows"][:last]})
    answer = await cashier.get(f"{PAYMENTS}/{told['id']}/receipts")
    (found,) = answer.body["receipts"]
    assert (found["number"], found["kind"]) == (1, "customer")
    assert found["lines"] == ["SPECIMEN BANK", "", "Card ************1111", "EUR 82.50"]

    def looked(connection: Connection) -> tuple[list[Any], list[Any]]:
        reads = connection.execute(select(people_reads.c.actor, people_reads.c.purpose)).all()
        kept = connection.execute(select(people_rows.c.kind, people_rows.c.ends_at)).all()
        return [tuple(one) for one in reads], [tuple(one) for one in kept]

    reads, kept = await own_house.server.log.run(looked)
    assert reads == [(f"staff/{session.staff}", "copying")]
    # The end of the card, by which an auditor finds it, lasts as long as the receipt that shows it.
    assert sorted(kind for kind, _ in kept) == ["card-end", "receipt"]
    for _, ends_at in kept:
        days = (ends_at - own_house.server.clock()) / 86_400_000_000
        assert 89 <= days <= 91


async def test_a_card_number_is_nowhere_in_the_log(own_house: House) -> None:
    kiosk = await own_house.kiosk()
    told = report(await issued(kiosk), "created", receipts=[RECEIPT], terminal="4111111111111111")
    told["rows"][0] |= {"reference": "5500000000000004", "trace": "378282246310005"}
    await tell(kiosk, told)
    payloads = await own_house.server.log.run(
        lambda connection: connection.execute(select(events.c.payload)).scalars().all()
    )
    written = b"".join(payloads)
    assert not re.search(rb"4111111111111111|5500000000000004|378282246310005", written)
    assert b"************1111" in written


async def test_receipts_go_with_whoever_came(own_house: House) -> None:
    kiosk, (manager, _) = await own_house.kiosk(), await own_house.staff(Role.MANAGER, None)
    visit = await issued(kiosk)
    told = report(visit, *GOOD, receipts=[RECEIPT])
    await tell(kiosk, told)
    assert len((await manager.get(f"{PAYMENTS}/{told['id']}/receipts")).body["receipts"]) == 1
    assert (await manager.post(f"/centres/demo/visits/{visit}/erase")).body == {"persons": 1}
    assert (await manager.get(f"{PAYMENTS}/{told['id']}/receipts")).body == {"receipts": []}
    assert (await look(manager, told["id"]))["receipts"] == [1]


# --- one unit of work ----------------------------------------------------------------------------------------------


async def test_where_a_receipt_cannot_be_kept_nothing_is(own_house: House, blockbuster: BlockBuster) -> None:
    """Two streams, a row and the vault: all of them or none, and the kiosk tells it again."""
    # The log of a failure quotes lines of source files.
    blockbuster.deactivate()
    kiosk, manager = await own_house.kiosk(), await own_house.manager()
    visit = await issued(kiosk)
    told = report(visit, *GOOD, receipts=[RECEIPT])
    vault = own_house.server[Vault]
    key = vault._key

    def gone() -> Any:
        raise PeopleKeyMissingError

    vault._key = gone
    failed = await kiosk.post(PAYMENTS, told)
    assert (failed.status, failed.code) == (500, "people-key-missing")
    assert await streams(own_house, told["id"]) == []
    assert (await manager.get(f"/centres/demo/visits/{visit}")).body["visit"]["payments"] == []
    vault._key = key
    assert await tell(kiosk, told) == 7
    assert (await manager.get(f"/centres/demo/visits/{visit}")).body["visit"]["payments"] == [told["id"]]


async def test_the_streams_are_verified_and_named_by_the_closing_event(own_house: House) -> None:
    payment = await paid(await own_house.kiosk())
    day = own_house.server[Centres][own_house.centre].writer.state
    heads = await own_house.server.log.run(
        lambda connection: touched(connection, [f"queue/{own_house.centre}/{day.day}"], Micros(day.starts_at))
    )
    assert store.PAYMENTS.stream(payment) in {head.stream for head in heads}
    assert (await verify(own_house.server.database, own_house.server[Keys].signer().verifier)).ok
