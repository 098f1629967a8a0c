"""What auditors read of acts on the set-up."""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary


def _deeds(_: PageTranslations) -> dict[str, Markup]:
    return {
        "set-up-put-in-force": _("Put a set-up in force"),
        "set-up-put-back": _("Put an earlier set-up in force again"),
        "set-up-planned": _("Planned a set-up"),
        "set-up-plan-withdrawn": _("Withdrew a planned set-up"),
        "set-up-plan-taken-up": _("A planned set-up came into force"),
    }


VOCABULARY: Final = Vocabulary(deeds=_deeds)
