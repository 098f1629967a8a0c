"""A whole kiosk at a cash desk: staff say at a real server what became of the money, and nothing of it is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace

from kiosk.kit import fonts
from kiosk.settings import JourneySettings, KioskSettings, PaymentSettings
from peripherals.payment.manual.device import ManualTerminal
from queue_server.accounts.model import Role
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import SETTINGS, Stand, stand
from tests.queue_server.house import Client, House, Reply

PAYMENTS = "/centres/demo/payments"
SERVICE = "uto-passport-renewal"
FEE = 8250
QUICK = KioskSettings(
    journey=SETTINGS.journey,
    link=SETTINGS.link,
    payment=PaymentSettings(doubt_s=0.6, recover_s=0.6, retry_interval_s=0.02, reprint_s=10.0),
)
PATIENT = replace(QUICK, payment=PaymentSettings(doubt_s=100, recover_s=100, retry_interval_s=0.02, reprint_s=100))


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


@dataclass
class Staff:
    """A cashier, and what they see."""

    client: Client

    async def asked(self, task: str = "take") -> dict[str, Any]:
        """Wait until a kiosk asks for this, and give the payment."""
        async with asyncio.timeout(60):
            while True:
                for one in (await self.client.get(f"{PAYMENTS}?waits=yes")).body["payments"]:
                    if one["pending_confirmation"] is not None and one["pending_confirmation"]["task"] == task:
                        found: dict[str, Any] = one
                        return found
                await asyncio.sleep(0.01)

    async def say(self, payment: dict[str, Any], slip: str = "") -> Reply:
        body: dict[str, object] = {
            "row": payment["pending_confirmation"]["row"],
            "amount": payment["amount"],
            "done": bool(slip),
        }
        return await self.client.post(
            f"{PAYMENTS}/{payment['id']}/confirmations", body | ({"slip": slip} if slip else {})
        )

    async def sees(self, payment: str, **state: object) -> dict[str, Any]:
        """Wait until the server knows this of a payment."""
        async with asyncio.timeout(60):
            while True:
                found: dict[str, Any] = (await self.client.get(f"{PAYMENTS}/{payment}")).body["payment"]
                if all(found[key] == value for key, value in state.items()):
                    return found
                await asyncio.sleep(0.01)

    async def visit_names(self, visit: str, payment: str) -> str:
        """Wait until a visit names its payment, and give its code."""
        async with asyncio.timeout(60):
            while True:
                found = await self.client.get(f"/centres/demo/visits/{visit}")
                if found.status == 200 and found.body["visit"]["payments"] == [payment]:
                    return str(found.body["visit"]["code"])
                await asyncio.sleep(0.01)

    async def waiting(self) -> list[str]:
        return [one["id"] for one in (await self.client.get(f"{PAYMENTS}?waits=yes")).body["payments"]]


@pytest.fixture
async def staff(here: House) -> Staff:
    return Staff((await here.staff(Role.CASHIER, None))[0])


@pytest.fixture
async def line(here: House) -> AsyncIterator[LossyProxy]:
    """Give the line from the kiosk to the server; staff have their own."""
    port = urlsplit(here.address).port
    assert port is not None
    async with LossyProxy("127.0.0.1", port, seed=3) as one:
        yield one


@asynccontextmanager
async def taking(folder: Path, here: House, url: str, settings: KioskSettings = QUICK) -> AsyncIterator[Stand]:
    async with stand(folder, url, settings=settings, terminal=ManualTerminal("manual:")) as kiosk:
        if kiosk.frame.page == "setup":
            for digit in await here.enrol_code("kiosk"):
                kiosk.act("digit", digit)
            kiosk.act("submit")
            await kiosk.shows("language", no_paper=False)
        yield kiosk


async def to_pay(kiosk: Stand) -> None:
    """Walk to the fee, and choose to pay it now."""
    await kiosk.shows("language")
    kiosk.act("language", "en")
    await kiosk.shows("identify")
    kiosk.act("no-document")
    for page, wanted in (("government", "UTO"), ("kind", ""), ("service", SERVICE)):
        shown = await kiosk.shows(page)
        ids = [one["id"] for one in shown["choices"]]
        kiosk.act("choose", wanted or next(one for one in ids if "passport" in one))
    await kiosk.shows("more")
    kiosk.act("go-on")
    await kiosk.shows("confirm", fee=True)
    kiosk.act("confirm")
    await kiosk.shows("fee", can_pay=True, by_hand=True)
    kiosk.act("pay")
    await kiosk.shows("pay", by_hand=True)


async def paying(kiosk: Stand, **state: object) -> dict[str, Any]:
    def there() -> bool:
        payment = kiosk.model.get("payment", {})
        return kiosk.frame.page == "pay" and all(payment[key] == value for key, value in state.items())

    try:
        await until(there)
    except TimeoutError:
        raise TimeoutError(f"{kiosk.frame.page} {kiosk.model}") from None
    return kiosk.model


async def test_staff_take_the_money_and_the_ticket_comes_out(
    folder: Path,
    here: House,
    line: LossyProxy,
    staff: Staff,
) -> None:
    async with taking(folder, here, line.url) as kiosk:
        await to_pay(kiosk)
        await paying(kiosk, phase="paying", progress="wait", may_cancel=True)
        payment = await staff.asked()
        assert (payment["amount"], payment["currency"], payment["services"]) == (FEE, "EUR", [SERVICE])
        assert (await staff.say(payment, "T-004711")).status == 200
        ticket = await kiosk.shows("ticket", paper="taken")
        assert ticket["paid"]
        found = await staff.sees(payment["id"], state="receipt-done")
        assert (found["standing"], found["reference"], found["remaining"]) == ("charged", "T-004711", FEE)
        assert not found["contradicted"]
        assert await staff.visit_names(found["visit"], payment["id"]) == ticket["code"]
        assert await staff.waiting() == []


async def test_staff_do_not_take_it_and_the_person_pays_later(
    folder: Path,
    here: House,
    line: LossyProxy,
    staff: Staff,
) -> None:
    async with taking(folder, here, line.url) as kiosk:
        await to_pay(kiosk)
        payment = await staff.asked()
        await staff.say(payment)
        await paying(kiosk, phase="not-paid", reason="cancelled")
        assert (await staff.sees(payment["id"], state="cancelled"))["standing"] == "not-charged"
        kiosk.act("pay-later")
        assert not (await kiosk.shows("ticket", paper="taken"))["paid"]
        assert await staff.waiting() == []


async def test_the_person_stops_it_and_staff_hear_that_nobody_waits(
    folder: Path,
    here: House,
    line: LossyProxy,
    staff: Staff,
) -> None:
    async with taking(folder, here, line.url) as kiosk:
        await to_pay(kiosk)
        payment = await staff.asked()
        kiosk.act("cancel-payment")
        await paying(kiosk, phase="not-paid")
        await staff.sees(payment["id"], state="cancelled")
        refused = await staff.say(payment, "T-004711")
        assert (refused.status, refused.code) == (409, "payment-confirmation-not-pending")
        assert (await staff.sees(payment["id"]))["standing"] == "not-charged"


async def test_nothing_runs_out_while_somebody_pays_at_a_desk(
    folder: Path,
    here: House,
    line: LossyProxy,
    staff: Staff,
) -> None:
    times = JourneySettings(idle_s=0.2, idle_long_s=0.2, countdown_s=20, ticket_s=30)
    async with taking(folder, here, line.url, replace(QUICK, journey=times)) as kiosk:
        await to_pay(kiosk)
        payment = await staff.asked()
        begun = len(kiosk.frames)
        await asyncio.sleep(0.5)
        assert "idle" not in {frame.page for frame in kiosk.frames[begun:]}
        await staff.say(payment, "1")
        await kiosk.shows("ticket")


async def test_both_at_once_is_never_lost(
    folder: Path,
    here: House,
    line: LossyProxy,
    staff: Staff,
) -> None:
    """Staff say that they have it while the kiosk, whose line is cut, is told to stop: both are written down."""
    async with taking(folder, here, line.url) as kiosk:
        await to_pay(kiosk)
        payment = await staff.asked()
        line.away = True
        assert (await staff.say(payment, "T-004711")).status == 200
        kiosk.act("cancel-payment")
        await paying(kiosk, phase="not-paid", reason="cancelled")
        line.away = False
        found = await staff.sees(payment["id"], state="cancelled")
        assert (found["standing"], found["contradicted"], found["confirmations"][0]["slip"]) == (
            "undecided",
            True,
            "T-004711",
        )
        assert await staff.waiting() == [payment["id"]]
        resolved = await staff.client.post(f"{PAYMENTS}/{payment['id']}/resolve", {"standing": "charged"})
        assert resolved.body["payment"]["remaining"] == FEE


async def test_the_server_is_away_for_a_while(
    folder: Path,
    here: House,
    line: LossyProxy,
    staff: Staff,
) -> None:
    async with taking(folder, here, line.url) as kiosk:
        await to_pay(kiosk)
        payment = await staff.asked()
        line.away = True
        await staff.say(payment, "T-004711")
        await until(lambda: not kiosk.on.book.connected)
        await paying(kiosk, phase="paying", may_cancel=True)
        line.away = False
        assert (await kiosk.shows("ticket", paper="taken"))["paid"]
        await staff.sees(payment["id"], standing="charged")


@pytest.mark.parametrize("said", ["T-004711", "", None])
async def test_the_kiosk_is_off_when_staff_speak(
    folder: Path,
    here: House,
    line: LossyProxy,
    staff: Staff,
    said: str | None,
) -> None:
    """Whoever paid has no ticket: it is given back, by the word of staff; where nothing was said it is theirs."""
    async with taking(folder, here, line.url) as kiosk:
        await to_pay(kiosk)
        payment = await staff.asked()
    if said is not None:
        assert (await staff.say(payment, said)).status == 200
    async with taking(folder, here, line.url, QUICK if said is None else PATIENT) as kiosk:
        if said:
            back = await staff.asked("give-back")
            assert (back["id"], back["amount"]) == (payment["id"], FEE)
            await staff.say(back, "T-004712")
            found = await staff.sees(payment["id"], state="reversed")
            assert (found["standing"], found["reference"]) == ("returned", "T-004711")
        elif said is not None:
            assert (await staff.sees(payment["id"], state="cancelled"))["standing"] == "not-charged"
        else:
            assert (await staff.sees(payment["id"], state="needs-staff"))["standing"] == "undecided"
            assert await staff.waiting() == [payment["id"]]
        await kiosk.shows("language")


async def test_no_paper_is_a_matter_of_staff(
    folder: Path,
    here: House,
    line: LossyProxy,
    staff: Staff,
) -> None:
    """The paper ends while somebody pays: staff are asked to give it back, and say so."""
    async with taking(folder, here, line.url, PATIENT) as kiosk:
        await to_pay(kiosk)
        payment = await staff.asked()
        await kiosk.printer.set(paper="out")
        await until(lambda: not kiosk.on.equipment.printer.ready)
        await staff.say(payment, "T-004711")
        await paying(kiosk, phase="undoing")
        back = await staff.asked("give-back")
        await staff.say(back, "T-004712")
        await paying(kiosk, phase="given-back")
        assert (await staff.sees(payment["id"], state="reversed"))["standing"] == "returned"
