"""Ports for servers that come back where they were, while everything else on this machine asks for ports too."""

import random
import socket
from typing import Final

#: Below those that a machine gives to whoever names none (32768 to 60999 on Linux): neither another server that asks
#: for any, nor the near end of a line to one, has one of them by chance.
_PORTS: Final = range(21_000, 32_000)


def free_port() -> int:
    """Find a port of 127.0.0.1 on which nobody listens, and on which nobody else will while its server is away."""
    # Tests that draw the same numbers in several processes must not draw the same ports.
    for port in random.SystemRandom().sample(_PORTS, 100):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise AssertionError("a hundred ports are taken")
