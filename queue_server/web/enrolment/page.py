"""What the page shows on which a manager adds a device."""

import msgspec
from markupsafe import Markup


class CodeCard(msgspec.Struct, frozen=True):
    """A code that can be used: ``text`` is all that a device needs, ``qr`` the same as a picture (SVG)."""

    head: Markup
    text: str
    qr: Markup
    until: Markup
    do: Markup
    file: str


class EnrolmentPage(msgspec.Struct, frozen=True):
    """``kinds`` are what can be added, by their names here; ``said`` is what became of the last code, or is wrong.

    ``address`` is how devices reach the server, empty where no setting says that.
    """

    kinds: tuple[tuple[str, str, Markup], ...]
    address: str
    said: Markup = Markup()
    is_well: bool = False
    made: str = ""
    card: CodeCard | None = None
