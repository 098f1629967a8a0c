"""The whole kiosk, killed while staff have somebody's money in their hands: what they say meanwhile is never lost."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import Connection

from queue_server.accounts import command_line as staff_cli
from queue_server.accounts import staff_store
from queue_server.accounts.identities import SESSION_COOKIE
from queue_server.accounts.model import AccountRules, Role, Staff
from queue_server.database import open_database, parse_url
from queue_server.domain.values import CentreId, now_micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.access import CSRF_HEADER
from tests.faults.payments.books import at_the_kiosk, at_the_server
from tests.faults.payments.site import ENDLESS, FEE, a_server, a_site, tickets, to_fee, until
from tests.faults.server_process import Installation
from tests.kiosk.app.test_by_hand import Staff as Cashier
from tests.queue_server.house import Client

DEMO = CentreId("demo")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    with a_server(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: whatever they try is another process."""


@asynccontextmanager
async def cashier(place: Installation, url: str, login: str) -> AsyncIterator[Cashier]:
    """Sign a cashier in, beside the page for it."""

    def sign_in(connection: Connection) -> tuple[str, str]:
        now = now_micros()
        ident = staff_cli.add_member(connection, login, "Somebody", "x", (DEMO,), (Role.CASHIER,))
        person = Staff(ident, login, "Somebody", {DEMO: frozenset({Role.CASHIER})})
        session, cookie = staff_store.open_session(connection, person, DEMO, None, now=now, rules=AccountRules())
        return session.csrf, cookie

    async with open_database(parse_url(None, place.data)) as database, SqlEventLog(database) as log:
        csrf, cookie = await log.write(sign_in)
    headers = {"Cookie": f"{SESSION_COOKIE}={cookie}", CSRF_HEADER: csrf, "Origin": url}
    async with aiohttp.ClientSession() as http:
        yield Cashier(Client(http, url, headers))


@dataclass(frozen=True)
class Moment:
    """``write``: what of the journal is held; ``slip``: what staff say, before the kiosk is killed or while it is off.

    Each has a slip of its own: one slip is for one visit.

    ``back``: at the next start they are asked to give it back, and do. ``ends`` and ``standing`` are how it ends.
    """

    write: str
    slip: str
    seen: str
    back: bool
    ends: str
    standing: str


STEP = "BEFORE INSERT ON payment_row WHEN NEW.step = '{}'"
MOMENTS = {
    "waiting-taken": Moment("", "T-004701", "sent", True, "reversed", "returned"),
    "waiting-not-taken": Moment("", "", "sent", False, "cancelled", "not-charged"),
    "heard": Moment(STEP.format("approved"), "T-004702", "sent", True, "reversed", "returned"),
    "approved": Moment(STEP.format("goods-issued"), "T-004703", "approved", True, "reversed", "returned"),
    "issued": Moment(STEP.format("committed"), "T-004704", "goods-issued", True, "reversed", "returned"),
    "printing": Moment(
        "BEFORE INSERT ON ticket_row WHEN NEW.step = 'printed'",
        "T-004705",
        "committed",
        False,
        "needs-staff",
        "undecided",
    ),
}


@pytest.mark.parametrize("name", MOMENTS)
async def test_a_kiosk_that_is_killed_loses_no_word(
    tmp_path: Path, server: tuple[Installation, str], name: str
) -> None:
    moment, (place, url) = MOMENTS[name], server
    async with a_site(tmp_path, place, url, "manual:") as site, cashier(place, url, name) as staff:
        async with site.kiosk() as (controls, process):
            await to_fee(controls)
            if moment.write:
                site.write(f"CREATE TRIGGER held {moment.write} BEGIN {ENDLESS}; END")
            await controls.ask(act=["pay", ""])
            payment = await staff.asked()
            if moment.write:
                assert (await staff.say(payment, moment.slip)).status == 200
                await until(lambda: site.steps()[-1:] == [moment.seen])
                if name == "printing":
                    await until(lambda: list((tmp_path / "paper").glob("*.png")))
            process.kill()
            await process.wait()
        assert site.steps()[-1] == moment.seen
        if moment.write:
            site.write("DROP TRIGGER held")
        else:
            assert (await staff.say(payment, moment.slip)).status == 200
        async with site.kiosk() as (controls, _):
            if moment.back:
                back = await staff.asked("give-back")
                assert (back["id"], back["amount"]) == (payment["id"], FEE)
                assert (await staff.say(back, f"{moment.slip}-B")).status == 200
            # Nobody is served before it is settled.
            await controls.shows("language")
            assert at_the_kiosk(site.file) == {payment["id"]: (FEE, moment.ends)}
            await until(lambda: at_the_server(place.data)[payment["id"]] == (FEE, moment.standing))
            found = await staff.sees(payment["id"])
            assert [word["done"] for word in found["confirmations"]] == [
                bool(moment.slip),
                *([True] if moment.back else []),
            ]
            assert not found["contradicted"]
            assert (payment["id"] in await staff.waiting()) is (moment.standing == "undecided")
            await until(lambda: tickets(site.file, "waiting") == 0)
        assert tickets(site.file, "sent") == (moment.ends == "needs-staff")
