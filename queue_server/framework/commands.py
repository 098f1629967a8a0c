"""What commands know of the rooms of their server."""

import typer

from queue_server.framework.rooms import RoomCollection


def rooms_of(context: typer.Context) -> RoomCollection:
    """Find the rooms with which the command line was made (``cli.command_line``)."""
    found = context.find_object(RoomCollection)
    if found is None:
        raise TypeError("this command line was made without rooms")
    return found
