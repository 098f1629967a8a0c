"""The folder of a kiosk is copied to a second machine: both stop, one goes on, and gives no number of the other."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from kiosk.kit import fonts
from queue_server.accounts import starts
from queue_server.accounts.model import Role
from queue_server.contract.problems import Problem
from queue_server.domain.values import Micros
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.stand import Stand, stand
from tests.kiosk.app.test_app import enrol
from tests.queue_server.house import House


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


async def ticket(kiosk: Stand) -> str:
    """Take a ticket for whatever is chosen first; return its number."""
    for page, action, argument in (
        ("language", "language", "en"),
        ("identify", "no-document", ""),
        ("government", "choose", "UTO"),
        ("kind", "choose", "help"),
        ("service", "choose", "uto-evacuation"),
        ("more", "go-on", ""),
        ("confirm", "confirm", ""),
    ):
        await kiosk.shows(page)
        kiosk.act(action, argument)
    code = str((await kiosk.shows("ticket"))["code"])
    kiosk.act("done")
    return code


async def test_a_copy_of_a_running_kiosk_stops_both_until_somebody_has_chosen(here: House, tmp_path: Path) -> None:
    async with stand(tmp_path / "one", here.address) as one:
        await one.shows("setup")
        for digit in await here.enrol_code("kiosk"):
            one.act("digit", digit)
        one.act("submit")
        codes = [await ticket(one)]
        await asyncio.to_thread(shutil.copytree, tmp_path / "one", tmp_path / "two")
        codes.append(await ticket(one))
        async with stand(tmp_path / "two", here.address) as two:
            staff, _ = await here.staff(Role.MANAGER, None)
            # A kiosk that has to connect again gets a new sign: ask until screens and server agree.
            refused = ""
            while refused in {"", "device-machine-unknown"}:
                signs = [(await kiosk.shows("closed", reason="copied"))["sign"] for kiosk in (one, two)]
                devices: list[dict[str, Any]] = (await staff.get("/centres/demo/devices")).body["devices"]
                (device,) = [found for found in devices if found["machines"]]
                chosen = {start[:4].upper(): start for start in device["machines"]}
                if chosen.keys() == set(signs):
                    path = f"/centres/demo/devices/{device['id']}/resolve-copy"
                    answer = await staff.post(path, {"start": chosen[signs[1]]})
                    refused = "nothing" if answer.status == 200 else answer.code
            assert refused == "nothing"
            assert signs[0] != signs[1]
            codes.append(await ticket(two))
            assert (await one.shows("closed", reason="copied"))["sign"] == signs[0]
        assert len(set(codes)) == len(codes)


async def test_a_kiosk_that_is_cut_off_and_started_again_is_no_copy(tmp_path: Path) -> None:
    async with Centre() as centre:
        async with stand(tmp_path, centre.url) as kiosk:
            await enrol(kiosk)
        for _ in range(3):
            async with stand(tmp_path, centre.url) as kiosk:
                kiosk.running.cancel()
                await asyncio.wait({kiosk.running})
        async with stand(tmp_path, centre.url) as kiosk:
            await kiosk.walk_to_confirm()
            kiosk.act("confirm")
            await kiosk.shows("ticket", code="B001")
        assert centre.starts is not None
        assert centre.starts.copied_at is None


async def test_the_machine_that_stays_gives_no_number_before_it_knows_those_of_the_other(tmp_path: Path) -> None:
    async with Centre() as centre:
        async with stand(tmp_path, centre.url) as here:
            await enrol(here)
            await here.walk_to_confirm()
            here.act("confirm")
            await here.shows("ticket", code="B001")
            await until(lambda: centre.taken)
        assert centre.starts is not None
        centre.starts, _ = starts.accept(centre.starts, "other", ("elsewhere",), Micros(1))
        async with stand(tmp_path, centre.url) as here:
            await here.shows("closed", reason="copied")
            # The other one gave six more, and this one stays: it hears that before the server says any number.
            centre.highest[centre.day] = 7
            centre.refuse["series"] = Problem("about:blank", "no", 503, "not-ready")
        centre.starts = starts.choose(centre.starts, centre.starts.held, Micros(2))
        async with stand(tmp_path, centre.url) as here:
            asked = len(centre.bodies)
            await until(lambda: len(centre.bodies) > asked + 20)
            await here.shows("closed", reason="copied")
        # Nor does another start forget it.
        async with stand(tmp_path, centre.url) as here:
            asked = len(centre.bodies)
            await until(lambda: len(centre.bodies) > asked + 20)
            await here.shows("closed", reason="copied")
            del centre.refuse["series"]
            await here.walk_to_confirm()
            here.act("confirm")
            await here.shows("ticket", code="B008")


async def test_a_ticket_that_is_refused_because_of_a_copy_is_kept_until_somebody_has_chosen(tmp_path: Path) -> None:
    async with Centre() as centre:
        centre.refuse["visits"] = Problem("about:blank", "no", 403, "device-copied")
        async with stand(tmp_path, centre.url) as here:
            await enrol(here)
            await here.walk_to_confirm()
            here.act("confirm")
            await here.shows("ticket", code="B001")
            asked = len(centre.bodies)
            await until(lambda: len(centre.bodies) > asked + 5)
        assert not centre.taken
        # Over a start too.
        del centre.refuse["visits"]
        async with stand(tmp_path, centre.url):
            await until(lambda: centre.taken)
        assert [one.code for one in centre.taken] == ["B001"]
