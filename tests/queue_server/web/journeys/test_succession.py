"""Servers of tests, one after another."""

from pathlib import Path

import pytest

from tests.queue_server.web.resting import rest_before, wake_for
from tests.queue_server.web.server import CENTRES, Centre, Server
from tests.queue_server.web.succession import ENOUGH, Succession

COUNT = 6


def test_one_whose_centres_are_used_is_left_for_another(tmp_path_factory: pytest.TempPathFactory) -> None:
    made: list[Server] = []

    def make() -> Server:
        made.append(Server(tmp_path_factory.mktemp("short") / "data", centres=CENTRES[:COUNT]))
        return made[-1]

    folder = Path(__file__).parent / "nowhere"
    with Succession(folder, make) as servers:
        taken = []
        for _ in range(2 * COUNT):
            server = servers.current()
            assert not server.is_stopped
            taken.append((server, server.unused.popleft()))
        # No test takes as many as are left over when another one begins.
        assert len(set(taken)) == 2 * COUNT
        assert [made.index(server) for server, _ in taken] == sorted(made.index(server) for server, _ in taken)
        assert len(made) == 2 * COUNT // (COUNT - ENOUGH + 1)
        assert [server.is_stopped for server in made] == [True] * (len(made) - 1) + [False]
        server, ident = taken[-1]
        assert Centre(server, ident).issue().code

        rest_before(Path(__file__))
        assert server.is_stopped
        wake_for(folder / "test_some.py")
        assert [server.is_stopped for server in made] == [True] * (len(made) - 1) + [False]
    assert all(server.is_stopped for server in made)
    wake_for(folder / "test_some.py")
    assert all(server.is_stopped for server in made)
