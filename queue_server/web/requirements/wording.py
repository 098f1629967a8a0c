"""The words of a checklist at a page: whose a thing is, and how it stands. Pure."""

from markupsafe import Markup

from queue_server.contract.catalogue import BandView
from queue_server.domain.requirements import RequirementStatus
from queue_server.domain.tariff import PARTY
from queue_server.domain.values import BandId
from queue_server.framework.words import PageTranslations
from queue_server.requirements.own_words import name


def status(_: PageTranslations, value: RequirementStatus | None) -> Markup:
    """Say how one thing stands; None: nobody has looked."""
    if value is None:
        return _("Not yet")
    return {
        RequirementStatus.SEEN: _("Seen"),
        RequirementStatus.DIFFERS: _("Differs"),
        RequirementStatus.MISSING: _("Missing"),
        RequirementStatus.WILL_BRING: _("Will bring"),
    }[value]


def person(
    _: PageTranslations, bands: tuple[BandView, ...], band: BandId, number: int, count: int, language: str
) -> Markup:
    """Name a person of a party, of whom nothing is known but the age; of all ``count`` it is the ``number``-th."""
    if band == PARTY:
        return _("All together")
    if count == 1:
        return _("The person")
    known = next((one for one in bands if one.id == band), None)
    said = _("Person %(number)s", number=number)
    return said if known is None else _("%(person)s (%(age)s)", person=said, age=name(known.name, language))
