"""Who took alarms of a centre on a day, chained in the log: the stream ``alarms/<centre>/<service day>``. Pure."""

from typing import Final, NewType

import msgspec

from queue_server.domain.values import CentreId, Micros
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload, UnknownEventError

#: Names an alarm as long as it lasts, as the page of managers does: its kind, and the ids of what it is about.
AlarmName = NewType("AlarmName", str)


class AlarmTaken(Payload, frozen=True):
    """Somebody sees to an alarm; whoever did before is relieved."""

    type = "alarm-taken"
    centre: CentreId
    alarm: AlarmName


class AlarmGivenBack(Payload, frozen=True):
    """Whoever had taken an alarm does not see to it after all."""

    type = "alarm-given-back"
    centre: CentreId
    alarm: AlarmName


CODEC: Final = Codec((AlarmTaken, AlarmGivenBack))

#: What the fields mean: a name means the same in each event.
MEANINGS: Final = {
    "alarm": "What the alarm is named by: its kind, and what it is about.",
    "centre": "The centre at which it was.",
}


class AlarmDay(msgspec.Struct, frozen=True):
    """The alarms of a day as their stream left them at ``seq``: ``taken`` and not given back, in the order of taking.

    That an alarm is over stands in no event: it follows from what it was about.
    """

    centre: CentreId
    seq: int
    changed_at: Micros
    taken: tuple[AlarmName, ...] = ()


def evolve(before: AlarmDay | None, body: Payload, seq: int, at: Micros) -> AlarmDay:
    """Bring the alarms of a day to where they are after an event.

    Raises:
        UnknownEventError: the event is none of alarms, or of another centre.
    """
    if not isinstance(body, AlarmTaken | AlarmGivenBack) or (before is not None and before.centre != body.centre):
        raise UnknownEventError(type=body.type, v=body.v)
    others = () if before is None else tuple(one for one in before.taken if one != body.alarm)
    taken = (*others, body.alarm) if isinstance(body, AlarmTaken) else others
    return AlarmDay(body.centre, seq, at, taken)


#: Tables hold who sees to what now; they are no image of this, since what is over leaves them.
ALARMS: Final = Aggregate("alarms", CODEC, evolve)
