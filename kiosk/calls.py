"""Calls for staff, a person's and the kiosk's own: each is one call, however often it is sent."""

from collections.abc import Callable

from kiosk.journey import events as e
from kiosk.server import HelpSent, Link
from queue_server.values import HelpKind, new_id


class Calls:
    """For one kiosk; ``post`` tells the journey how far a person's call is."""

    def __init__(self, post: Callable[[e.Event], None]) -> None:
        self._post = post
        self._keys: dict[tuple[int, int], str] = {}
        self._told: set[HelpKind] = set()
        self.link: Link | None = None

    def call(self, asked: e.CallHelp) -> None:
        def told(sent: HelpSent) -> None:
            self._post(e.HelpAnswered(asked.number, asked.call, sent))

        if self.link is None:
            told("away")
            return
        key = self._keys.setdefault((asked.number, asked.call), new_id())
        self.link.call_help(asked.kind, key, told)

    def tell(self, kind: HelpKind) -> None:
        """Tell staff what the kiosk needs, once until it is ``mended``."""
        if self.link is None or kind in self._told:
            return
        self._told.add(kind)

        def told(sent: HelpSent) -> None:
            if sent == "away":
                self._told.discard(kind)

        self.link.call_help(kind, new_id(), told)

    def mended(self, kind: HelpKind) -> None:
        """Take note that the kiosk has what it needed."""
        self._told.discard(kind)

    def forget(self) -> None:
        """Tell nobody any more: the person has left."""
        self._keys.clear()
        if self.link is not None:
            self.link.forget_help()
