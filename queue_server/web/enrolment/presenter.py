"""Turns a code that was made into what its page shows. Pure but for the drawing of its picture."""

from typing import Final

from markupsafe import Markup

from queue_server.contract.enrolment_text import EnrolmentText
from queue_server.domain.values import Micros
from queue_server.web.enrolment.made_code import MadeCode
from queue_server.web.enrolment.page import CodeCard, EnrolmentPage
from queue_server.web.view_context import PageReader
from queue_server.web.wording import MarkupTranslations

#: Devices that a manager adds, each with its icon.
KINDS: Final = {"kiosk": "kiosk", "screen": "screen", "locker": "lock"}


def page(
    reader: PageReader, address: str, authority: str, sealed: str, made: MadeCode | None, *, is_alive: bool, now: Micros
) -> EnrolmentPage:
    """Show the form, and under it the code that was made last. ``authority`` is the fingerprint, "" for none."""
    _ = reader.words
    labels = _kinds(_)
    kinds = tuple((kind, icon, labels[kind]) for kind, icon in KINDS.items())
    plain = EnrolmentPage(kinds, address)
    if made is None or not address:
        return plain
    name = Markup("<bdi>{}</bdi>").format(made.name)
    if not is_alive and now < made.ends:
        return EnrolmentPage(
            kinds, address, _("%(name)s is enrolled. The code has been used.", name=name), is_well=True
        )
    if not is_alive:
        return EnrolmentPage(
            kinds, address, _("The time for the code of %(name)s is over. Make another one.", name=name)
        )
    text = EnrolmentText(address, made.code, authority).written()
    until = Markup('<time dir="ltr">{}</time>').format(reader.clock.hhmm(made.ends))
    card = CodeCard(
        head=_("Enrol %(name)s", name=name),
        text=text,
        qr=_qr(text),
        until=_("It works once, until %(time)s. It goes from this page when it has been used.", time=until),
        do=_("Take the file to the machine, and start it with it."),
        file=file_name(made),
    )
    return EnrolmentPage(kinds, address, made=sealed, card=card)


def file_name(made: MadeCode) -> str:
    """Name the file of a text by what it is for."""
    return f"{made.kind}.enrol"


def wrong_name(reader: PageReader, plain: EnrolmentPage) -> EnrolmentPage:
    """Say that the device has no name by which people find it."""
    said = reader.words("Write where it stands, in one line: so people find it.")
    return EnrolmentPage(plain.kinds, plain.address, said)


def _kinds(_: MarkupTranslations) -> dict[str, Markup]:
    return {"kiosk": _("A kiosk"), "screen": _("A board"), "locker": _("A bank of lockers")}


def _qr(text: str) -> Markup:
    # It takes 4 ms to load, when somebody adds a device.
    import segno  # noqa: PLC0415

    drawn = segno.make(text, error="m", micro=False).svg_inline(border=4, svgclass="qr", lineclass="", omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn by segno from a text that we have written
