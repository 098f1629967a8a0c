"""Which release of the programs this is: servers, kiosks, boards and banks of lockers are of one distribution."""

import re
from importlib.metadata import version
from typing import Final

DISTRIBUTION: Final = "consular-support"
#: That of the process, read as it starts: an update that is installed beside it is not what runs.
RUNNING: Final = version(DISTRIBUTION)

_NUMBERS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,7}")


def is_behind(release: str, server: str = RUNNING) -> bool:
    """Tell whether a device runs an older release than the server; of one that names none nobody knows.

    Only the numbers before any other mark are compared: what comes before a release is not told from it.
    """
    there, here = _NUMBERS.match(release), _NUMBERS.match(server)
    if there is None or here is None:
        return False
    return _numbers(there[0]) < _numbers(here[0])


def _numbers(text: str) -> tuple[int, ...]:
    found = [int(one) for one in text.split(".")]
    while found and not found[-1]:
        # 1.2 and 1.2.0 are the same release.
        found.pop()
    return tuple(found)
