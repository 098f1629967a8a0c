"""One row of the booth: a document, what the person reads of it, and what staff read and do."""

from dataclasses import dataclass

from tests.journeys.booth.counter import Check, Line
from tests.journeys.booth.documents import Make
from tests.journeys.booth.said import Said
from tests.journeys.booth.screen import Page


@dataclass(frozen=True, slots=True)
class Row:
    """``person`` is None where the kiosk goes on without a word, ``face`` where nothing stands in its place.

    ``checks`` are those that did not pass, were not made, or are unusual, as they stand in the dialog. ``hasty``: at a
    kiosk that has no time for faces.
    """

    about: str
    state: str
    make: Make
    person: Said[Page] | None
    line: Said[Line]
    face: Said[Line] | None = None
    checks: tuple[Said[Check], ...] = ()
    hasty: bool = False
