"""A cabinet that notes itself which doors stand open, whenever one moves."""

from peripherals.lockers.cabinet import Cabinet, Place


class WatchedCabinet(Cabinet):
    """``was_open``: the doors that stood open together, from the first on, anew whenever one moved."""

    def __init__(self, boards: int, locks: int) -> None:
        super().__init__(boards, locks)
        self.was_open: list[frozenset[str]] = [frozenset()]

    def pulse(self, place: Place, seconds: float) -> bool:
        done = super().pulse(place, seconds)
        self._note()
        return done

    def pull(self, place: Place) -> bool:
        is_open = super().pull(place)
        self._note()
        return is_open

    def pry(self, place: Place) -> None:
        super().pry(place)
        self._note()

    def close(self, place: Place) -> None:
        super().close(place)
        self._note()

    def forget(self) -> None:
        """Begin anew with what stands open now."""
        del self.was_open[:-1]

    def _note(self) -> None:
        doors = frozenset(name_of(place) for place in self.places() if self[place].is_open)
        if doors != self.was_open[-1]:
            self.was_open.append(doors)


def name_of(place: Place) -> str:
    return f"{place[0]}-{place[1]}"
