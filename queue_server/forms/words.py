"""What staff and auditors read of forms."""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "form-unknown": _("This form is not used here any more."),
        "filled-form-unknown": _("What was filled in is wiped, or belongs to another visit."),
        "form-appointment-unknown": _("This appointment is over, or it is not at this centre."),
        "form-answers": _("An answer is missing or cannot be right. Look at what is marked."),
        "form-consent-unknown": _("This form was changed. Load the page again."),
        "form-consent-missing": _("Without this consent the form cannot be saved."),
        "form-pin": _("Choose 6 to 8 digits that nobody guesses: no row and not always the same."),
        "form-not-opened": _("Code and PIN do not open a form. Look at both again. It may also be wiped already."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done with a form."""
    return {
        "form-saved": _("A form was filled in"),
        "form-consent-given": _("Consent was given"),
        "form-consent-withdrawn": _("Consent was withdrawn"),
        "form-answers-replaced": _("Answers of a form were stored anew"),
        "form-wiped": _("Answers of a form were wiped"),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals, deeds=deeds)
