"""Verifies a database in a process without threads, as the command does: ``URL DATA whole|killed``; prints it."""

import os
import sys
from pathlib import Path

import msgspec
from sqlalchemy import make_url

from queue_server.maintenance import verify_log
from queue_server.second_process import beside
from tests.queue_server.eventlog.found_things import THINGS

if __name__ == "__main__":
    url, data, second = sys.argv[1:]
    if second == "killed":
        os.register_at_fork(after_in_child=lambda: os._exit(3))
    with beside(os.getpid) as other:
        # Where there is one core there is no other.
        told = None if other is None else other()
        assert other is None or (told is None) == (second == "killed")
        assert told != os.getpid()
    sys.stdout.buffer.write(msgspec.json.encode(verify_log(make_url(url), Path(data), (THINGS,))))
