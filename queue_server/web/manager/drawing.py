"""Gathers what the templates of the manager page need: the view model and the fixed words around it. Pure."""

from typing import Any

from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.centre.views import cursor
from queue_server.domain.values import NoticePlace
from queue_server.web import staff
from queue_server.web.manager import notices, words
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import ManagerPage
from queue_server.web.manager.rules import ManagerRules
from queue_server.web.rules import PageRules
from queue_server.web.site import language_name
from queue_server.web.wording import MarkupTranslations

#: Most columns of steps beside each other.
_COLUMNS = 5


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    return (
        ("A", _("Announce something"), _("always")),
        ("S", _("Close a service for today, or give it again"), _("always")),
        ("T", _("Show today's curve as a table"), _("somebody has come, or usually does")),
        ("H", _("Take the first help call"), _("a help call is there")),
        ("?", _("All keys"), _("always")),
        ("1–9", _("Choose in a list"), _("in a dialog")),  # noqa: RUF001 - a range is written with a dash
    )


def values(
    page: ManagerPage, scene: ManagerView, session: Session, *, centre_name: str, rules: PageRules, own: ManagerRules
) -> dict[str, Any]:
    """Gather what the templates of the manager page need."""
    _ = scene.words
    rows = -(-len(page.columns) // _COLUMNS) or 1
    return {
        "page": page,
        "parts": {},
        "news": page.news,
        "helps": (),
        "band_do": _("These figures do not change until the connection is back. Go and look where it matters."),
        "api": scene.api,
        "across": -(-len(page.columns) // rows),
        "hold_ms": own.hold_ms,
        "pause_ms": own.pause_ms,
        "passes": "",
        "announcements": [(one.value, words.notice_text(_, one)) for one in notices.ANNOUNCEMENTS],
        "emergencies": [(one.value, words.notice_text(_, one)) for one in notices.EMERGENCIES],
        "places": [(one.value, words.notice_place(_, one)) for one in reversed(NoticePlace)],
        "durations": [(one, _.ngettext("%(count)s minute", "%(count)s minutes", one)) for one in notices.MINUTES],
        "spoken": [(one, language_name(one)) for one in scene.known.catalogue.centre.languages],
        "key_table": key_table(_),
        **staff.values(
            session,
            scene.reader,
            here="/manager",
            centre_name=centre_name,
            now=page.now,
            refresh_at=page.refresh_at,
            rules=rules,
            cursor=cursor(scene.state),
        ),
    }
