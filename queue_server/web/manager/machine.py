"""What is wrong with the server's machine, in words for managers: what is so, and whom to call."""

from collections.abc import Callable

from markupsafe import Markup

from queue_server.conditions import Condition, ConditionCode
from queue_server.domain.values import HOUR, SECOND
from queue_server.web import wording
from queue_server.web.manager.page import AlarmRow
from queue_server.web.manager.scene import Scene

_MINUTES = 60
_DAY = 24 * HOUR // SECOND


def alarms(scene: Scene) -> tuple[AlarmRow, ...]:
    """List the conditions of this server as alarms."""
    return tuple(_row(scene, one) for one in scene.conditions if one.code in _WORDS)


def _row(scene: Scene, condition: Condition) -> AlarmRow:
    head, todo = _WORDS[condition.code](scene, condition.amount)
    return AlarmRow(
        id=condition.code, icon="alert", head=head, since=Markup(), todo=todo, said=wording.plain(head), bad=True
    )


def _clock(scene: Scene, seconds: int) -> tuple[Markup, Markup]:
    _, apart = scene.words, abs(seconds)
    if apart >= _DAY:
        count = apart // _DAY
        head = _.ngettext(
            "The server's clock is wrong by %(count)s day", "The server's clock is wrong by %(count)s days", count
        )
    else:
        count = apart // _MINUTES
        head = _.ngettext(
            "The server's clock is wrong by %(count)s minute",
            "The server's clock is wrong by %(count)s minutes",
            count,
        )
    return head, _("The centre goes on with the right time. Call a technician: they set the clock right.")


def _disk(scene: Scene, free: int) -> tuple[Markup, Markup]:
    _ = scene.words
    head = _("The server's disk is almost full: %(count)s MB are left", count=free)
    return head, _("Call a technician today. When it is full no ticket can be issued.")


def _certificate(scene: Scene, days: int) -> tuple[Markup, Markup]:
    _ = scene.words
    head = _.ngettext(
        "The server's certificate ends in %(count)s day", "The server's certificate ends in %(count)s days", days
    )
    return head, _("Call a technician: after that day no kiosk, screen or browser can connect.")


def _trust_unread(scene: Scene, authorities: int) -> tuple[Markup, Markup]:
    del authorities
    _ = scene.words
    head = _("The lists with which seals are checked cannot be read")
    return head, _("Call a technician. What was known before still counts.")


def _trust_due(scene: Scene, days: int) -> tuple[Markup, Markup]:
    _ = scene.words
    head = _.ngettext(
        "The lists with which seals are checked grow old: one is of %(count)s day ago",
        "The lists with which seals are checked grow old: one is of %(count)s days ago",
        days,
    )
    return head, _("Ask a technician for newer ones within a week: without them new papers cannot be checked.")


def _replaced(scene: Scene, streams: int) -> tuple[Markup, Markup]:
    del streams
    _ = scene.words
    head = _("The server's database is an older copy")
    return head, _("Kiosks tell it again what they gave and took since; what counters did since is lost.")


def _silent(scene: Scene, seconds: int) -> tuple[Markup, Markup]:
    _, count = scene.words, max(1, seconds // _MINUTES)
    head = _.ngettext(
        "The second machine has not kept the log's signature for %(count)s minute",
        "The second machine has not kept the log's signature for %(count)s minutes",
        count,
    )
    return head, _("Work goes on. Call a technician: until it is back nobody outside can prove what was recorded.")


def _stalled(scene: Scene, pieces: int) -> tuple[Markup, Markup]:
    del pieces
    _ = scene.words
    head = _("Part of the server's work has stopped")
    return head, _("Call a technician: the server's log says which part. Tickets and calls go on.")


_WORDS: dict[ConditionCode, Callable[[Scene, int], tuple[Markup, Markup]]] = {
    ConditionCode.CLOCK_LEAPT: _clock,
    ConditionCode.DISK_LOW: _disk,
    ConditionCode.CERTIFICATE_ENDS: _certificate,
    ConditionCode.DATABASE_REPLACED: _replaced,
    ConditionCode.TRUST_INVALID: _trust_unread,
    ConditionCode.TRUST_OUTDATED: _trust_due,
    ConditionCode.WITNESS_SILENT: _silent,
    ConditionCode.WORK_STALLED: _stalled,
}
