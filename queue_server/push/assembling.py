"""Puts web push together, where it is set up."""

from queue_server.centre.centres import Centres
from queue_server.framework.server import Server
from queue_server.push.relay import PushRelay
from queue_server.push.sender import PushSender
from queue_server.push.settings import PushSettings
from queue_server.push.vapid import VapidSigner
from queue_server.vault.keys import Keys
from queue_server.vault.store import Vault


def assemble(server: Server) -> None:
    """Put it in."""
    settings = server.settings[PushSettings]
    if not settings.contact:
        return
    signer = server.put(VapidSigner, VapidSigner(server[Keys].push_key(), settings.contact))
    sender = PushSender(settings, signer)
    server.put(PushRelay, PushRelay(server.log, server[Vault], server[Centres], sender, settings, server.clock))
