"""What is refused of a centre's day.

::

    ConsularError
    ├── RefusedError               409  the code of the engine's refusal
    └── ApiError
        ├── CheckInRefusedError    409  check-in-refused
        ├── CounterNotSilentError  409  counter-not-silent
        ├── SkillsNotSetUpError    409  skills-not-set-up
        └── NotFoundError
            └── VisitUnknownError  404  visit-unknown
"""

from queue_server.domain.values import ConsularError
from queue_server.framework.problems import ApiError, NotFoundError


class RefusedError(ConsularError):
    """The engine refused; ``code`` is the refusal's own."""

    def __init__(self, code: str, placeholders: dict[str, str | int]) -> None:
        super().__init__(**placeholders)
        self.code = code  # type: ignore[misc] # a refusal's code is known only when it happens


class CheckInRefusedError(ApiError):
    """With this appointment nobody comes in now: ``verdict`` says why.

    ``code`` is the number of the ticket with which somebody has come already, empty where nobody has.
    """

    status = 409
    code = "check-in-refused"
    title = "With this appointment nobody comes in now"


class CounterNotSilentError(ApiError):
    status = 409
    code = "counter-not-silent"
    title = "Somebody is at this counter: only they or a manager may hand a visit back"


class SkillsNotSetUpError(ApiError):
    status = 409
    code = "skills-not-set-up"
    title = "A counter opens with the skills of its set-up, or fewer"


class VisitUnknownError(NotFoundError):
    code = "visit-unknown"
    title = "There is no such visit today"
