"""Simulation: a centre's days played through its own rules, for whoever plans them. Nothing runs, nothing is kept."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from queue_server.framework.room import Room

if TYPE_CHECKING:
    from typer import Typer


def _commands() -> "Mapping[str, Typer]":
    from queue_server.simulation import command_line

    return {"simulate": command_line.app}


ROOM = Room(name="simulation", commands=_commands)
