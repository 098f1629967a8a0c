"""A carrier that is reached by files: lists of parcels out, results in.

Below the folder of each centre::

    out/manifest-<time>.csv     what is on its way: reference, tracking, sent_at
    in/<name>.csv               results: reference, result; brought under another name and renamed when they are whole
    done/<name>.csv             results that were taken
    done/<name>.csv.report.csv  line by line, what was not taken of them, and why
    announced.txt               the references of what stood in a list
"""

import csv
import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from queue_server.custody.carrier_audit import CarrierWord
from queue_server.custody.carriers.port import Parcel, ParcelResults, WrongLine
from queue_server.custody.carriers.results import MAX_BYTES, read_results
from queue_server.domain.values import CentreId, Micros, to_datetime

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.csv")
_MODE: Final = 0o640
_REPORT: Final = ".report.csv"


class FolderCarrier:
    """Reads and writes below ``root``; nothing is followed out of it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def announced(self, centre: CentreId) -> frozenset[str]:
        try:
            return frozenset((self._folder(centre, "") / "announced.txt").read_text("ascii").split())
        except FileNotFoundError:
            return frozenset()

    def announce(self, centre: CentreId, parcels: Sequence[Parcel], now: Micros) -> None:
        rows = [("reference", "tracking", "sent_at")]
        rows += [(one.reference, one.tracking, to_datetime(one.sent_at).isoformat()) for one in parcels]
        name = f"manifest-{to_datetime(now):%Y%m%dT%H%M%S%f}.csv"
        _write(self._folder(centre, "out") / name, _csv(rows))
        journal = os.open(self._folder(centre, "") / "announced.txt", os.O_WRONLY | os.O_APPEND | os.O_CREAT, _MODE)
        with os.fdopen(journal, "w", encoding="ascii") as file:
            file.writelines(f"{one.reference}\n" for one in parcels)

    def waiting(self, centre: CentreId) -> Sequence[str]:
        with os.scandir(self._folder(centre, "in")) as found:
            return sorted(one.name for one in found if _NAME.fullmatch(one.name) and one.is_file(follow_symlinks=False))

    def read(self, centre: CentreId, name: str) -> ParcelResults:
        return ParcelResults(name, *read_results(_read(self._folder(centre, "in") / name)))

    def acknowledge(self, centre: CentreId, results: ParcelResults, wrong: Sequence[WrongLine]) -> None:
        done = self._folder(centre, "done")
        rows = [("line", "code"), *((str(one.line), one.code) for one in sorted(wrong))]
        _write(done / f"{results.name}{_REPORT}", _csv(rows))
        # Cut off before this it is read once more, and comes to nothing new.
        (self._folder(centre, "in") / results.name).replace(done / results.name)

    def taken(self) -> Sequence[CarrierWord]:
        """List all that it has said at all centres and that was taken, in the order in which it came; makes no folder.

        Raises:
            OSError: it cannot be read.
        """
        files = [(path.stat().st_mtime_ns, path) for path in self._root.glob("*/done/*.csv") if _is_taken(path)]
        return tuple(
            CarrierWord(CentreId(path.parts[-3]), path.name, one.line, one.reference, one.outcome)
            for _, path in sorted(files)
            for one in read_results(_read(path))[0]
        )

    def _folder(self, centre: CentreId, name: str) -> Path:
        folder = self._root / centre / name
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        return folder


def _is_taken(path: Path) -> bool:
    is_file = path.is_file() and not path.is_symlink()
    return is_file and _NAME.fullmatch(path.name) is not None and not path.name.endswith(_REPORT)


def _csv(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def _write(path: Path, text: str) -> None:
    """Write a file whole: whoever looks for its name finds all of it, or nothing."""
    beside = path.with_name(f".{path.name}.part")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, _MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _read(path: Path) -> bytes:
    """Read as much of a file as may be in one, and a byte more."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        return file.read(MAX_BYTES + 1)
