"""The words of what people bring: lines, people, and how each thing stands. Pure."""

from markupsafe import Markup

from queue_server.contract.base import Names
from queue_server.contract.catalogue import BandView
from queue_server.contract.requirements import RequirementView
from queue_server.domain.requirements import RequiredForm, RequirementStatus
from queue_server.domain.tariff import PARTY
from queue_server.domain.values import BandId
from queue_server.framework.words import PageTranslations


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


def form(_: PageTranslations, value: RequiredForm) -> Markup:
    """Say which form of a document is wanted."""
    return {
        RequiredForm.ORIGINAL: _("the original"),
        RequiredForm.COPY: _("a copy is enough"),
        RequiredForm.EITHER: _("the original or a copy"),
    }[value]


def wanted(_: PageTranslations, line: RequirementView, language: str) -> Markup:
    """Say what of a thing is wanted: which form, what more, and when at all."""
    parts = [] if line.form is None else [form(_, line.form)]
    if line.translated:
        parts.append(_("with a translation"))
    parts += [Markup.escape(text) for names in (line.note, line.only) if (text := name(names, language))]
    return _(", ").join(parts)


def name(names: Names, language: str) -> str:
    return names.get(language) or names.get("en") or ""


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
