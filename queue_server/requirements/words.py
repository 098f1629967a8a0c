"""What staff and auditors read of checklists."""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "requirement-unknown": _("Nobody of this party needs that any more. Look at the list again."),
        "requirement-mark-gone": _("Somebody has said something else of it since. Look at the list again."),
        "checklist-changed": _("Something else is missing now. Look at the list again."),
        "checklist-incomplete": _("Papers are missing that the next step needs."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done to a checklist."""
    return {
        "checklist-stated": _("Said at a kiosk what they have with them"),
        "requirement-checked": _("Something of the checklist looked at"),
        "requirement-reverted": _("Tick of the checklist taken back"),
        "incomplete-accepted": _("Sent on though something is missing"),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals, deeds=deeds)
