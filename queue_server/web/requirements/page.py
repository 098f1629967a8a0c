"""What pages show of what people bring, as frozen values: built by the presenter beside, drawn by the templates."""

import msgspec
from markupsafe import Markup


class Cell(msgspec.Struct, frozen=True):
    """One thing of one person; ``id`` is empty where this person does not need it.

    ``body`` is what is sent with a status beside it, ``seq`` names the tick, 0 where there is none. ``label`` is what
    is read out, ``says`` that they did not say at the kiosk that they have it.
    """

    id: str = ""
    body: str = "{}"
    seq: int = 0
    status: str = ""
    text: Markup = Markup()
    icon: str = "dash"
    tone: str = ""
    says: bool = False
    label: Markup = Markup()


class Row(msgspec.Struct, frozen=True):
    """A line of the list, with a cell for each column; ``service`` where the list is of several."""

    name: str
    wanted: Markup
    service: str
    cells: tuple[Cell, ...]


class MissingLine(msgspec.Struct, frozen=True):
    """What is missing, and whose it is."""

    name: str
    wanted: Markup
    whose: Markup
    text: Markup


class ChecklistPart(msgspec.Struct, frozen=True):
    """The list of a visit: ``columns`` are its people, ``line`` says how it stands.

    ``gate`` names the next step that needs a complete list, empty where none does; ``accepted``: staff let them go on.
    ``missing_body`` is what is accepted as missing; ``owners`` say who answers for the list.
    """

    visit: str
    code: str
    url: str
    print_url: str
    head: Markup
    line: Markup
    tone: str
    icon: str
    said: Markup
    columns: tuple[Markup, ...]
    rows: tuple[Row, ...]
    missing: tuple[MissingLine, ...]
    missing_body: str
    gate: Markup
    owners: tuple[Markup, ...]
