"""Who sees to an alarm, and the button for whoever wants to."""

from collections.abc import Mapping

import msgspec
from markupsafe import Markup

from queue_server.domain.values import StaffId
from queue_server.early_warnings.model import Episode
from queue_server.framework.parts import RoomAct
from queue_server.web.times import Clockface
from queue_server.web.wording import MarkupTranslations


class WhoTakes(msgspec.Struct, frozen=True):
    """Who reads an alarm: ``api`` is the address of their centre's API, ``names`` are those of its staff."""

    words: MarkupTranslations
    clock: Clockface
    api: str
    me: StaffId | None
    names: Mapping[StaffId, str]

    def taken(self, episode: Episode | None) -> Markup:
        """Say who sees to it; nothing where nobody does."""
        _ = self.words
        if episode is None or episode.taken_by is None or episode.taken_at is None:
            return Markup()
        time = self.clock.hhmm(episode.taken_at)
        if episode.taken_by == self.me:
            return _("You do it, since %(time)s", time=time)
        who = self.names.get(episode.taken_by)
        return (
            _("Somebody does it, since %(time)s", time=time)
            if not who
            else _("%(who)s does it, since %(time)s", who=Markup("<bdi>{}</bdi>").format(who), time=time)
        )

    def acts(self, name: str, episode: Episode | None, among: str = "warnings") -> tuple[RoomAct, ...]:
        """Give the button with which this reader takes it, or gives it back; ``among`` what the API knows it."""
        _, url = self.words, f"{self.api}/{among}/{name}"
        holder = None if episode is None else episode.taken_by
        moment = "" if episode is None else f"{episode.began_at}:{episode.taken_at}"
        if holder is None:
            return (RoomAct(f"take-{name}", _("I do it"), f"{url}/take", f"take:{name}:{moment}"),)
        if holder == self.me:
            label = _("I do not do it after all")
            return (RoomAct(f"give-back-{name}", label, f"{url}/give-back", f"give-back:{name}:{moment}"),)
        return (RoomAct(f"take-{name}", _("I do it instead"), f"{url}/take", f"take:{name}:{moment}"),)
