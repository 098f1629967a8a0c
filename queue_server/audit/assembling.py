"""Puts together what looks at the record."""

import sys

from queue_server.audit.verification import Verification
from queue_server.database import DATABASE
from queue_server.framework.server import Server


def assemble(server: Server) -> None:
    """Put it in."""
    place = server.place
    command = (sys.executable, "-m", "queue_server", "verify", "--json", "--data", str(place.data))
    environment = {DATABASE: place.url.render_as_string(hide_password=False)}
    server.put(Verification, Verification(command, server.clock, environment))
