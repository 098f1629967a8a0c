"""What people read of the codes of this room."""

from markupsafe import Markup

from queue_server.framework.words import ConditionText, PageTranslations, Vocabulary
from tests.queue_server.rooms.toy.conditions import CUPBOARD_FULL


def _refusals(_: PageTranslations) -> dict[str, Markup]:
    return {"found-unknown": _("There is no such thing here any more.")}


def _deeds(_: PageTranslations) -> dict[str, Markup]:
    return {"thing-found": _("Something was found"), "thing-given-back": _("A found thing was given back")}


def _full(_: PageTranslations, things: int) -> ConditionText:
    head = _.ngettext("The cupboard holds %(count)s thing", "The cupboard holds %(count)s things", things)
    return ConditionText(head, _("Empty it before you put more there."))


VOCABULARY = Vocabulary(refusals=_refusals, deeds=_deeds, conditions={CUPBOARD_FULL.code: _full})
