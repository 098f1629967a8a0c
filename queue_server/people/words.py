"""What managers read of the lists with which seals are checked."""

from typing import Final

from queue_server.framework.words import ConditionText, PageTranslations, Vocabulary
from queue_server.people.conditions import TRUST_INVALID, TRUST_OUTDATED


def _unread(_: PageTranslations, authorities: int) -> ConditionText:
    del authorities
    return ConditionText(
        _("The lists with which seals are checked cannot be read"),
        _("Call a technician. What was known before still counts."),
    )


def _due(_: PageTranslations, days: int) -> ConditionText:
    head = _.ngettext(
        "The lists with which seals are checked grow old: one is of %(count)s day ago",
        "The lists with which seals are checked grow old: one is of %(count)s days ago",
        days,
    )
    return ConditionText(
        head, _("Ask a technician for newer ones within a week: without them new papers cannot be checked.")
    )


VOCABULARY: Final = Vocabulary(conditions={TRUST_INVALID.code: _unread, TRUST_OUTDATED.code: _due})
