"""A small file that is written in place: in one of two slots by turns, so that a power cut leaves the one before.

It takes no room once it is there: what stands in it can be replaced on a disk that is full.
"""

import os
from pathlib import Path

from kiosk.kit import kept
from kiosk.store.quarantine import checksum

#: A sector each: a disk writes it as a whole, or says with the checksum that it has not.
_SLOT = 512
_MARK, _TURN, _LENGTH = 8, 8, 2
_MAX = _SLOT - _MARK - _TURN - _LENGTH


def read(path: Path) -> bytes | None:
    """Give what was written last; None where there is none, or nothing of it is as it was written."""
    try:
        found = _newest(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError:
        found = None
    if found is None:
        kept.put_aside(path)
        return None
    return found[1]


def write(path: Path, content: bytes) -> None:
    """Replace what stands there, and be sure that it is on disk. Raises OSError."""
    if len(content) > _MAX:
        raise OSError(path.name)
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        before = _newest(os.pread(descriptor, 2 * _SLOT, 0))
        turn = 0 if before is None else before[0] + 1
        slot = turn.to_bytes(_TURN) + len(content).to_bytes(_LENGTH) + content
        slot = (checksum(slot) + slot).ljust(_SLOT, b"\0")
        if before is None:
            # Both have their room from the beginning.
            os.pwrite(descriptor, bytes(2 * _SLOT), 0)
        os.pwrite(descriptor, slot, turn % 2 * _SLOT)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _sync(path.parent)


def _newest(whole: bytes) -> tuple[int, bytes] | None:
    """Give turn and content of the newer slot that is as it was written."""
    found = []
    for slot in (whole[:_SLOT], whole[_SLOT : 2 * _SLOT]):
        length = int.from_bytes(slot[_MARK + _TURN :][:_LENGTH])
        rest = slot[_MARK : _MARK + _TURN + _LENGTH + length]
        if len(slot) == _SLOT and length and checksum(rest) == slot[:_MARK]:
            found.append((int.from_bytes(rest[:_TURN]), rest[_TURN + _LENGTH :]))
    return max(found, default=None)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
