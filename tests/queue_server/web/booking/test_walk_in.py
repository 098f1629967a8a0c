"""Beside the times: that people may come without an appointment, and how long they wait where that can be said."""

from tests.queue_server.web.booking.phone import Phone
from tests.queue_server.web.server import Centre


def test_a_centre_that_has_learned_nothing_says_only_that_people_may_come(centre: Centre) -> None:
    said = Phone(centre.server.address, centre.id).times("uto-certificate-of-life").text
    assert "You can also come without an appointment." in said
