"""Beside the times: how long somebody waits who takes a number instead, where that can be said."""

import re

from playwright.sync_api import Browser

from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import Centre

COME = "You can also come without an appointment"
#: The reception is their first stop, the others' are the papers.
LIFE, RENEWAL, COPY = "uto-certificate-of-life", "uto-passport-renewal", "uto-certified-copy"


def test_how_long_a_walk_in_waits_is_said_once_counters_are_open(browser: Browser, centre: Centre) -> None:
    """What was said holds for a minute: so each look is for another service, or in another language."""
    phone = Phone(centre.server.address, centre.id)
    assert f"{COME}." in phone.times(LIFE).said
    with Desk(browser, centre) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        assert f"{COME}: whoever takes a number now is called soon." in phone.times(RENEWAL).said
        centre.crowd(4, COPY)
        said = phone.times(COPY).said
        found = re.search(rf"{COME}: whoever takes a number now waits (\d+)\N{{EN DASH}}(\d+) min\.", said)
        assert found is not None, said
        low, high = int(found[1]), int(found[2])
        # Four parties are before them, 70 minutes of one counter by the set-up.
        assert 30 <= low < 70 < high
        french = Phone(centre.server.address, centre.id, language="fr").times(COPY).said
        assert f"attend {low}\N{EN DASH}" in french
