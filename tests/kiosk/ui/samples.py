"""Every page, with models as crowded as a centre can make them. Made-up governments, people and places."""

from collections.abc import Callable

from kiosk.journey.page import JourneyPage
from kiosk.kit.translations import PSEUDO
from tests.kiosk.ui.booking_samples import booking_ahead
from tests.kiosk.ui.check_in_samples import check_in
from tests.kiosk.ui.chip_samples import chips
from tests.kiosk.ui.choosing_samples import choosing, families
from tests.kiosk.ui.closed_samples import closed
from tests.kiosk.ui.collection_samples import collection
from tests.kiosk.ui.form_samples import forms
from tests.kiosk.ui.payment_samples import payments
from tests.kiosk.ui.reading_samples import bring, information
from tests.kiosk.ui.sample_centre import CENTRE, sample_centre
from tests.kiosk.ui.technician_samples import technicians
from tests.kiosk.ui.ticket_samples import tickets


def pages(language: str) -> dict[str, JourneyPage]:
    """Every page and variant by the name of its picture; the catalogue speaks English where ``language`` is none."""
    here = sample_centre(language)
    return {
        **choosing(here),
        **chips(here),
        **tickets(here),
        **payments(here),
        **closed(here),
        **technicians(here),
        **information(here.spoken, here.centre),
        **forms(here),
        **booking_ahead(here.centre, here.chosen[0].service, here.chosen[1].service),
        **bring(here.spoken, here.centre),
        **collection(here.centre),
        **check_in(here.centre, here.stops, families(here.spoken)),
    }


def drafted(say: Callable[[str, str, str], str]) -> Callable[[str, str, str], str]:
    """Speak for languages that the kiosk has no words of yet, at the length of English: for pages in many languages."""

    def speak(language: str, context: str, text: str) -> str:
        said = say(language, context, text)
        return said if language in (*CENTRE, PSEUDO) or not text else f"{text} {language}"

    return speak
