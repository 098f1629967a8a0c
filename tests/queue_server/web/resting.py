"""Servers that stand for a whole run rest while the tests of other folders go on.

One looks at each of its centres once a second, which takes a twentieth of a processor where there are 200, and there
are several in each worker. To stop one and to start it again costs less than to keep it: a worker comes back to no
folder.
"""

from pathlib import Path

from tests.queue_server.web.server import Server

_homes: dict[Server, Path] = {}
_resting: set[Server] = set()


def rests_outside(folder: Path, server: Server) -> Server:
    """Let a server rest while no test of a folder, or of one in it, goes on; gives the server."""
    _homes[server] = folder
    return server


def forget(server: Server) -> None:
    """Let a server that is left rest and wake no more."""
    del _homes[server]
    _resting.discard(server)


def wake_for(test: Path) -> None:
    """Start the servers again that rest, and may be needed by a test of this file."""
    for server in [one for one in _resting if _homes[one] in test.parents]:
        _resting.remove(server)
        server.start()


def rest_before(test: Path | None) -> None:
    """Stop the servers that no test of this file needs; None where no test comes any more."""
    for server, folder in _homes.items():
        if not server.is_stopped and (test is None or folder not in test.parents):
            _resting.add(server)
            server.stop()
