"""``queue-server`` with one room more: the line is the last of those that are given."""

from queue_server.cli import command_line
from queue_server.rooms import ROOMS
from tests.queue_server.rooms.toy.room import ROOM as FOUND

app = command_line(
    (
        *ROOMS,
        FOUND,
    )
)

if __name__ == "__main__":
    app(prog_name="queue-server")
