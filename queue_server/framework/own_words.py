"""Words of what is no room's: what the API itself refuses, and what ails the machine."""

from typing import Final

from markupsafe import Markup

from queue_server.conditions import AUTHORITY_ENDS, CERTIFICATE_ENDS, CLOCK_JUMPED, DISK_LOW, WORK_STALLED
from queue_server.domain.values import HOUR, SECOND
from queue_server.framework.words import ConditionText, PageTranslations, Vocabulary

_MINUTE: Final = 60
_DAY: Final = 24 * HOUR // SECOND


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "body-invalid": _("Something is missing, or is too long."),
        "not-permitted": _("You may not do this here."),
        "csrf-token-wrong": _("This page is from an earlier sign-in. Load it again."),
        "foreign-origin": _("This page was opened under another address. Load it again."),
    }


def _clock(_: PageTranslations, seconds: int) -> ConditionText:
    apart = abs(seconds)
    if apart >= _DAY:
        count = apart // _DAY
        head = _.ngettext(
            "The server's clock is wrong by %(count)s day", "The server's clock is wrong by %(count)s days", count
        )
    else:
        count = apart // _MINUTE
        head = _.ngettext(
            "The server's clock is wrong by %(count)s minute",
            "The server's clock is wrong by %(count)s minutes",
            count,
        )
    return ConditionText(
        head, _("The centre goes on with the right time. Call a technician: they set the clock right.")
    )


def _disk(_: PageTranslations, free: int) -> ConditionText:
    return ConditionText(
        _("The server's disk is almost full: %(count)s MB are left", count=free),
        _("Call a technician today. When it is full no ticket can be issued."),
    )


def _certificate(_: PageTranslations, days: int) -> ConditionText:
    head = _.ngettext(
        "The server's certificate ends in %(count)s day", "The server's certificate ends in %(count)s days", days
    )
    return ConditionText(head, _("Call a technician: after that day no kiosk, screen or browser can connect."))


def _authority(_: PageTranslations, days: int) -> ConditionText:
    head = _.ngettext(
        "The certificate by which kiosks and screens know the server ends in %(count)s day",
        "The certificate by which kiosks and screens know the server ends in %(count)s days",
        days,
    )
    return ConditionText(head, _("Call a technician: they make a new one while kiosks and screens are switched on."))


def _stalled(_: PageTranslations, pieces: int) -> ConditionText:
    del pieces
    return ConditionText(
        _("Part of the server's work has stopped"),
        _("Call a technician: the server's log says which part. Tickets and calls go on."),
    )


VOCABULARY: Final = Vocabulary(
    refusals=refusals,
    conditions={
        CLOCK_JUMPED.code: _clock,
        DISK_LOW.code: _disk,
        CERTIFICATE_ENDS.code: _certificate,
        AUTHORITY_ENDS.code: _authority,
        WORK_STALLED.code: _stalled,
    },
)
