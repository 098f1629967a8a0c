"""A ticket that is shown at a kiosk: its mark is checked, and it leads to where its party goes on."""

import pytest

from queue_server import ticket_token
from queue_server.accounts import tokens
from queue_server.accounts.model import EnrolledDevice
from queue_server.domain.values import VisitId
from queue_server.vault.keys import Keys
from tests.queue_server.house import TICKET, Client, House

in_loop_of_module = pytest.mark.asyncio(loop_scope="module")


def token(here: House, visit: str, device: EnrolledDevice) -> str:
    return ticket_token.make(VisitId(visit), tokens.ticket_key(here.server[Keys].tickets, device.id))


async def issue(kiosk: Client, device: EnrolledDevice, number: int) -> str:
    assert device.series is not None
    code = f"{device.series.letter}{device.series.first + number:03}"
    issued = await kiosk.post("/centres/demo/visits", TICKET | {"code": code})
    assert issued.status == 201, issued
    return str(issued.body["visit"]["id"])


@in_loop_of_module
async def test_only_the_kiosk_that_issued_a_ticket_makes_its_mark(here: House) -> None:
    (kiosk, device), (other, another) = await here.device("kiosk"), await here.device("kiosk")
    visit = await issue(kiosk, device, 0)
    right = token(here, visit, device)
    for who in (kiosk, other):
        shown = await who.get(f"/centres/demo/tickets/{right}")
        assert (shown.status, shown.body["visit"]["id"]) == (200, visit)
    for wrong in (token(here, visit, another), right[:-22] + "A" * 22, right[:-1], "x", visit):
        assert (await kiosk.get(f"/centres/demo/tickets/{wrong}")).code == "visit-unknown"


@in_loop_of_module
async def test_a_merged_ticket_shows_where_its_party_goes_on(here: House) -> None:
    (kiosk, device), manager = await here.device("kiosk"), await here.manager()
    one, two = [await issue(kiosk, device, number) for number in range(2)]
    assert (await manager.post(f"/centres/demo/visits/{two}/merge", {"into": one})).status == 200
    shown = await kiosk.get(f"/centres/demo/tickets/{token(here, two, device)}")
    assert shown.body["visit"]["id"] == one
