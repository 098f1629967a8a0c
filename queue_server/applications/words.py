"""What staff and auditors read of applications."""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "application-unknown": _("There is no application with this reference here."),
        "application-move": _("The application cannot go there from where it is now."),
        "application-service": _("The visit did not come for this service."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done to an application."""
    return {
        "application-opened": _("Application opened"),
        "application-moved": _("Application moved on"),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals, deeds=deeds)
