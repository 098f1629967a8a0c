"""What ``strace`` wrote, read: the calls of a process in their order, and whether an answer waited for its sync."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

#: The calls that the judgement needs, with every thread, whole pages of the database, and paths for descriptors.
STRACE = (
    "strace",
    # The tracer is not the parent: signals and the exit status are the server's own.
    "-D",
    "-f",
    "-y",
    "-s",
    "8192",
    "-e",
    "trace=read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync",
)
_READS = {"read", "readv", "recvfrom", "recvmsg"}
_WRITES = {"write", "writev", "sendto", "sendmsg"}
_STORES = {"pwrite64", "pwritev", "write", "writev"}
_SYNCS = {"fsync", "fdatasync"}

_LINE = re.compile(r"(?P<thread>\d+) +(?:<\.\.\. (?P<resumed>\w+) resumed>|(?P<name>\w+)\()(?P<rest>.*)", re.DOTALL)
_UNFINISHED = " <unfinished ...>"


class Call(NamedTuple):
    """A system call; ``began`` and ``ended`` are the lines of the trace where it was entered and had returned."""

    name: str
    text: str
    began: int
    ended: int

    @property
    def descriptor(self) -> str:
        """Give number and path of the first argument: ``20<socket:[487696]>``."""
        return self.text.partition(">")[0]

    @property
    def succeeded(self) -> bool:
        return not self.text.rpartition(" = ")[2].startswith("-1")


def parse(lines: Iterable[str]) -> list[Call]:
    """Read a trace; calls stand in the order of their return."""
    calls: list[Call] = []
    entered: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines):
        found = _LINE.match(line)
        if found is None:
            continue
        rest = found["rest"].rstrip("\n")
        if found["resumed"]:
            before, began = entered.pop(found["thread"])
            calls.append(Call(found["resumed"], before + rest, began, number))
        elif rest.endswith(_UNFINISHED):
            entered[found["thread"]] = (rest.removesuffix(_UNFINISHED), number)
        else:
            calls.append(Call(found["name"], rest, number, number))
    return calls


class Verdict(StrEnum):
    """What became of a request until its answer left."""

    UNANSWERED = "unanswered"
    NOT_STORED = "not stored"
    NOT_SYNCED = "not synced"
    COVERED = "covered"


def judge(calls: Iterable[Call], key: str) -> Verdict:
    """Say whether the write-ahead log held the request's key, and was synced, before the answer was begun."""
    ordered = list(calls)
    heard = next(
        (call for call in ordered if call.name in _READS and "<socket:" in call.text and key in call.text), None
    )
    if heard is None:
        return Verdict.UNANSWERED
    answer = next(
        (
            call
            for call in ordered
            if call.name in _WRITES
            and call.descriptor == heard.descriptor
            and call.began > heard.ended
            and '"HTTP/1.1 ' in call.text
        ),
        None,
    )
    if answer is None:
        return Verdict.UNANSWERED
    between = [call for call in ordered if call.began > heard.ended and call.ended < answer.began]
    log = [call for call in between if call.descriptor.endswith("-wal") and call.succeeded]
    stored = [call.ended for call in log if call.name in _STORES and key in call.text]
    if not stored:
        return Verdict.NOT_STORED
    synced = any(call.name in _SYNCS and call.began > stored[0] for call in log)
    return Verdict.COVERED if synced else Verdict.NOT_SYNCED
