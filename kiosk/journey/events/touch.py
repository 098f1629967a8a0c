"""What a person does at the screen, and the passing of time."""

import msgspec


class Action(msgspec.Struct, frozen=True):
    """A control was used; unknown names and arguments are ignored."""

    name: str
    argument: str = ""


class TimePassed(msgspec.Struct, frozen=True):
    """Time has passed: nothing else did."""
