"""Phones that ask to be told of their visit, and no more."""

from queue_server.centre.centres import Centre
from queue_server.domain.values import Actor, Micros
from queue_server.framework.server import Server
from queue_server.push import store
from queue_server.push.endpoint import read_endpoint
from queue_server.push.errors import PushOffError
from queue_server.push.settings import PushSettings
from queue_server.push.store import SubscriptionGiven
from queue_server.push.vapid import VapidSigners
from queue_server.queue.state import Visit
from queue_server.vault.model import end_of
from queue_server.vault.store import Vault

_PUBLIC = Actor("public")


def public_key(server: Server) -> str:
    """Give the key with which browsers subscribe; empty where this server sends none."""
    return server[VapidSigners].public if server.has(VapidSigners) else ""


async def subscribe(server: Server, centre: Centre, visit: Visit, endpoint: str, key: str) -> bool:
    """Have a phone told of a visit until it ends, at most until the end of its service day; false where it is already.

    ``endpoint`` is the address at a push service that the browser was given, ``key`` the public key with which it asked
    for it: that of its page, which may have been opened before the key was changed.

    Raises:
        PushOffError: this server sends none, or none by that key, or the visit is over.
        PushEndpointRefusedError: it is no address of a service that is spoken to.
    """
    settings = server.settings[PushSettings]
    if not server.has(VapidSigners) or server[VapidSigners].of(key) is None or visit.ended_at is not None:
        raise PushOffError
    read, given, vault = read_endpoint(endpoint, settings), _given(server, centre, visit, key), server[Vault]
    return await server.log.write(
        lambda connection: store.subscribe(vault, connection, given, read, settings.subscriptions)
    )


async def unsubscribe(server: Server, centre: Centre, visit: Visit, endpoint: str) -> None:
    """Tell a phone no more, and shred its address; raises what ``subscribe`` does of an address."""
    read, given, vault = (
        read_endpoint(endpoint, server.settings[PushSettings]),
        _given(server, centre, visit, ""),
        server[Vault],
    )
    await server.log.write(lambda connection: store.unsubscribe(vault, connection, given, read))


def _given(server: Server, centre: Centre, visit: Visit, key: str) -> SubscriptionGiven:
    now: Micros = server.clock()
    return SubscriptionGiven(centre.id, visit.id, key, now, end_of(centre.rule, centre.rule.day_at(now), 1), _PUBLIC)
