"""The keys of whoever waits for a chosen item: how they are told, a message anew, and that staff told them. Pure."""

from markupsafe import Markup

from queue_server.custody.values import ENDED, ItemState
from queue_server.web.counter.page import ActionKey
from queue_server.web.custody.custody_query import ReachState
from queue_server.web.custody.recall_reading import RecallRead, WaitedFor
from queue_server.web.wording import MarkupTranslations


def recall_keys(_: MarkupTranslations, read: RecallRead, api: str) -> tuple[ActionKey, ...]:
    """Give them; one that does nothing now says why."""
    one, why = read.chosen, _why_not(_, read.chosen)
    is_here = one is not None and one.item.state not in ENDED
    is_ready = one is not None and one.item.state is ItemState.READY
    is_known = read.contact is not None
    unheard = one is not None and one.reach in {ReachState.UNREACHED, ReachState.NO_WAY}

    def press(act: str, icon: str, label: Markup, cap: str, note: Markup, *, ready: bool) -> ActionKey:
        if one is None:
            return ActionKey(act, icon, label, note, cap, cap, ready=False)
        url = f"{api}/custody/items/{one.item.id}/contact/{act}"
        slot = f"{act}:{one.item.id}:{sum(each.seq for each in one.told)}"
        return ActionKey(act, icon, label, note, cap, cap, ready=ready, url=url, slot=slot)

    return (
        ActionKey(
            "contact",
            "pen",
            _("How they are told…"),
            _("e-mail, telephone, language") if is_here else why,
            "F2",
            "F2",
            ready=is_here,
            primary=is_here and (unheard or not is_ready),
            dialog="contact",
        ),
        press(
            "send",
            "submit",
            _("Send it anew"),
            "F3",
            _not_sent(_, read) or why or _("another message"),
            ready=is_ready and not _not_sent(_, read),
        ),
        press("notified", "talk", _("We told them"), "F4", why or _("by a call, or here"), ready=is_ready),
        ActionKey(
            "no-contact",
            "x",
            _("Tell them nothing…"),
            (_("where they ask for it") if is_known else _("nobody knows how")) if is_here else why,
            "F6",
            "F6",
            ready=is_here and is_known,
            dialog="no-contact",
        ),
    )


def _why_not(_: MarkupTranslations, one: WaitedFor | None) -> Markup:
    """Say why nobody is told of an item now; "" where they are."""
    if one is None:
        return _("choose a document first")
    if one.item.state in ENDED:
        return _("it has left for good")
    return Markup() if one.item.state is ItemState.READY else _("it is not ready")


def _not_sent(_: MarkupTranslations, read: RecallRead) -> Markup:
    """Say why no message can be sent anew, of an item that is ready; "" where one can."""
    if read.chosen is None or read.chosen.item.state is not ItemState.READY:
        return Markup()
    if read.contact is None:
        return _("nobody knows how")
    return _("a message waits already") if read.chosen.reach is ReachState.UNDER_WAY else Markup()
