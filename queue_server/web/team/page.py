"""What the pages of one's own day and of the teams show, as frozen values. Times are written out."""

from typing import Literal

import msgspec
from markupsafe import Markup

from queue_server.domain.values import CounterId


class BreakLine(msgspec.Struct, frozen=True):
    """A planned break: when (left to right in every language), and how it stands."""

    span: Markup
    text: Markup
    is_due: bool


class MessageLine(msgspec.Struct, frozen=True):
    """A message: what it says, who wrote it when; ``read`` says when its reader has read it, empty before."""

    id: str
    text: str
    head: Markup
    read: Markup


class OwnDayPage(msgspec.Struct, frozen=True):
    """``held`` says that messages come when the visit at the counter is finished; empty where none wait."""

    head: Markup
    served: int
    mean: Markup
    breaks: tuple[BreakLine, ...]
    no_break: Markup
    messages: tuple[MessageLine, ...]
    held: Markup
    wiped: Markup
    back: str


class CounterRow(msgspec.Struct, frozen=True):
    """A counter of a team. ``served`` and ``mean`` are empty but where the centre shows figures of single counters."""

    id: CounterId
    plate: str
    state: Literal["open", "busy", "paused", "closed"]
    who: str
    doing: Markup
    served: Markup
    mean: Markup


class TeamPanel(msgspec.Struct, frozen=True):
    """A team: who waits for it, what it has served today, and its counters in the order of the set-up."""

    id: str
    name: Markup
    waiting: Markup
    longest: Markup
    overdue: Markup
    served: Markup
    counters: tuple[CounterRow, ...]


class SentLine(msgspec.Struct, frozen=True):
    """A message as those who may write see it: for whom it is, and who has read it when."""

    id: str
    text: str
    head: Markup
    to: Markup
    reads: Markup
    waits: Markup


class TeamOption(msgspec.Struct, frozen=True):
    value: str
    text: Markup


class TeamsPage(msgspec.Struct, frozen=True):
    """``new`` names the message that may be written next."""

    teams: tuple[TeamPanel, ...]
    figures_of_counters: bool
    to: tuple[TeamOption, ...]
    sent: tuple[SentLine, ...]
    new: str
