"""What request handlers work with: one object for a server process."""

from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from peripherals.documents.trust.watch import Trusted
from queue_server.accounts.enrolment import Enrolment
from queue_server.accounts.passwords import Passwords
from queue_server.accounts.second_factor import SecondFactors
from queue_server.audit.verification import Verification
from queue_server.catalogue.cache import Catalogues
from queue_server.centre.centres import Centres
from queue_server.centre.witness import WitnessKeeper
from queue_server.conditions import Watch
from queue_server.database import Database
from queue_server.domain.values import ConsularError, Micros
from queue_server.eventlog.port import EventLog
from queue_server.framework.access import Identities
from queue_server.framework.feeds import Feeds
from queue_server.framework.problems import NotReadyError
from queue_server.keys import Keys
from queue_server.people.keeper import Keeper
from queue_server.people.store import Vault
from queue_server.settings import ServerSettings
from queue_server.witness_copy import WitnessCopy


@dataclass(slots=True)
class Server:
    """The parts of a server, put together in ``bootstrap``.

    ``staff_url`` is how browsers of staff reach it, where that is known to be another address than it listens on.
    ``has_public`` where phones have an address of their own.
    ``tls`` where it speaks TLS itself, ``behind_proxy`` where a proxy before it does.
    ``trouble`` says why it is not ready; it is None once the database was found good and all centres were opened.
    ``requests`` counts answers by route and status. ``watches`` look after the machine.
    """

    settings: ServerSettings
    database: Database
    log: EventLog
    keys: Keys
    centres: Centres
    catalogues: Catalogues
    identities: Identities
    feeds: Feeds
    passwords: Passwords
    enrolment: Enrolment
    keeper: Keeper
    vault: Vault
    verification: Verification
    second_factors: SecondFactors
    clock: Callable[[], Micros]
    witness: WitnessKeeper
    trusted: Trusted
    witness_copy: WitnessCopy | None = None
    staff_url: str | None = None
    has_public: bool = False
    tls: bool = False
    behind_proxy: bool = False
    watches: tuple[Watch, ...] = ()
    trouble: ConsularError | None = field(default_factory=NotReadyError)
    requests: Tally[tuple[str, int]] = field(default_factory=Tally)


SERVER: Final = web.AppKey("server", Server)
