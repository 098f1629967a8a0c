"""What can be wrong with what a simulation is given.

``ConsularError``
    ``SimulationError``             root
        ``DemandInvalidError``      the file of the demand
        ``ArrivalsInvalidError``    the file of arrivals and service times
        ``NoPastDaysError``         nothing to play
        ``TooFewDaysError``         not enough to learn and to judge
        ``NobodyServesError``       no counter of the staffing plan
        ``SimulationRefusedError``  the queue refused what the simulation did
"""

from queue_server.domain.values import ConsularError


class SimulationError(ConsularError):
    code = "simulation"


class DemandInvalidError(SimulationError):
    """The file that says when people come is wrong; ``reason`` says where and what."""

    code = "demand-invalid"


class ArrivalsInvalidError(SimulationError):
    """A line of the file of arrivals is wrong; ``line`` counts from 1, ``column`` names it."""

    code = "arrivals-invalid"


class NoPastDaysError(SimulationError):
    """The log holds no day of this centre that is over and on which somebody was served."""

    code = "no-past-days"


class TooFewDaysError(SimulationError):
    """There are ``days`` days, and ``wanted`` are needed: those to be judged, and two to learn from."""

    code = "days-too-few"


class NobodyServesError(SimulationError):
    """The staffing plan has no counter on ``day`` that takes ``step`` of ``service``."""

    code = "nobody-serves"


class SimulationRefusedError(SimulationError):
    """The queue refused what the simulation did; ``refusal`` says why."""

    code = "simulation-refused"
