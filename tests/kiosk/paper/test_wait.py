"""How long somebody waits, on the paper that they keep."""

from dataclasses import replace
from itertools import combinations

import pytest

from kiosk.journey.foreseen import ForeseenWait
from kiosk.kit.paper import draw_ticket
from kiosk.kit.papers import PaperTicket
from tests.kiosk.paper.pixels import fits
from tests.kiosk.paper.test_paper import ARABIC, ENGLISH, FRENCH

TICKETS = pytest.mark.parametrize("ticket", [ENGLISH, ARABIC, FRENCH], ids=["en", "ar", "fr"])


@TICKETS
@pytest.mark.parametrize("width", [576, 384])
def test_each_wait_is_said_in_its_own_way(ticket: PaperTicket, width: int) -> None:
    waits = (
        None,
        ForeseenWait(0, 5, "11:00"),
        ForeseenWait(20, 35, "11:30"),
        ForeseenWait(20, 40, "11:30"),
        ForeseenWait(20, 35, "11:40"),
        ForeseenWait(shut=True),
    )
    drawn = [draw_ticket(replace(ticket, wait=wait), width) for wait in waits]
    assert all(one.rows != other.rows for one, other in combinations(drawn, 2))
    assert all(one.height > drawn[0].height for one in drawn[1:])
    for image in drawn:
        fits(image)


@TICKETS
def test_whoever_may_not_be_reached_is_told_no_time(ticket: PaperTicket) -> None:
    shut = draw_ticket(replace(ticket, wait=ForeseenWait(shut=True)), 576)
    assert shut == draw_ticket(replace(ticket, wait=ForeseenWait(20, 35, "11:30", shut=True)), 576)
