"""The judge of a trace of system calls tells an answer that left before the sync."""

import pytest

from tests.faults.system_calls import Verdict, judge, parse

_HEARD = r'7  read(20<socket:[4]>, "POST / HTTP/1.1\r\nIdempotency-Key: key-1\r\n\r\n", 256000) = 40'
_STORED = r'8  pwrite64(18</data/queue.sqlite-wal>, "\n\0key-1#f", 4096, 0) = 4096'
_SYNCED = "8  fdatasync(18</data/queue.sqlite-wal>) = 0"
_SENT = r'7  write(20<socket:[4]>, "HTTP/1.1 201 Created\r\n", 20) = 20'
_SYNC_BEGINS, _SYNC_ENDS = "8  fdatasync(18</data/queue.sqlite-wal> <unfinished ...>", "8  <... fdatasync resumed>) = 0"


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ((_HEARD, _STORED, _SYNCED, _SENT), Verdict.COVERED),
        ((_HEARD, _STORED, _SYNC_BEGINS, _SYNC_ENDS, _SENT), Verdict.COVERED),
        ((_HEARD, _STORED, _SENT, _SYNCED), Verdict.NOT_SYNCED),
        ((_HEARD, _STORED, _SYNC_BEGINS, _SENT, _SYNC_ENDS), Verdict.NOT_SYNCED),
        ((_HEARD, _SYNCED, _STORED, _SENT), Verdict.NOT_SYNCED),
        ((_HEARD, _STORED, _SYNCED.replace("= 0", "= -1 EIO"), _SENT), Verdict.NOT_SYNCED),
        ((_HEARD, _STORED.replace("key-1", "key-2"), _SYNCED, _SENT), Verdict.NOT_STORED),
        ((_HEARD, _STORED, _SYNCED), Verdict.UNANSWERED),
    ],
)
def test_the_judgement_of_a_trace(lines: tuple[str, ...], verdict: Verdict) -> None:
    assert judge(parse(lines), "key-1") is verdict
