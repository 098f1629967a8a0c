"""What a process that reads documents owes to the people: it leaves no picture of its memory behind."""

import ctypes
import resource

_PR_SET_DUMPABLE = 4  # prctl(2)


def leave_no_dump() -> None:
    """Switch core dumps off, and the right of other processes of this user to look into this one."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
