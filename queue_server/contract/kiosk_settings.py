"""What a kiosk is told of how it works: sections of its settings that its server may set, with units and bounds.

What belongs to the machine stands in ``kiosk.settings``: where its devices are, how its screen hangs, whom it trusts.
"""

from datetime import time
from typing import Annotated

import msgspec
from msgspec import Meta

Seconds = Annotated[float, Meta(gt=0, le=3600)]


class KioskSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of the sections; a key that is unknown is refused."""


class JourneySettings(KioskSection, frozen=True):
    """How long a page waits for a person; ``countdown_s`` may not be shorter than WCAG 2.2.1 allows in use.

    And how long a person waits to pay: until the page says that it takes longer, and until staff are called.
    """

    idle_s: Seconds = 60.0
    idle_long_s: Seconds = 120.0
    countdown_s: Seconds = 20.0
    ticket_s: Seconds = 30.0
    help_s: Seconds = 300.0
    ticket_status_s: Seconds = 25.0
    chip_s: Seconds = 3.0
    technician_s: Seconds = 300.0
    emergency_s: Seconds = 60.0
    slow_payment_s: Seconds = 15.0
    call_staff_s: Seconds = 60.0


class KioskLinkSettings(KioskSection, frozen=True):
    """How the kiosk talks to its server.

    ``answer_wait_s``: how long a ticket waits for the number of visits before it until it is printed without.
    ``request_s``: one request as a whole; with less than a second no server could be heard, nor mend that.
    ``retry_first_s`` doubles up to ``retry_max_s``. ``silence_s``: the feed is
    taken for dead. ``refresh_s``: catalogue and service day are asked for at least so often. ``fault_s``: a
    part that does not work so long calls staff. ``status_s``: the kiosk says how it is at least so often.
    ``waits_s``: it is asked so often how long people wait.
    """

    answer_wait_s: Seconds = 1.5
    request_s: Annotated[float, Meta(ge=1, le=3600)] = 10.0
    retry_first_s: Seconds = 0.5
    retry_max_s: Seconds = 30.0
    silence_s: Seconds = 15.0
    refresh_s: Seconds = 600.0
    fault_s: Seconds = 20.0
    status_s: Seconds = 60.0
    waits_s: Seconds = 20.0


class TechnicianSettings(KioskSection, frozen=True):
    """After ``pin_tries`` wrong PINs none is taken for ``pin_wait_s``, which doubles up to ``pin_wait_max_s``."""

    pin_tries: Annotated[int, Meta(ge=1, le=20)] = 3
    pin_wait_s: Seconds = 30.0
    pin_wait_max_s: Seconds = 3600.0


class PaymentSettings(KioskSection, frozen=True):
    """What is paid here, and how long a payment in doubt is looked into (``kiosk.payment``).

    ``currency``: what the terminal takes (ISO 4217); empty: whatever a service costs, where that is one currency.
    ``doubt_s``: while the person waits, and ``recover_s`` at a start, until it is left to staff; the latter is also how
    long they are asked to give money back. ``retry_interval_s``: the pause between two questions to the terminal, or to
    the server about what staff said. ``reprint_s``: how long the person has to say whether a ticket that
    came on no paper is to be printed again. ``clock_skew_s``: how far the terminal's clock may be from the kiosk's.
    ``end_of_day_at``: when the terminal's day is ended, in the centre's time; empty: never. Where that fails the pause
    until it is tried again doubles from ``retry_interval_s`` up to ``recover_s``. ``retention_days``: how long payments
    and ends of day are kept that the server has.
    """

    currency: Annotated[str, Meta(pattern=r"^([A-Z]{3})?$(?!\n)")] = ""
    doubt_s: Seconds = 60.0
    recover_s: Seconds = 120.0
    retry_interval_s: Seconds = 2.0
    reprint_s: Seconds = 60.0
    clock_skew_s: Seconds = 900.0
    end_of_day_at: Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$(?!\n)")] = "22:00"
    retention_days: Annotated[int, Meta(ge=1, le=3650)] = 30

    @property
    def ends(self) -> time | None:
        return time.fromisoformat(self.end_of_day_at) if self.end_of_day_at else None


class StorageSettings(KioskSection, frozen=True):
    """When fewer than ``free_mib`` MiB are left on the disk of the data folder managers hear of it.

    ``poll_s`` is how often that is looked at.
    """

    free_mib: Annotated[int, Meta(ge=1, le=1_000_000)] = 256
    poll_s: Seconds = 30.0


class KioskCollection(KioskSection, frozen=True):
    """``offered``: documents are collected at this kiosk: lockers stand beside it, or people get a number for them.

    ``poll_s``: how often the server is asked how a door is that was opened. ``wait_s``: for so long it is tried to have
    a door opened. ``order_s``: where that was not answered, for so long it is looked whether the door opens after all:
    not shorter than an order to a bank holds (``lockers.order_s`` of the server).
    """

    offered: bool = False
    poll_s: Seconds = 0.5
    wait_s: Seconds = 30.0
    order_s: Seconds = 65.0


class KioskProfile(KioskSection, frozen=True):
    """All that a server may set of a kiosk."""

    journey: JourneySettings = JourneySettings()
    link: KioskLinkSettings = KioskLinkSettings()
    technician: TechnicianSettings = TechnicianSettings()
    payment: PaymentSettings = PaymentSettings()
    storage: StorageSettings = StorageSettings()
    collection: KioskCollection = KioskCollection()
