"""What a technician does at the kiosk, from the PIN to the address of a device."""

from typing import Literal

import msgspec

type View = Literal["main", "more", "addresses"]


class Trial(msgspec.Struct, frozen=True):
    """A test that a technician makes; ``code`` is a failure code where it ended badly.

    ``stands``: it ended well, and something else does not work now.
    """

    what: Literal["print", "roll", "reader", "chip", "scanner", "terminal"]
    state: Literal["running", "good", "stands", "bad"] = "running"
    code: str = ""


class Bench(msgspec.Struct, frozen=True):
    """What a technician does here: ``entered`` is a PIN or the address of ``part``, which is empty for a PIN.

    ``problem`` is a failure code, ``pin-wrong`` or ``pin-wait``: then ``wait_min`` minutes must pass.
    """

    entered: str = ""
    checking: bool = False
    problem: str = ""
    wait_min: int = 0
    part: str = ""
    view: View = "main"
    trial: Trial | None = None
