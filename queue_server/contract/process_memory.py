"""What a process owes to the people that it reads of: its memory forgets them, and nobody else looks into it."""

import ctypes
import os
import resource
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4  # prctl(2)

#: Every object of Python is the C library's to allocate, and that overwrites whatever is given back to it (mallopt(3),
#: M_PERTURB). Its caches for each thread would hand memory on as it is.
FORGETFUL: Final = {
    "PYTHONMALLOC": "malloc",
    "GLIBC_TUNABLES": "glibc.malloc.perturb=85:glibc.malloc.tcache_count=0",
}


def wipe_freed_memory() -> None:
    """Run the program of this process again, with a memory that is overwritten as soon as it is given back.

    Buffers of a document are overwritten by whoever holds them. What no program can overwrite are the strings and bytes
    that Python and its libraries make on the way: of the zone, of what a chip gave, of what is sealed.

    Returns where the memory is like this already.
    """
    if any(os.environ.get(name) != value for name, value in FORGETFUL.items()):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | FORGETFUL)  # noqa: S606 - itself


def close_memory() -> None:
    """Switch core dumps off, and the right of other processes of this user to look into this one."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
