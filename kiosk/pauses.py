"""Pauses between tries of what does not work now: each twice as long as the one before."""


class Pauses:
    """``first`` is whether it works, so that its failing is news: one line in the log is enough for an outage."""

    def __init__(self, first_s: float, most_s: float) -> None:
        self._first_s = first_s
        self._most_s = most_s
        self._next_s = first_s
        self.first = True

    def failed(self) -> float:
        """Give the seconds until the next try."""
        pause = self._next_s
        self._next_s = min(pause * 2, self._most_s)
        self.first = False
        return pause

    def worked(self) -> None:
        self._next_s, self.first = self._first_s, True
