"""WakeupGroup: wakes many loops at once. Whoever sleeps joins it, whoever knows of something new wakes it."""

from kiosk.ports import Wakeable


class WakeupGroup:
    """A bell may join another."""

    def __init__(self) -> None:
        self._members: list[Wakeable] = []

    def join(self, member: Wakeable) -> None:
        self._members.append(member)

    def wake(self) -> None:
        for member in self._members:
            member.wake()
