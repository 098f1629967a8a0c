"""How far it is with paying, as the page shows it."""

from typing import Literal

import msgspec

type Paying = Literal[
    "checking",
    "paying",
    "asking",
    "undoing",
    "printing",
    "offer",
    "paid",
    "not-paid",
    "given-back",
    "going-back",
    "staff",
    "broken",
]


class Checkout(msgspec.Struct, frozen=True):
    """How far it is with paying.

    ``phase``: what goes on, or how it ended (``kiosk.payment.progress.Phase``). ``progress``: what the terminal waits
    for or does (``peripherals.payment.port.Progress``), empty where it has not said. ``reason``: ``declined``,
    ``cancelled`` or ``failed`` where it was not paid, else a stable code of why it did not go well.
    ``card``: it was ``read``, or ``accepted``: the person is asked for nothing more, and stops nothing any more.
    ``paper`` is the ticket's: ``none``, ``taken``, or ``cut`` where nobody knows. ``claim`` is what to say to staff
    where only they can settle it, ``claim_paper`` whether it is on a slip. ``may_cancel``: an end can still be asked
    for.
    """

    phase: Paying = "checking"
    progress: str = ""
    reason: str = ""
    visit: str = ""
    code: str = ""
    paper: Literal["none", "taken", "cut"] = "none"
    claim: str = ""
    claim_paper: bool = False
    may_cancel: bool = False
    card: Literal["", "read", "accepted"] = ""
