"""The technician's PIN: six digits, kept as a hash. Tries are few; waits grow, and outlive a restart."""

import math

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError, VerifyMismatchError
from msgspec.structs import replace

from kiosk.errors import DataError, PinError
from kiosk.journey.steps.pin import LENGTH
from kiosk.kit import private_file
from kiosk.settings import TechnicianSettings
from kiosk.store import uptime
from kiosk.store.data import DataFolder
from kiosk.store.uptime import Moment

_FILE = "pin.json"


class PinKept(msgspec.Struct, frozen=True):
    """``wrong`` tries since the last right one; none is taken until ``wait_s`` seconds have passed after ``since``."""

    hash: str
    wrong: int = 0
    wait_s: float = 0.0
    since: Moment | None = None


def set_pin(data: DataFolder, pin: str) -> None:
    """Set the PIN; what was tried before is forgotten.

    Raises:
        PinError: it is not six digits.
        DataError: it cannot be kept.
    """
    if not (len(pin) == LENGTH and pin.isascii() and pin.isdecimal()):
        raise PinError(length=LENGTH)
    data.write(_FILE, PinKept(PasswordHasher().hash(pin)))


def store_hash(data: DataFolder, hashed: str) -> None:
    """Set the PIN whose hash the server gives; what was tried before is forgotten. Raises OSError."""
    private_file.write(data.path / _FILE, msgspec.json.encode(PinKept(hashed)))


def known(data: DataFolder) -> bool:
    """Tell whether a PIN is set: without one nobody gets to the technician's page."""
    return data.read(_FILE, PinKept) is not None


def check(data: DataFolder, settings: TechnicianSettings, pin: str) -> tuple[bool, int]:
    """Try a PIN; takes about a tenth of a second, on purpose.

    Returns:
        Whether it is right, and for how many seconds none is taken now.

    Raises:
        DataError: the file is damaged, or a try cannot be counted: none is taken then.
    """
    kept = data.read(_FILE, PinKept)
    if kept is None:
        return False, 0
    if (left := _left(kept)) > 0:
        return False, math.ceil(left)
    # Counted before it is looked at: who pulls the plug in between gains nothing.
    wrong = kept.wrong + 1
    wait_s = _wait(settings, wrong)
    data.write(_FILE, replace(kept, wrong=wrong, wait_s=wait_s, since=uptime.moment()))
    try:
        PasswordHasher().verify(kept.hash, pin)
    except VerifyMismatchError:
        return False, math.ceil(wait_s)
    except (Argon2Error, InvalidHashError) as error:
        raise DataError(file=_FILE) from error
    data.write(_FILE, PinKept(kept.hash))
    return True, 0


def _wait(settings: TechnicianSettings, wrong: int) -> float:
    if wrong < settings.pin_tries:
        return 0.0
    # Two to the power of more than this many tries is longer than any wait.
    doublings = min(wrong - settings.pin_tries, 16)
    return min(settings.pin_wait_s * 2.0**doublings, settings.pin_wait_max_s)


def _left(kept: PinKept) -> float:
    if kept.since is None:
        return 0.0
    passed = uptime.since(kept.since)
    # Started anew meanwhile: nobody knows how long it was off, so the wait begins with the start.
    return kept.wait_s - (uptime.moment().seconds if passed is None else passed)
