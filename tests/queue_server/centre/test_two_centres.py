"""What a device of one centre says never changes what another centre shows."""

from queue_server import ticket_token
from queue_server.accounts.tokens import ticket_key
from queue_server.domain.values import VisitId, new_id
from queue_server.vault.keys import Keys
from tests.queue_server.house import TICKET, House


async def test_an_id_that_another_centre_uses_too_hides_no_ticket(here: House) -> None:
    """Ids come from devices, and stand in the address on the paper: somebody else's kiosk can copy one."""
    pages = []
    ident = new_id()
    for centre in ("demo", "harbour"):
        kiosk, device = await here.device("kiosk", centre=centre)
        services = (await kiosk.get(f"/centres/{centre}/services")).body["services"]
        issued = await kiosk.post(f"/centres/{centre}/visits", TICKET | {"id": ident, "services": [services[0]["id"]]})
        assert issued.status == 201
        key = ticket_key(here.server[Keys].tickets, device.id)
        pages.append((f"/t/{ticket_token.make(VisitId(ident), key)}", issued.body["visit"]["code"]))
    for path, code in pages:
        shown = await here.anonymous().get(path)
        assert (shown.status, f"<b>{code[1:]}</b>" in shown.body) == (200, True)
