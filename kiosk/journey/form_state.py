"""How it stands with a form that the server is asked for, or that does not go on: one page for all such steps."""

from typing import Literal

from kiosk.journey.page import JourneyPage

type FormStanding = Literal["asking", "away", "not-opened", "slowed", "answers", "gone", "refused", "declined"]


class FormstatePage(JourneyPage, frozen=True):
    """How it stands: ``asking``, or why it does not go on. ``saving``: what was answered is to be kept.

    ``declined``: a purpose without which there is no form was refused. ``wait_min``: nothing is tried for so long.
    ``ticket``: they have a number, and can go on without the form.
    """

    found: FormStanding = "asking"
    saving: bool = False
    wait_min: int = 0
    ticket: bool = False
