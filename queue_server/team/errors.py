"""What is refused of notes, messages and breaks of staff.

::

    ConsularError
    └── TeamError                   team
        ├── StaffTextError          staff-text
        └── BreakUnknownError       break-unknown
"""

from queue_server.domain.values import ConsularError


class TeamError(ConsularError):
    code = "team"


class StaffTextError(TeamError):
    """A note or a message is too long, or a message says nothing; ``most`` characters may be written."""

    code = "staff-text"


class BreakUnknownError(TeamError):
    """No break of the plan is due for this person now."""

    code = "break-unknown"
