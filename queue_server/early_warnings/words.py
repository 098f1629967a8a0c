"""What managers read when a warning is gone before they take it."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from queue_server.early_warnings.errors import WarningOverError
from queue_server.framework.words import PageTranslations, Vocabulary


def _refusals(_: PageTranslations) -> Mapping[str, Markup]:
    return {WarningOverError.code: _("This alarm is over. Nobody has to do anything.")}


def _deeds(_: PageTranslations) -> dict[str, Markup]:
    return {
        "alarm-taken": _("Took an alarm"),
        "alarm-given-back": _("Gave an alarm back"),
    }


VOCABULARY: Final = Vocabulary(refusals=_refusals, deeds=_deeds)
