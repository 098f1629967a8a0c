"""The form in which it is written down how somebody is told. Pure; what was written before is shown to nobody."""

from queue_server.notices.contacts import KnownContact
from queue_server.web.audit.page import SelectOption
from queue_server.web.custody.page import ContactForm
from queue_server.web.site import LANGUAGES, choose_language, language_name
from queue_server.web.view_context import StaffView


def contact_form(look: StaffView, item_url: str, known: KnownContact | None) -> ContactForm:
    """Make it for an item, whose address in the API is given."""
    return ContactForm(f"{item_url}/contact", languages(look, "" if known is None else known.language))


def languages(look: StaffView, known: str = "") -> tuple[SelectOption, ...]:
    """List the languages of messages, for the reader and in itself; ``known`` is chosen, else that of the centre."""
    chosen = known if known in LANGUAGES else choose_language(look.known.catalogue.centre.languages)
    named = {one: dict.fromkeys((look.spoken(one), language_name(one))) for one in LANGUAGES}
    return tuple(SelectOption(one, " \N{MIDDLE DOT} ".join(named[one]), one == chosen) for one in LANGUAGES)
