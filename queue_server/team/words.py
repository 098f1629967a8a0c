"""What staff read of what is refused of notes, messages and breaks."""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "staff-text": _("It says nothing, or it is too long."),
        "break-unknown": _("No break is due for you now."),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals)
