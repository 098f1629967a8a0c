"""The vault: what is kept of people, the keys of the server, and that what is over goes."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room
from queue_server.vault.errors import RowUnknownError
from queue_server.vault.model import KeyRules, PeopleRules
from queue_server.vault.retention import TABLES

if TYPE_CHECKING:
    from typer import Typer

    from queue_server.contract.periodic import Periodic
    from queue_server.framework.server import Server


def _commands() -> "Mapping[str, Typer]":
    from queue_server.vault import command_line, keys_command_line

    return {"people": command_line.app, "keys": keys_command_line.app}


def _assemble(server: "Server") -> None:
    from queue_server.vault.key_keeper import KeyKeeper
    from queue_server.vault.keys import Keys, people_file
    from queue_server.vault.people_key import PeopleKeyHolder
    from queue_server.vault.store import Vault

    file, key = people_file(server.place.data), server[Keys].people
    keeper = server.put(
        PeopleKeyHolder, PeopleKeyHolder(server.log, file, key, server.rooms.tables, server.settings, server.clock)
    )
    server.put(Vault, Vault(lambda: keeper.key))
    poll_s = server.settings[KeyRules].poll_s
    server.put(KeyKeeper, KeyKeeper(server[Keys], server.place.data, server.log, server.clock, poll_s))


async def _sound(server: "Server") -> None:
    from queue_server.vault.keys import Keys, check_fingerprints

    keys, before = server[Keys], server[Keys].rings
    found = Keys(before, keys.people)
    await server.log.run(lambda connection: check_fingerprints(connection, found, server.clock()))
    # On the event loop, where others use them; what the keeper has found meanwhile is newer.
    if keys.rings is before:
        keys.rings = found.rings


async def _start(server: "Server") -> None:
    from queue_server.vault.people_key import PeopleKeyHolder

    await server[PeopleKeyHolder].settle()


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.vault.key_keeper import KeyKeeper
    from queue_server.vault.people_key import PeopleKeyHolder

    return (server[PeopleKeyHolder].task, server[KeyKeeper].task)


ROOM = Room(
    name="vault",
    problems=(ProblemMapping(RowUnknownError, 404, "What was kept here is gone"),),
    settings={"people": PeopleRules, "keys": KeyRules},
    tables=TABLES,
    commands=_commands,
    assemble=_assemble,
    sound=_sound,
    start=_start,
    tasks=_tasks,
)
