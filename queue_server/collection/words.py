"""What staff and auditors read of collection."""

from typing import Final, NamedTuple

from markupsafe import Markup

from queue_server.collection.values import ProofWay
from queue_server.framework.words import PageTranslations, Vocabulary


class SlowedText(NamedTuple):
    """What a manager reads of a kiosk at which proofs are wrong."""

    head: Markup
    since: Markup
    todo: Markup


def slowed(_: PageTranslations, way: ProofWay, kiosk: Markup, time: str) -> SlowedText:
    head = (
        _("Wrong codes are typed at %(kiosk)s", kiosk=kiosk)
        if way is ProofWay.CODE
        else _("Documents for which nothing is here are shown at %(kiosk)s", kiosk=kiosk)
    )
    todo = _("See who stands there. The next try has to wait there; the counters and other kiosks go on.")
    return SlowedText(head, _("last at %(time)s", time=time), todo)


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "authority-unknown": _("There is no such entry here any more. Load the page again."),
        "authority-date": _("Write a date from today on, and not too far ahead."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done with a document, or at a kiosk."""
    return {
        "authority-recorded": _("Somebody else may collect"),
        "authority-withdrawn": _("Somebody else may collect no more"),
        "proofs-slowed": _("Too many wrong codes or documents at a kiosk"),
        "collection-code-made": _("One-time code made by hand"),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals, deeds=deeds)
