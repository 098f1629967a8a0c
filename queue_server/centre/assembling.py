"""Puts the centres of a server together."""

from pathlib import Path

from sqlalchemy import Connection

from queue_server.catalogue.cache import Catalogues
from queue_server.centre.advancing import Advancing
from queue_server.centre.centres import Centres
from queue_server.centre.issuing import Issuing
from queue_server.centre.witness import WitnessKeeper
from queue_server.centre.witness_copy import WitnessCopy
from queue_server.domain.values import Actor, NoticeId
from queue_server.eventlog import witness
from queue_server.framework.server import Server
from queue_server.framework.settings import HttpSettings, WitnessSettings
from queue_server.vault.current_signer import CurrentSigner
from queue_server.vault.keys import Keys
from queue_server.vault.store import Vault
from queue_server.writer import WriterSettings
from queue_server.writer.snapshots import Snapshots


def assemble(server: Server) -> None:
    """Put in the centres, their witness, and the place where other rooms say what they do when a ticket is issued."""
    settings, clock, vault, keys = server.settings, server.clock, server[Vault], server[Keys]

    def typed(connection: Connection, notice: NoticeId) -> dict[str, str]:
        return vault.announcement(connection, notice, actor=Actor("system"), now=clock())

    poll_ms = settings[HttpSettings].catalogue_poll_ms
    snapshots = Snapshots(server.log, server.request_keys)
    signer = CurrentSigner(keys)
    centres = Centres(
        server.log, server[Catalogues], signer, settings[WriterSettings], clock, poll_ms, typed, snapshots
    )
    server.put(Centres, centres)
    server.put(Issuing, Issuing())
    server.put(Advancing, Advancing())
    rule, path = settings[WitnessSettings], server.place.data / witness.FILE
    copy = server.put(WitnessCopy, WitnessCopy(Path(rule.copy), clock, rule.silent_s)) if rule.copy else None
    kept = WitnessKeeper(
        server.log, centres, signer, clock, path=path, poll_s=rule.poll_s, on_replaced=server.end, copy=copy
    )
    server.put(WitnessKeeper, kept)
