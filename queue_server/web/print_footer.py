"""The foot of papers that a browser prints: where the centre is, and when it is open. As on a kiosk's. Pure."""

from babel.dates import get_day_names
from msgspec import Struct

from queue_server.contract.catalogue import CentreView, always_open, day_runs
from queue_server.web.view_context import PageReader

_TO = "\N{EN DASH}"


class HoursLine(Struct, frozen=True):
    """Days that have the same hours, and these."""

    days: str
    spans: str


class Foot(Struct, frozen=True):
    """``address`` is empty where none is set up; ``always`` stands for hours that never end."""

    address: str
    hours: tuple[HoursLine, ...]
    always: bool

    @property
    def lines(self) -> int:
        return bool(self.address) + len(self.hours) + self.always


def foot_of(centre: CentreView, reader: PageReader) -> Foot:
    """Say it in the reader's language."""
    address = centre.address.get(reader.language) or centre.address.get("en", "")
    if always_open(centre.week):
        return Foot(address, (), always=True)
    names = get_day_names("abbreviated", context="stand-alone", locale=reader.clock.locale)
    runs = day_runs(centre.week)
    hours = tuple(
        HoursLine(_TO.join(names[day] for day in sorted({one.first, one.last})), ", ".join(one.spans).replace("-", _TO))
        for one in runs
    )
    return Foot(address, hours, always=False)
