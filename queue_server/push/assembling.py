"""Puts web push together, where it is set up."""

from queue_server.centre.centres import Centres
from queue_server.framework.server import Server
from queue_server.push.relay import PushRelay
from queue_server.push.sender import PushSender
from queue_server.push.settings import PushSettings
from queue_server.push.vapid import VapidSigners
from queue_server.vault.keys import Keys
from queue_server.vault.store import Vault


def assemble(server: Server) -> None:
    """Put it in."""
    settings = server.settings[PushSettings]
    if not settings.contact:
        return
    keys, sender = server[Keys], PushSender(settings)
    signers = server.put(VapidSigners, VapidSigners(lambda: keys.push_keys, settings.contact))
    relay = PushRelay(server.log, server[Vault], server[Centres], sender, signers, settings, server.clock)
    server.put(PushRelay, relay)
