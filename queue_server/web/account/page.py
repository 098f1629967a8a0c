"""What the page of an account shows."""

import msgspec
from markupsafe import Markup

from queue_server.accounts.factors import FactorId
from queue_server.accounts.model import SessionId


class SessionLine(msgspec.Struct, frozen=True):
    """A session: where, in what, since when, used when last; ``here`` is the one that looks at it."""

    id: SessionId
    where: Markup
    within: Markup
    since: Markup
    used: Markup
    here: bool


class NewsLine(msgspec.Struct, frozen=True):
    """What happened at sign-ins: what, in which browser, when last."""

    head: Markup
    within: Markup
    when: Markup


class FactorLine(msgspec.Struct, frozen=True):
    """A second factor: what it is, since when, used when last."""

    id: FactorId
    name: Markup
    icon: str
    since: Markup
    used: Markup
