"""What a page knows of the card, from what the terminal says one after the other."""

import pytest

from kiosk.payment.progress import CardState, card_after
from peripherals.payment.port import Progress


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ([], ""),
        (["wait", "present-card", "wait"], ""),
        (["insert-card", "enter-pin"], ""),
        (["present-card", "authorising"], "read"),
        (["present-card", "authorising", "wait"], "read"),
        (["present-card", "authorising", "remove-card"], "read"),
        (["present-card", "authorising", "enter-pin"], ""),
        (["authorising", "card-not-accepted", "present-card"], ""),
        (["authorising", "declined"], "read"),
        (["authorising", "approved", "choose", "remove-card", "wait"], "accepted"),
    ],
)
def test_the_card_was_read_until_the_person_is_asked_again(said: list[str], known: str) -> None:
    card = CardState.NONE
    for one in said:
        card = card_after(card, Progress(one))
    assert card == known
